{{/* Includes a template for `worker` and for each of `workerGroups`, which then stands as `worker`: {root, template}. */}}
{{- define "spark.worker.forEachGroup" -}}
{{- $root := .root -}}
{{- $template := .template -}}
{{- include $template $root -}}
{{- range $group, $overrides := .root.Values.workerGroups -}}
{{- if kindIs "map" $overrides -}}
{{- $worker := deepCopy $root.Values.worker -}}
{{- include "spark.overlay" (dict "base" $worker "over" $overrides) -}}
{{- $values := set (merge dict $root.Values) "worker" $worker -}}
{{- include $template (dict "Values" $values "Chart" $root.Chart "Release" $root.Release "Capabilities" $root.Capabilities "group" $group) -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Where the values of a group stand, for messages. */}}
{{- define "spark.worker.path" -}}
{{ .group | empty | ternary "worker" (printf "workerGroups.%s" .group) }}
{{- end }}

{{/* What is mounted at /opt/spark/conf of a worker. */}}
{{- define "spark.worker.configuration" -}}
{{- $own := dict
  "spark.worker.preferConfiguredMasterAddress" true
}}
{{- include "spark.configuration" (dict "root" . "layers" (list (include "spark.sharedProperties" . | fromYaml) $own .Values.sparkConf .Values.worker.sparkConf)) -}}
{{- end }}

{{/* Resources of a worker's container. */}}
{{- define "spark.worker.resources" -}}
{{- include "spark.resources" (dict "resources" .Values.worker.resources "preset" .Values.worker.resourcesPreset) -}}
{{- end }}

{{/* Cores that a worker offers: whole CPUs of the limit or request, at least 1. */}}
{{- define "spark.worker.cores" -}}
{{- if .Values.worker.cores -}}
{{- .Values.worker.cores | int64 -}}
{{- else -}}
{{- $resources := include "spark.worker.resources" . | fromYaml -}}
{{- $cpu := dig "limits" "cpu" (dig "requests" "cpu" "1" $resources) $resources -}}
{{- max 1 (div (include "spark.millicores" $cpu | int64) 1000) -}}
{{- end -}}
{{- end }}

{{/* Memory limit of a worker's container in MiB, or what it requests; 0 when neither is known. */}}
{{- define "spark.worker.memoryLimit" -}}
{{- $resources := include "spark.worker.resources" . | fromYaml -}}
{{- include "spark.mebibytes" (dig "limits" "memory" (dig "requests" "memory" "0" $resources) $resources) -}}
{{- end }}

{{/* Memory in MiB that a worker offers: the limit less its own JVM and what executors need beyond their heap. */}}
{{- define "spark.worker.memory" -}}
{{- if .Values.worker.memory -}}
{{- include "spark.jvmMebibytes" .Values.worker.memory -}}
{{- else -}}
{{- $limit := include "spark.worker.memoryLimit" . | int64 -}}
{{- $daemon := include "spark.jvmMebibytes" .Values.worker.daemonMemory | int64 -}}
{{- $rest := sub $limit (add $daemon 200) -}}
{{- max 512 (min (sub $rest 384) (div (mul $rest 10) 11)) -}}
{{- end -}}
{{- end }}
