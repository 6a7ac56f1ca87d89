{{/* Resources of the client pod. */}}
{{- define "spark-4-0.client.resources" -}}
{{- include "spark-4-0.resources" (dict "resources" .Values.client.resources "preset" .Values.client.resourcesPreset) -}}
{{- end }}
