{{/* Includes a template for `worker` and for each of `workerGroups`, which then stands as `worker`: {root, template}. */}}
{{- define "spark-4-0.worker.forEachGroup" -}}
{{- $root := .root -}}
{{- $template := .template -}}
{{- include $template $root -}}
{{- range $group, $overrides := .root.Values.workerGroups -}}
{{- if kindIs "map" $overrides -}}
{{- $worker := deepCopy $root.Values.worker -}}
{{- include "spark-4-0.overlay" (dict "base" $worker "over" $overrides) -}}
{{- $values := set (merge dict $root.Values) "worker" $worker -}}
{{- include $template (dict "Values" $values "Chart" $root.Chart "Release" $root.Release "Capabilities" $root.Capabilities "group" $group) -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Where the values of a group stand, for messages. */}}
{{- define "spark-4-0.worker.path" -}}
{{ .group | empty | ternary "worker" (printf "workerGroups.%s" .group) }}
{{- end }}

{{/* What is mounted at /opt/spark/conf of a worker. */}}
{{- define "spark-4-0.worker.configuration" -}}
{{- $own := dict
  "spark.worker.preferConfiguredMasterAddress" true
}}
{{- if .Values.worker.decommission.enabled }}
{{- $_ := set $own "spark.decommission.enabled" true }}
{{- end }}
{{- if .Values.shuffleService.enabled }}
{{- $_ := set $own "spark.shuffle.service.enabled" true }}
{{- end }}
{{- if .Values.worker.gpu.amount }}
{{- $_ := set $own "spark.worker.resource.gpu.amount" .Values.worker.gpu.amount }}
{{- $_ := set $own "spark.worker.resource.gpu.discoveryScript" (.Values.worker.gpu.discoveryScript | default "/etc/spark/gpu/gpus.sh") }}
{{- end }}
{{- $ui := include "spark-4-0.security.uiProperties" (dict "root" . "component" "worker") | fromYaml }}
{{- include "spark-4-0.configuration" (dict "root" . "layers" (list (include "spark-4-0.sharedProperties" . | fromYaml) $own $ui .Values.sparkConf .Values.worker.sparkConf)) }}
{{- with include "spark-4-0.logShipping.configuration" . }}
{{ . }}
{{- end }}
{{- end }}

{{/* Resources of a worker's container: what was asked for, its GPUs, and the disk that its sized emptyDirs take. */}}
{{- define "spark-4-0.worker.resources" -}}
{{- $resources := include "spark-4-0.resources" (dict "resources" .Values.worker.resources "preset" .Values.worker.resourcesPreset) -}}
{{- $own := dict -}}
{{- if not (contains "ephemeral-storage" $resources) -}}
{{- $own = include "spark-4-0.worker.diskResources" . | fromYaml -}}
{{- end -}}
{{- if .Values.worker.gpu.amount -}}
{{- $_ := set $own "limits" (merge (dict .Values.worker.gpu.resource (int .Values.worker.gpu.amount)) ($own.limits | default dict)) -}}
{{- end -}}
{{- if $own -}}
{{- merge dict ($resources | fromYaml) $own | toYaml -}}
{{- else -}}
{{- $resources -}}
{{- end -}}
{{- end }}

{{/* Request for the disk of sized emptyDirs; a limit too, with 1 GiB for logs, when all of them have sizes. */}}
{{- define "spark-4-0.worker.diskResources" -}}
{{- $limits := include "spark-4-0.localDirs.limits" (dict "localDirs" .Values.worker.localDirs "medium" "") | fromJsonArray -}}
{{- $limits = concat $limits (list .Values.worker.workDir.sizeLimit .Values.worker.tmpDir.sizeLimit) -}}
{{- $mebibytes := include "spark-4-0.worker.sum" $limits | int64 -}}
{{- if $mebibytes -}}
requests: { ephemeral-storage: {{ $mebibytes }}Mi }
{{- if not (has "" $limits) }}
limits: { ephemeral-storage: {{ add $mebibytes 1024 }}Mi }
{{- end }}
{{- end -}}
{{- end }}

