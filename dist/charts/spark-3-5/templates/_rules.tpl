{{/* Reasons to refuse the values, one line each. */}}
{{- define "spark-3-5.rules.refused" }}
{{- if not (regexMatch "^[a-z]([a-z0-9-]*[a-z0-9])?$" (include "spark-3-5.fullname" .)) }}
  - [name-of-objects] Names of objects would begin with "{{ include "spark-3-5.fullname" . }}", but Services have names of lower-case letters, digits and hyphens that begin with a letter. Choose another release name, or set fullnameOverride.
{{- end }}
{{- if and (gt (int .Values.master.replicas) 1) (ne .Values.master.recovery.mode "ZOOKEEPER") }}
  - [several-masters] master.replicas is {{ .Values.master.replicas }}, but without an election among them several masters would each run a cluster of their own. Set master.recovery.mode to ZOOKEEPER, or master.replicas to 1.
{{- end }}
{{- if eq .Values.master.recovery.mode "ROCKSDB" }}
  - [recovery-mode-of-line] master.recovery.mode ROCKSDB came with Spark 4.0; use FILESYSTEM.
{{- end }}
{{- if ge (include "spark-3-5.jvmMebibytes" .Values.master.daemonMemory | int64) (include "spark-3-5.mebibytes" (dig "limits" "memory" "1Ei" (include "spark-3-5.master.resources" . | fromYaml)) | int64) }}
  - [master-daemon-memory] master.daemonMemory ({{ .Values.master.daemonMemory }}) does not fit into the memory limit of the master; its JVM needs about 200 MiB beside the heap.
{{- end }}
{{- if regexMatch "(?m)name: SPARK_DAEMON_MEMORY$" (toYaml .Values.master.extraEnv) }}
  - [master-environment] master.extraEnv may not set SPARK_DAEMON_MEMORY, which the chart sets; use master.daemonMemory.
{{- end }}
{{- if and (not (kindIs "invalid" .Values.master.podDisruptionBudget.minAvailable)) (not (kindIs "invalid" .Values.master.podDisruptionBudget.maxUnavailable)) }}
  - [master-disruption-budget] master.podDisruptionBudget takes minAvailable or maxUnavailable, not both.
{{- end }}
{{- if and .Values.dynamicAllocation.maxExecutors (gt (int .Values.dynamicAllocation.minExecutors) (int .Values.dynamicAllocation.maxExecutors)) }}
  - [dynamic-allocation-bounds] dynamicAllocation.minExecutors is {{ .Values.dynamicAllocation.minExecutors }}, more than maxExecutors, {{ .Values.dynamicAllocation.maxExecutors }}.
{{- end }}
{{- include "spark-3-5.worker.forEachGroup" (dict "root" . "template" "spark-3-5.rules.refused.worker.forEachGroup") }}
{{- end }}

