{{/* Name for the label app.kubernetes.io/name: the same on every Spark line; the alias where a parent chart gave one. */}}
{{- define "spark-history-server-4-1.name" -}}
{{- $name := eq .Chart.Name "spark-history-server-4-1" | ternary "spark-history-server" .Chart.Name -}}
{{- .Values.nameOverride | default $name | trunc 40 | trimSuffix "-" -}}
{{- end }}

{{/* Prefix of all object names; short enough for every suffix that Kubernetes and the chart add. */}}
{{- define "spark-history-server-4-1.fullname" -}}
{{- $name := include "spark-history-server-4-1.name" . -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end }}

{{/* Name of an object: (list root suffix); objects of a worker group end with the group's name. */}}
{{- define "spark-history-server-4-1.objectName" -}}
{{- $root := first . -}}
{{- $fullname := include "spark-history-server-4-1.fullname" $root -}}
{{- /* A chart of one component has its name in the release's: not my-history-server-history-server. */ -}}
{{- $fullname = $fullname | trimSuffix (printf "-%s" (last .)) -}}
{{- if $root.group -}}
{{- $fullname | trunc (sub 43 (len $root.group) | int) | trimSuffix "-" }}-{{ last . }}-{{ $root.group -}}
{{- else -}}
{{- $fullname }}-{{ last . -}}
{{- end -}}
{{- end }}

{{/* Labels that never change: {root, component}; without component those of the whole release. */}}
{{- define "spark-history-server-4-1.selectorLabels" -}}
app.kubernetes.io/name: {{ include "spark-history-server-4-1.name" .root | quote }}
app.kubernetes.io/instance: {{ .root.Release.Name | quote }}
{{- with .component }}
app.kubernetes.io/component: {{ . }}{{ with $.root.group }}-{{ . }}{{ end }}
{{- end }}
{{- end }}

{{/* Labels of an object: {root, component, labels}. */}}
{{- define "spark-history-server-4-1.labels" -}}
{{- $own := include "spark-history-server-4-1.selectorLabels" . | fromYaml -}}
{{- $_ := set $own "app.kubernetes.io/managed-by" .root.Release.Service -}}
{{- $_ := set $own "app.kubernetes.io/version" .root.Chart.AppVersion -}}
{{- $_ := set $own "helm.sh/chart" (printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-") -}}
{{- include "spark-history-server-4-1.layers" (list .root.Values.commonLabels .labels $own) -}}
{{- end }}

{{/* Labels of a pod: {root, component, labels}. No version among them, so that an upgrade of the chart alone restarts nothing. */}}
{{- define "spark-history-server-4-1.podLabels" -}}
{{- $own := include "spark-history-server-4-1.selectorLabels" . | fromYaml -}}
{{- include "spark-history-server-4-1.overlay" (dict "base" $own "over" (include "spark-history-server-4-1.objectStore.podLabels" .root | fromYaml)) -}}
{{- include "spark-history-server-4-1.layers" (list .root.Values.commonLabels .labels $own) -}}
{{- end }}

{{/* The maps of a list laid over each other, later ones on top, as YAML; nothing when all are empty. */}}
{{- define "spark-history-server-4-1.layers" -}}
{{- $all := dict -}}
{{- range . -}}
{{- range $key, $value := . -}}
{{- $_ := set $all $key $value -}}
{{- end -}}
{{- end -}}
{{- if $all -}}
{{- toYaml $all -}}
{{- end -}}
{{- end }}

{{/* Lays a map over another one, in place and at every depth: {base, over}. */}}
{{- define "spark-history-server-4-1.overlay" -}}
{{- $base := .base -}}
{{- range $key, $value := .over -}}
{{- if and (kindIs "map" $value) (kindIs "map" (get $base $key)) -}}
{{- include "spark-history-server-4-1.overlay" (dict "base" (get $base $key) "over" $value) -}}
{{- else -}}
{{- $_ := set $base $key $value -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Name of the service account. */}}
{{- define "spark-history-server-4-1.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- .Values.serviceAccount.name | default (include "spark-history-server-4-1.fullname" .) -}}
{{- else -}}
{{- .Values.serviceAccount.name | default "default" -}}
{{- end -}}
{{- end }}
