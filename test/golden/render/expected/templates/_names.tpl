{{/* Name of all objects: the release, then what is not in it yet. */}}
{{- define "spark-4-2.fullname" }}
{{- $name := .Values.nameOverride | default "spark" }}
{{- if contains $name .Release.Name }}
{{- .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end }}
