{{/* Reference of Spark's image. */}}
{{- define "spark-history-server-4-1.image" -}}
{{- include "spark-history-server-4-1.imageReference" (dict "root" . "image" .Values.image) -}}
{{- end }}

{{/* Reference of an image: {root, image}; the tag is Spark's version where there is none. */}}
{{- define "spark-history-server-4-1.imageReference" -}}
{{- $registry := .root.Values.global.imageRegistry | default .image.registry -}}
{{- with $registry }}{{ . }}/{{ end }}{{ .image.repository }}
{{- if .image.digest }}@{{ .image.digest }}{{ else }}:{{ .image.tag | default .root.Chart.AppVersion }}{{ end }}
{{- end }}

{{/* Pull secrets of a pod, as a list of names. */}}
{{- define "spark-history-server-4-1.imagePullSecrets" -}}
{{- range concat (.Values.global.imagePullSecrets | default list) (.Values.image.pullSecrets | default list)
  (.Values.extraJars.image.pullSecrets | default list)
  | uniq }}
- name: {{ if kindIs "map" . }}{{ .name }}{{ else }}{{ . }}{{ end }}
{{- end }}
{{- end }}
