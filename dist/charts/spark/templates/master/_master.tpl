{{/* Resources of the master's container. */}}
{{- define "spark.master.resources" -}}
{{- include "spark.resources" (dict "resources" .Values.master.resources "preset" .Values.master.resourcesPreset) -}}
{{- end }}

{{/* Address of the master for workers and clients. */}}
{{- define "spark.masterUrl" -}}
spark://{{ include "spark.fullname" . }}-master:{{ .Values.master.service.ports.rpc }}
{{- end }}
