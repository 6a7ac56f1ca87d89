{{/* Resources of the client pod. */}}
{{- define "spark-4-1.client.resources" -}}
{{- include "spark-4-1.resources" (dict "resources" .Values.client.resources "preset" .Values.client.resourcesPreset) -}}
{{- end }}
