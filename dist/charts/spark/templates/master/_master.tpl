{{/* Resources of the master's container. */}}
{{- define "spark.master.resources" -}}
{{- include "spark.resources" (dict "resources" .Values.master.resources "preset" .Values.master.resourcesPreset) -}}
{{- end }}