{{/* Sum of a list of quantities in MiB. */}}
{{- define "spark-4-0.worker.sum" -}}
{{- $sum := 0 -}}
{{- range compact . -}}
{{- $sum = add $sum (include "spark-4-0.mebibytes" . | int64) -}}
{{- end -}}
{{- $sum -}}
{{- end }}

{{/* Seconds between the request to end and the kill: those for decommissioning, and some for the worker itself. */}}
{{- define "spark-4-0.worker.gracePeriod" -}}
{{- $least := .Values.worker.decommission.enabled | ternary (add .Values.worker.decommission.timeoutSeconds 30) 0 -}}
{{- max $least (int64 .Values.worker.terminationGracePeriodSeconds) -}}
{{- end }}

{{/* Hooks of a worker's container; a preStop of the user's own stands in for decommissioning. */}}
{{- define "spark-4-0.worker.lifecycle" -}}
{{- $own := dict -}}
{{- if .Values.worker.decommission.enabled -}}
{{- $own = include "spark-4-0.worker.decommissionHook" . | fromYaml -}}
{{- end -}}
{{- include "spark-4-0.layers" (list $own .Values.worker.lifecycle) -}}
{{- end }}

{{/* Tells the worker to leave (SIGPWR) and waits for what it runs; by /proc, so that it needs no programs but these. */}}
{{- define "spark-4-0.worker.decommissionHook" -}}
preStop:
  exec:
    command:
      - bash
      - -c
      - >-
        kill -PWR 1;
        for ((n = 0; n < {{ add .Values.worker.decommission.timeoutSeconds 10 }}; n++)); do
        grep -qsE '[C]oarseGrainedExecutorBackend|[D]riverWrapper' /proc/[0-9]*/cmdline || break;
        sleep 1;
        done
{{- end }}

{{/* Cores that a worker offers: whole CPUs of the limit or request, at least 1. */}}
{{- define "spark-4-0.worker.cores" -}}
{{- if .Values.worker.cores -}}
{{- .Values.worker.cores | int64 -}}
{{- else -}}
{{- $resources := include "spark-4-0.worker.resources" . | fromYaml -}}
{{- $cpu := dig "limits" "cpu" (dig "requests" "cpu" "1" $resources) $resources -}}
{{- max 1 (div (include "spark-4-0.millicores" $cpu | int64) 1000) -}}
{{- end -}}
{{- end }}

{{/* Memory limit of a worker's container in MiB, or what it requests; 0 when neither is known. */}}
{{- define "spark-4-0.worker.memoryLimit" -}}
{{- $resources := include "spark-4-0.worker.resources" . | fromYaml -}}
{{- include "spark-4-0.mebibytes" (dig "limits" "memory" (dig "requests" "memory" "0" $resources) $resources) -}}
{{- end }}

{{/* Memory in MiB that a worker offers: the limit less its own JVM, disks in memory, and what executors need beyond their heap. */}}
{{- define "spark-4-0.worker.memory" -}}
{{- if .Values.worker.memory -}}
{{- include "spark-4-0.jvmMebibytes" .Values.worker.memory -}}
{{- else -}}
{{- $limit := include "spark-4-0.worker.memoryLimit" . | int64 -}}
{{- $daemon := include "spark-4-0.jvmMebibytes" .Values.worker.daemonMemory | int64 -}}
{{- $inMemory := include "spark-4-0.localDirs.limits" (dict "localDirs" .Values.worker.localDirs "medium" "Memory") | fromJsonArray -}}
{{- $rest := sub $limit (add $daemon 200 (include "spark-4-0.worker.sum" $inMemory | int64)) -}}
{{- max 512 (min (sub $rest 384) (div (mul $rest 10) 11)) -}}
{{- end -}}
{{- end }}
