{{/* Resources of the master's container. */}}
{{- define "spark-4-0.master.resources" -}}
{{- include "spark-4-0.resources" (dict "resources" .Values.master.resources "preset" .Values.master.resourcesPreset) -}}
{{- end }}
