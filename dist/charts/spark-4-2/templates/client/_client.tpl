{{/* Resources of the client pod. */}}
{{- define "spark-4-2.client.resources" -}}
{{- include "spark-4-2.resources" (dict "resources" .Values.client.resources "preset" .Values.client.resourcesPreset) -}}
{{- end }}
