{{/* Resources of the master's container. */}}
{{- define "spark-3-5.master.resources" -}}
{{- include "spark-3-5.resources" (dict "resources" .Values.master.resources "preset" .Values.master.resourcesPreset) -}}
{{- end }}

{{/* Address of the master for workers and clients. */}}
{{- define "spark-3-5.masterUrl" -}}
spark://{{ include "spark-3-5.fullname" . }}-master:{{ .Values.master.service.ports.rpc }}
{{- end }}
