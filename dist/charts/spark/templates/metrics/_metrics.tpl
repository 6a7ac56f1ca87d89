{{/* Properties of every process that offers metrics. */}}
{{- define "spark.metrics.properties" -}}
{{- if .Values.metrics.enabled }}
spark.metrics.conf.*.sink.prometheusServlet.class: org.apache.spark.metrics.sink.PrometheusServlet
spark.metrics.conf.*.sink.prometheusServlet.path: /metrics/prometheus
spark.metrics.conf.master.sink.prometheusServlet.path: /metrics/master/prometheus
spark.metrics.conf.applications.sink.prometheusServlet.path: /metrics/applications/prometheus
spark.metrics.conf.*.source.jvm.class: org.apache.spark.metrics.source.JvmSource
{{- /* Without it the names of a driver's metrics begin with the id of its application. */}}
spark.metrics.namespace: spark
{{- end }}
{{- end }}

{{/* Annotations of a pod that say where its metrics are: {root, component}. The paths end in a slash: others redirect. */}}
{{- define "spark.metrics.podAnnotations" -}}
{{- $endpoints := dict "master" (list "8080" "/metrics/master/prometheus/") "worker" (list "8081" "/metrics/prometheus/") -}}
{{- if and .root.Values.metrics.scrapeAnnotations (hasKey $endpoints .component) }}
{{- with get $endpoints .component }}
prometheus.io/scrape: "true"
prometheus.io/port: {{ first . | quote }}
prometheus.io/path: {{ last . }}
{{- end }}
{{- end }}
{{- end }}

{{/* A time such as 30s or 5m in seconds. */}}
{{- define "spark.metrics.seconds" -}}
{{- mul (regexFind "^[0-9]+" . | int64) (get (dict "s" 1 "m" 60 "h" 3600) (regexFind "[smh]$" .)) -}}
{{- end }}

{{/* Selector of the series of the masters' pods. */}}
{{- define "spark.metrics.masters" -}}
namespace="{{ .Release.Namespace }}",pod=~"{{ include "spark.objectName" (list . "master") }}-[0-9]+"
{{- end }}

{{/* Selector of the series of the workers' pods, those of all groups. */}}
{{- define "spark.metrics.workers" -}}
{{- $names := include "spark.worker.forEachGroup" (dict "root" . "template" "spark.metrics.groupName") -}}
namespace="{{ .Release.Namespace }}",pod=~"({{ trimSuffix "|" $names }})-[0-9]+"
{{- end }}

{{- define "spark.metrics.groupName" -}}
{{ include "spark.objectName" (list . "worker") }}|
{{- end }}

{{/* Number of workers that there should be at least, those of all groups. */}}
{{- define "spark.metrics.wantedWorkers" -}}
{{- $counts := include "spark.worker.forEachGroup" (dict "root" . "template" "spark.metrics.groupSize") -}}
{{- $sum := 0 -}}
{{- range splitList "," (trimSuffix "," $counts) -}}
{{- $sum = add $sum (int64 .) -}}
{{- end -}}
{{- $sum -}}
{{- end }}

{{- define "spark.metrics.groupSize" -}}
{{ .Values.worker.autoscaling.enabled | ternary .Values.worker.autoscaling.minReplicas .Values.worker.replicas }},
{{- end }}