{{- define "spark-3-5.rules.refused.worker.forEachGroup" }}
{{- if and (not .Values.worker.memory) (eq (include "spark-3-5.worker.memoryLimit" . | int64) 0) }}
  - [worker-memory-unknown] What a worker may offer cannot be told without a memory limit. Set {{ include "spark-3-5.worker.path" . }}.resources.limits.memory, or {{ include "spark-3-5.worker.path" . }}.memory.
{{- end }}
{{- if and (gt (include "spark-3-5.worker.memoryLimit" . | int64) 0) (gt (add (include "spark-3-5.worker.memory" . | int64) (include "spark-3-5.jvmMebibytes" .Values.worker.daemonMemory | int64)) (include "spark-3-5.worker.memoryLimit" . | int64)) }}
  - [worker-memory-exceeds-limit] A worker would offer {{ include "spark-3-5.worker.memory" . }} MiB and needs {{ .Values.worker.daemonMemory }} itself, but its memory limit is {{ include "spark-3-5.worker.memoryLimit" . }} MiB; executors would be killed. Raise {{ include "spark-3-5.worker.path" . }}.resources.limits.memory or lower {{ include "spark-3-5.worker.path" . }}.memory.
{{- end }}
{{- if gt (mul 1000 (int64 .Values.worker.cores)) (max 1000 (include "spark-3-5.millicores" (dig "limits" "cpu" "1000000" (include "spark-3-5.worker.resources" . | fromYaml)) | int64)) }}
  - [worker-cores-exceed-limit] {{ include "spark-3-5.worker.path" . }}.cores is {{ .Values.worker.cores }}, more than the CPU limit of a worker; executors would wait for each other.
{{- end }}
{{- if regexMatch "(?m)name: SPARK_(DAEMON_MEMORY|LOCAL_HOSTNAME)$" (toYaml .Values.worker.extraEnv) }}
  - [worker-environment] {{ include "spark-3-5.worker.path" . }}.extraEnv may not set SPARK_DAEMON_MEMORY or SPARK_LOCAL_HOSTNAME, which the chart sets; use {{ include "spark-3-5.worker.path" . }}.daemonMemory.
{{- end }}
{{- if and (not (kindIs "invalid" .Values.worker.podDisruptionBudget.minAvailable)) (not (kindIs "invalid" .Values.worker.podDisruptionBudget.maxUnavailable)) }}
  - [worker-disruption-budget] {{ include "spark-3-5.worker.path" . }}.podDisruptionBudget takes minAvailable or maxUnavailable, not both.
{{- end }}
{{- if regexMatch "\"size\":\"\",[^}]*\"type\":\"(ephemeral|persistent)\"" (include "spark-3-5.localDirs" .Values.worker.localDirs | fromYaml | toJson) }}
  - [worker-local-dir-without-size] {{ include "spark-3-5.worker.path" . }}.localDirs has a disk of the type ephemeral or persistent without size; its volume claim must say how much it asks for.
{{- end }}
{{- if regexMatch "\"path\":\"\",[^}]*\"type\":\"hostPath\"" (include "spark-3-5.localDirs" .Values.worker.localDirs | fromYaml | toJson) }}
  - [worker-local-dir-without-path] {{ include "spark-3-5.worker.path" . }}.localDirs has a disk of the type hostPath without path; say which folder of the node it is.
{{- end }}
{{- if has "" (include "spark-3-5.localDirs.limits" (dict "localDirs" .Values.worker.localDirs "medium" "Memory") | fromJsonArray) }}
  - [worker-local-dir-in-memory] {{ include "spark-3-5.worker.path" . }}.localDirs has a disk in memory without size; it would take the memory of executors until the container is killed. Give it a size, which workers then offer less.
{{- end }}
{{- if and .Values.worker.localDirs (regexMatch "(?m)name: SPARK_LOCAL_DIRS$" (toYaml .Values.worker.extraEnv)) }}
  - [worker-local-dirs-environment] {{ include "spark-3-5.worker.path" . }}.extraEnv may not set SPARK_LOCAL_DIRS together with localDirs, which sets it; use one of them.
{{- end }}
{{- if and .Values.worker.autoscaling.enabled (gt (int .Values.worker.autoscaling.minReplicas) (int .Values.worker.autoscaling.maxReplicas)) }}
  - [worker-autoscaling-bounds] {{ include "spark-3-5.worker.path" . }}.autoscaling.minReplicas is {{ .Values.worker.autoscaling.minReplicas }}, more than maxReplicas, {{ .Values.worker.autoscaling.maxReplicas }}.
{{- end }}
{{- if and .Values.worker.autoscaling.enabled (eq .Values.worker.autoscaling.type "hpa") (eq (int .Values.worker.autoscaling.minReplicas) 0) }}
  - [worker-autoscaling-to-zero] A HorizontalPodAutoscaler cannot go down to no workers. Set {{ include "spark-3-5.worker.path" . }}.autoscaling.minReplicas to 1, or type to keda.
{{- end }}
{{- if and .Values.worker.autoscaling.enabled (eq .Values.worker.autoscaling.type "hpa") (not .Values.worker.autoscaling.metrics) (not (dig "requests" "cpu" (dig "limits" "cpu" "" (include "spark-3-5.worker.resources" . | fromYaml)) (include "spark-3-5.worker.resources" . | fromYaml))) }}
  - [worker-autoscaling-without-request] A HorizontalPodAutoscaler compares the CPU in use with what is requested. Set {{ include "spark-3-5.worker.path" . }}.resources.requests.cpu.
{{- end }}
{{- end }}

{{/* Stops with all reasons at once. */}}
{{- define "spark-3-5.rules.refuse" }}
{{- with include "spark-3-5.rules.refused" . }}
{{- fail (printf "\nspark-3-5: these values cannot work:%s\n" .) }}
{{- end }}
{{- end }}

{{/* Warnings, one line each. */}}
{{- define "spark-3-5.rules.warned" }}
{{- if include "spark-3-5.holdsSecret" .Values.sparkConf }}
  - [secret-in-spark-conf] sparkConf holds what looks like a password or key. ConfigMaps are not secret; use secretConf.
{{- end }}
{{- if and (not .Values.image.digest) (has .Values.image.tag (list "latest" "python3" "scala" "r")) }}
  - [rolling-tag] The image tag {{ .Values.image.tag }} changes its contents. Pin a version, or a digest with image.digest.
{{- end }}
{{- if eq .Values.master.recovery.mode "NONE" }}
  - [master-without-recovery] A restarted master forgets running applications. Set master.recovery.mode to keep them.
{{- end }}
{{- if and (not .Values.master.resources) (ne .Values.master.resourcesPreset "none") }}
  - [master-preset] The master runs with the preset {{ .Values.master.resourcesPreset }}, meant for trying out. Set master.resources for production.
{{- end }}
{{- if ne .Values.master.service.type "ClusterIP" }}
  - [rpc-exposed] master.service.type {{ .Values.master.service.type }} offers port 7077 outside the cluster, and whoever reaches it can run code on the workers. Use ingress for the UI, or limit who may connect{{ if .Values.networkPolicy.enabled }}; networkPolicy.clients must admit them too{{ end }}.
{{- end }}
{{- if and .Values.ingress.enabled (ne .Values.ingress.path "/") (not .Values.ui.reverseProxy.url) }}
  - [reverse-proxy-path] The Ingress serves the UI under {{ .Values.ingress.path }}, but ui.reverseProxy.url is empty, so links in the UI will not work. Set it, and have the ingress controller strip the path.
{{- end }}
{{- if include "spark-3-5.holdsSecret" .Values.master.sparkConf }}
  - [secret-in-master-spark-conf] master.sparkConf holds what looks like a password or key. ConfigMaps are not secret; use secretConf.
{{- end }}
{{- if .Values.master.hostNetwork }}
  - [master-host-network] master.hostNetwork opens port 7077 on the node of the master, where no NetworkPolicy guards it and whoever reaches it can run code; the pod security standards baseline and restricted refuse it.
{{- end }}
{{- if and (eq (int .Values.worker.replicas) 0) (not .Values.workerGroups) (not .Values.worker.autoscaling.enabled) }}
  - [no-workers] worker.replicas is 0; applications will wait until there are workers.
{{- end }}
{{- if and .Values.worker.autoscaling.enabled (not .Values.dynamicAllocation.enabled) }}
  - [worker-autoscaling-alone] Workers are scaled automatically, but dynamicAllocation.enabled is false, so an application takes every worker that is added and gives none back before it ends. Set it, or spark.cores.max in sparkConf.
{{- end }}
{{- include "spark-3-5.worker.forEachGroup" (dict "root" . "template" "spark-3-5.rules.warned.worker.forEachGroup") }}
{{- end }}

