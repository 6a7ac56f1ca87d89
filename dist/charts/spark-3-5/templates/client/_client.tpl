{{/* Resources of the client pod. */}}
{{- define "spark-3-5.client.resources" -}}
{{- include "spark-3-5.resources" (dict "resources" .Values.client.resources "preset" .Values.client.resourcesPreset) -}}
{{- end }}
