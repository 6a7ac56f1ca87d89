{{/* Reference of Spark's image. */}}
{{- define "spark-4-1.image" -}}
{{- include "spark-4-1.imageReference" (dict "root" . "image" .Values.image) -}}
{{- end }}

{{/* Reference of an image: {root, image}; the tag is Spark's version where there is none. */}}
{{- define "spark-4-1.imageReference" -}}
{{- $registry := .root.Values.global.imageRegistry | default .image.registry -}}
{{- with $registry }}{{ . }}/{{ end }}{{ .image.repository }}
{{- if .image.digest }}@{{ .image.digest }}{{ else }}:{{ .image.tag | default .root.Chart.AppVersion }}{{ end }}
{{- end }}

{{/* Pull secrets of a pod, as a list of names. */}}
{{- define "spark-4-1.imagePullSecrets" -}}
{{- $secrets := concat (.Values.global.imagePullSecrets | default list) (.Values.image.pullSecrets | default list)
  (.Values.extraJars.image.pullSecrets | default list)
  (.Values.zookeeper.image.pullSecrets | default list)
  (.Values.logShipping.image.pullSecrets | default list)
  (include "spark-4-1.security.pullSecrets" . | fromYamlArray)
-}}
{{- range $secrets | uniq }}
- name: {{ if kindIs "map" . }}{{ .name }}{{ else }}{{ . }}{{ end }}
{{- end }}
{{- end }}
