{{/* The dashboards by name: panels are laid out in rows of 24 columns; `queries` are expressions by their legend. */}}
{{- define "spark-4-1.metrics.dashboards" -}}
{{- $masters := include "spark-4-1.metrics.masters" . -}}
{{- $workers := include "spark-4-1.metrics.workers" . -}}
{{- $drivers := printf "namespace=%q,pod=~%q" .Release.Namespace "$pod" -}}
cluster:
  title: Spark cluster
  panels:
    - title: Live workers
      queries: { workers: 'max(metrics_master_aliveWorkers_Value{ {{- $masters -}} })' }
    - title: Running applications
      queries: { running: 'max(metrics_master_apps_Value{ {{- $masters -}} }) - max(metrics_master_waitingApps_Value{ {{- $masters -}} })' }
    - title: Waiting applications
      queries: { waiting: 'max(metrics_master_waitingApps_Value{ {{- $masters -}} })' }
    - title: Executors
      queries: { executors: 'sum(metrics_worker_executors_Value{ {{- $workers -}} })' }
    - title: Cores
      width: 12
      queries:
        used: sum(metrics_worker_coresUsed_Value{ {{- $workers -}} })
        free: sum(metrics_worker_coresFree_Value{ {{- $workers -}} })
    - title: Memory offered to executors
      width: 12
      unit: decmbytes
      queries:
        used: sum(metrics_worker_memUsed_MB_Value{ {{- $workers -}} })
        free: sum(metrics_worker_memFree_MB_Value{ {{- $workers -}} })
    - title: Workers and applications
      width: 12
      queries:
        live workers: max(metrics_master_aliveWorkers_Value{ {{- $masters -}} })
        applications: max(metrics_master_apps_Value{ {{- $masters -}} })
        waiting applications: max(metrics_master_waitingApps_Value{ {{- $masters -}} })
    - title: Cores in use by worker
      width: 12
      queries: { '{{ "{{pod}}" }}': 'metrics_worker_coresUsed_Value{ {{- $workers -}} }' }
    - title: Heap of masters
      width: 12
      unit: percentunit
      queries: { '{{ "{{pod}}" }}': 'metrics_jvm_heap_usage_Value{ {{- $masters -}} }' }
    - title: Heap of workers, without executors
      width: 12
      unit: percentunit
      queries: { '{{ "{{pod}}" }}': 'metrics_jvm_heap_usage_Value{ {{- $workers -}} }' }
applications:
  title: Spark applications
  variables:
    pod: label_values(metrics_spark_driver_jvm_heap_used_Value{namespace="{{ .Release.Namespace }}"}, pod)
  panels:
    - title: Active jobs
      queries: { jobs: 'sum(metrics_spark_driver_DAGScheduler_job_activeJobs_Value{ {{- $drivers -}} })' }
    - title: Running stages
      queries: { stages: 'sum(metrics_spark_driver_DAGScheduler_stage_runningStages_Value{ {{- $drivers -}} })' }
    - title: Active tasks
      queries: { tasks: 'sum(metrics_executor_activeTasks{ {{- $drivers -}} })' }
    - title: Executors
      queries: { executors: 'count(metrics_executor_activeTasks{ {{- $drivers -}} ,executor_id!="driver"})' }
    - title: Tasks by second
      width: 12
      queries:
        completed: sum(rate(metrics_executor_completedTasks_total{ {{- $drivers -}} }[$__rate_interval]))
        failed: sum(rate(metrics_executor_failedTasks_total{ {{- $drivers -}} }[$__rate_interval]))
    - title: Share of the time of tasks spent on garbage
      width: 12
      unit: percentunit
      queries:
        '{{ "{{pod}}" }}': >-
          sum by (pod) (rate(metrics_executor_totalGCTime_seconds_total{ {{- $drivers -}} }[$__rate_interval]))
          / sum by (pod) (rate(metrics_executor_totalDuration_seconds_total{ {{- $drivers -}} }[$__rate_interval]))
    - title: Data by second
      width: 12
      unit: Bps
      queries:
        read: sum(rate(metrics_executor_totalInputBytes_bytes_total{ {{- $drivers -}} }[$__rate_interval]))
        shuffle read: sum(rate(metrics_executor_totalShuffleRead_bytes_total{ {{- $drivers -}} }[$__rate_interval]))
        shuffle write: sum(rate(metrics_executor_totalShuffleWrite_bytes_total{ {{- $drivers -}} }[$__rate_interval]))
    - title: Memory for cached data and shuffles
      width: 12
      unit: decmbytes
      queries:
        used: sum(metrics_spark_driver_BlockManager_memory_memUsed_MB_Value{ {{- $drivers -}} })
        all: sum(metrics_spark_driver_BlockManager_memory_maxMem_MB_Value{ {{- $drivers -}} })
    - title: Heap of executors
      width: 12
      unit: bytes
      queries: { '{{ "{{pod}} {{executor_id}}" }}': 'metrics_executor_JVMHeapMemory_bytes{ {{- $drivers -}} }' }
    - title: Heap of drivers
      width: 12
      unit: bytes
      queries: { '{{ "{{pod}}" }}': 'metrics_spark_driver_jvm_heap_used_Value{ {{- $drivers -}} }' }
{{- end }}

{{/* A dashboard as Grafana has it: {root, name, dashboard}. */}}
{{- define "spark-4-1.metrics.grafana" -}}
{{- $release := printf "%s/%s" .root.Release.Namespace (include "spark-4-1.fullname" .root) -}}
{{- $datasource := dict "type" "prometheus" "uid" "${datasource}" -}}
{{- $variables := list (dict "name" "datasource" "label" "Data source" "type" "datasource" "query" "prometheus") -}}
{{- range $name, $query := .dashboard.variables -}}
{{- $variables = append $variables (dict "name" $name "label" (title $name) "type" "query" "datasource" $datasource "query" $query "refresh" 2 "multi" true "includeAll" true "current" (dict "text" "All" "value" "$__all")) -}}
{{- end -}}
{{- $panels := list -}}
{{- $x := 0 -}}
{{- $y := 0 -}}
{{- range $index, $panel := .dashboard.panels -}}
{{- $width := $panel.width | default 6 | int -}}
{{- $chart := gt $width 6 -}}
{{- $height := $chart | ternary 8 4 -}}
{{- $targets := list -}}
{{- range $legend, $expression := $panel.queries -}}
{{- $targets = append $targets (dict "refId" (printf "%c" (add 65 (len $targets))) "datasource" $datasource "expr" $expression "legendFormat" $legend) -}}
{{- end -}}
{{- $defaults := dict "min" 0 "unit" ($panel.unit | default "short") -}}
{{- $panels = append $panels (dict
  "id" (add 1 $index)
  "type" ($chart | ternary "timeseries" "stat")
  "title" $panel.title
  "datasource" $datasource
  "gridPos" (dict "x" $x "y" $y "w" $width "h" $height)
  "fieldConfig" (dict "defaults" $defaults "overrides" list)
  "targets" $targets
) -}}
{{- $x = add $x $width | int -}}
{{- if ge $x 24 -}}
{{- $x = 0 -}}
{{- $y = add $y $height | int -}}
{{- end -}}
{{- end -}}
{{- dict
  "uid" (printf "spark-%s" (sha256sum (printf "%s/%s" $release .name) | trunc 16))
  "title" (printf "%s %s" .dashboard.title $release)
  "tags" (list "spark")
  "schemaVersion" 39
  "refresh" "30s"
  "time" (dict "from" "now-3h" "to" "now")
  "templating" (dict "list" $variables)
  "panels" $panels
  | toPrettyJson -}}
{{- end }}
