{{/* Resources of the master's container. */}}
{{- define "spark-4-2.master.resources" -}}
{{- include "spark-4-2.resources" (dict "resources" .Values.master.resources "preset" .Values.master.resourcesPreset) -}}
{{- end }}

{{/* Address of the master for workers and clients. */}}
{{- define "spark-4-2.masterUrl" -}}
spark://{{ include "spark-4-2.fullname" . }}-master:{{ .Values.master.service.ports.rpc }}
{{- end }}