{{- define "spark-3-5.rules.warned.worker.forEachGroup" }}
{{- if lt (include "spark-3-5.worker.memory" . | int64) 1024 }}
  - [worker-memory-tight] Workers offer {{ include "spark-3-5.worker.memory" . }} MiB each, and an application that does not set spark.executor.memory asks for 1024 MiB and waits for ever. Set it (at least 450m), or give workers a limit of 2Gi.
{{- end }}
{{- if and (not .Values.worker.resources) (ne .Values.worker.resourcesPreset "none") }}
  - [worker-preset] Workers run with the preset {{ .Values.worker.resourcesPreset }}, meant for trying out. Set {{ include "spark-3-5.worker.path" . }}.resources for production.
{{- end }}
{{- if include "spark-3-5.holdsSecret" .Values.worker.sparkConf }}
  - [secret-in-worker-spark-conf] {{ include "spark-3-5.worker.path" . }}.sparkConf holds what looks like a password or key. ConfigMaps are not secret; use secretConf.
{{- end }}
{{- if regexMatch "\"type\":\"hostPath\"" (toJson .Values.worker.localDirs) }}
  - [worker-host-path] {{ include "spark-3-5.worker.path" . }}.localDirs uses hostPath, which the pod security standards baseline and restricted refuse; the folders must exist on every node and be writable for user 185. Where storage classes for local disks exist, use the type ephemeral.
{{- end }}
{{- if and .group .Values.worker.autoscaling.enabled (eq .Values.worker.autoscaling.type "keda") (not .Values.worker.autoscaling.keda.triggers) }}
  - [worker-autoscaling-of-groups] KEDA scales {{ include "spark-3-5.worker.path" . }} on what all workers of the cluster hold together, other groups included. Set autoscaling.keda.triggers for it, or autoscaling.enabled to false.
{{- end }}
{{- if and .Values.worker.decommission.enabled (hasKey (.Values.worker.lifecycle | default dict) "preStop") }}
  - [worker-without-decommission] {{ include "spark-3-5.worker.path" . }}.lifecycle.preStop stands in for decommissioning, so tasks on a worker that is scaled in fail. Leave it out, or set decommission.enabled to false.
{{- end }}
{{- if and (not .Values.worker.gpu.amount) (hasKey (dig "limits" dict (include "spark-3-5.worker.resources" . | fromYaml) | default dict) .Values.worker.gpu.resource) }}
  - [worker-gpu-unannounced] Workers hold {{ .Values.worker.gpu.resource }}, but Spark is not told of it. Set {{ include "spark-3-5.worker.path" . }}.gpu.amount in place of the entry in resources.
{{- end }}
{{- if .Values.worker.hostNetwork }}
  - [worker-host-network] {{ include "spark-3-5.worker.path" . }}.hostNetwork opens the ports of the workers on their nodes, where no NetworkPolicy guards them and whoever reaches them can run code; the pod security standards baseline and restricted refuse it.
{{- end }}
{{- if and .Values.dynamicAllocation.enabled (gt (int64 .Values.dynamicAllocation.executorCores) (include "spark-3-5.worker.cores" . | int64)) }}
  - [dynamic-allocation-cores] dynamicAllocation.executorCores is {{ .Values.dynamicAllocation.executorCores }}, more than the {{ include "spark-3-5.worker.cores" . }} core(s) of a worker of {{ include "spark-3-5.worker.path" . }}, which no executor will use.
{{- end }}
{{- end }}

{{/* Warnings for the notes. */}}
{{- define "spark-3-5.rules.warn" }}
{{- with include "spark-3-5.rules.warned" . }}

Warnings:{{ . }}
{{- end }}
{{- end }}
