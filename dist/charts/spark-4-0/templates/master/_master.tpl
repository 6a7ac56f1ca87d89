{{/* Resources of the master's container. */}}
{{- define "spark-4-0.master.resources" -}}
{{- include "spark-4-0.resources" (dict "resources" .Values.master.resources "preset" .Values.master.resourcesPreset) -}}
{{- end }}

{{/* Address of the master for workers and clients. */}}
{{- define "spark-4-0.masterUrl" -}}
spark://{{ include "spark-4-0.fullname" . }}-master:{{ .Values.master.service.ports.rpc }}
{{- end }}
