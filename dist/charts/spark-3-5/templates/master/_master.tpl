{{/* Resources of the master's container. */}}
{{- define "spark-3-5.master.resources" -}}
{{- include "spark-3-5.resources" (dict "resources" .Values.master.resources "preset" .Values.master.resourcesPreset) -}}
{{- end }}
