{{/* The alerts by name. They look at the release's own pods; `description` says what to do. */}}
{{- define "spark-4-0.metrics.alerts" -}}
{{- $masters := include "spark-4-0.metrics.masters" . -}}
{{- $workers := include "spark-4-0.metrics.workers" . -}}
{{- $wanted := include "spark-4-0.metrics.wantedWorkers" . -}}
SparkMasterDown:
  expr: absent(metrics_master_workers_Value{ {{- $masters -}} })
  for: 5m
  severity: critical
  summary: No Spark master answers.
  description: >-
    No application can start, and workers have nobody to register with. Look at the master's pods, their events and
    the log of the last container (kubectl logs --previous); then whether their volume or ZooKeeper can be reached.
{{- if ne $wanted "0" }}
SparkWithoutWorkers:
  expr: max(metrics_master_aliveWorkers_Value{ {{- $masters -}} }) == 0
  for: 5m
  severity: critical
  summary: No active Spark master knows a live worker.
  description: >-
    Either all workers are gone or no master is active: only the active one of several knows workers. See in the web
    UI of each master whether one is ALIVE, and in the log of a worker which master it tries.
SparkWorkersMissing:
  expr: max(metrics_master_aliveWorkers_Value{ {{- $masters -}} }) < {{ $wanted }}
  for: 15m
  severity: warning
  summary: "{{ "{{ $value }}" }} Spark workers are alive, at least {{ $wanted }} should be."
  description: >-
    Look for worker pods that are Pending, because no node has room for them, or that restart, because executors take
    more memory than their limit.
{{- end }}
SparkApplicationsWaiting:
  expr: max(metrics_master_waitingApps_Value{ {{- $masters -}} }) > 0
  for: 15m
  severity: warning
  summary: "{{ "{{ $value }}" }} Spark applications wait for cores or memory."
  description: >-
    An application waits when no worker has the cores and the memory that one executor asks for. Compare
    spark.executor.memory with what workers offer, limit others by spark.cores.max, or add workers.
SparkCoresExhausted:
  expr: sum(metrics_worker_coresFree_Value{ {{- $workers -}} }) == 0
  for: 1h
  severity: info
  summary: All cores of the Spark workers have been in use for an hour.
  description: >-
    New applications will wait. Without spark.cores.max an application takes every core until it ends; set
    spark.deploy.defaultCores, use dynamic allocation, or add workers.
SparkMemoryExhausted:
  expr: >-
    sum(metrics_worker_coresFree_Value{ {{- $workers -}} }) > 0
    and sum(metrics_worker_memFree_MB_Value{ {{- $workers -}} })
    / (sum(metrics_worker_memFree_MB_Value{ {{- $workers -}} }) + sum(metrics_worker_memUsed_MB_Value{ {{- $workers -}} })) < 0.05
  for: 1h
  severity: info
  summary: Spark workers have free cores, but less than 5 % of their memory.
  description: >-
    The free cores cannot be used. Let applications ask for less memory for each core (spark.executor.memory), or give
    workers more of it.
SparkHeapFull:
  expr: metrics_jvm_heap_usage_Value{ {{- $masters -}} } > 0.9 or metrics_jvm_heap_usage_Value{ {{- $workers -}} } > 0.9
  for: 15m
  severity: warning
  summary: "The heap of {{ "{{ $labels.pod }}" }} is {{ "{{ $value | humanizePercentage }}" }} full."
  description: >-
    The process will slow down and end. Raise daemonMemory of the master or the worker, and its memory limit with it; a
    master needs less with fewer spark.deploy.retainedApplications and spark.deploy.retainedDrivers.
{{- end }}
