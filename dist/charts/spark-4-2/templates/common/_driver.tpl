{{/* Heap of a driver in MiB: {values, resources}; the limit less what the JVM needs beside it. */}}
{{- define "spark-4-2.driver.memory" -}}
{{- if .values.memory -}}
{{- include "spark-4-2.jvmMebibytes" .values.memory -}}
{{- else -}}
{{- $resources := .resources | fromYaml -}}
{{- $limit := include "spark-4-2.mebibytes" (dig "limits" "memory" (dig "requests" "memory" "2Gi" $resources) $resources) | int64 -}}
{{- max 450 (min (sub $limit 384) (div (mul $limit 10) 11)) -}}
{{- end -}}
{{- end }}

{{/* Properties of a driver in a pod of its own: {root, values, resources}. */}}
{{- define "spark-4-2.driver.properties" -}}
spark.master: {{ include "spark-4-2.masterUrl" .root }}
spark.driver.memory: {{ include "spark-4-2.driver.memory" . }}m
spark.jars.ivy: /tmp/.ivy2
spark.executor.memory: {{ .values.executor.memory }}
{{- with .values.executor.cores }}
spark.executor.cores: {{ . }}
{{- end }}
{{- with .values.executor.maxCores }}
spark.cores.max: {{ . }}
{{- end }}
{{- end }}
