{{/* Resources of the client pod. */}}
{{- define "spark.client.resources" -}}
{{- include "spark.resources" (dict "resources" .Values.client.resources "preset" .Values.client.resourcesPreset) -}}
{{- end }}
