{{/* Reasons to refuse the values, one line each. */}}
{{- define "spark-4-0.rules.refused" }}
{{- if not (regexMatch "^[a-z]([a-z0-9-]*[a-z0-9])?$" (include "spark-4-0.fullname" .)) }}
  - [name-of-objects] Names of objects would begin with "{{ include "spark-4-0.fullname" . }}", but Services have names of lower-case letters, digits and hyphens that begin with a letter. Choose another release name, or set fullnameOverride.
{{- end }}
{{- if and (gt (int .Values.master.replicas) 1) (ne .Values.master.recovery.mode "ZOOKEEPER") }}
  - [several-masters] master.replicas is {{ .Values.master.replicas }}, but without an election among them several masters would each run a cluster of their own. Set master.recovery.mode to ZOOKEEPER, or master.replicas to 1.
{{- end }}
{{- if ge (include "spark-4-0.jvmMebibytes" .Values.master.daemonMemory | int64) (include "spark-4-0.mebibytes" (dig "limits" "memory" "1Ei" (include "spark-4-0.master.resources" . | fromYaml)) | int64) }}
  - [master-daemon-memory] master.daemonMemory ({{ .Values.master.daemonMemory }}) does not fit into the memory limit of the master; its JVM needs about 200 MiB beside the heap.
{{- end }}
{{- if regexMatch "(?m)name: SPARK_DAEMON_MEMORY$" (toYaml .Values.master.extraEnv) }}
  - [master-environment] master.extraEnv may not set SPARK_DAEMON_MEMORY, which the chart sets; use master.daemonMemory.
{{- end }}
{{- if and (not (kindIs "invalid" .Values.master.podDisruptionBudget.minAvailable)) (not (kindIs "invalid" .Values.master.podDisruptionBudget.maxUnavailable)) }}
  - [master-disruption-budget] master.podDisruptionBudget takes minAvailable or maxUnavailable, not both.
{{- end }}
{{- include "spark-4-0.worker.forEachGroup" (dict "root" . "template" "spark-4-0.rules.refused.worker.forEachGroup") }}
{{- end }}

{{- define "spark-4-0.rules.refused.worker.forEachGroup" }}
{{- if and (not .Values.worker.memory) (eq (include "spark-4-0.worker.memoryLimit" . | int64) 0) }}
  - [worker-memory-unknown] What a worker may offer cannot be told without a memory limit. Set {{ include "spark-4-0.worker.path" . }}.resources.limits.memory, or {{ include "spark-4-0.worker.path" . }}.memory.
{{- end }}
{{- if and (gt (include "spark-4-0.worker.memoryLimit" . | int64) 0) (gt (add (include "spark-4-0.worker.memory" . | int64) (include "spark-4-0.jvmMebibytes" .Values.worker.daemonMemory | int64)) (include "spark-4-0.worker.memoryLimit" . | int64)) }}
  - [worker-memory-exceeds-limit] A worker would offer {{ include "spark-4-0.worker.memory" . }} MiB and needs {{ .Values.worker.daemonMemory }} itself, but its memory limit is {{ include "spark-4-0.worker.memoryLimit" . }} MiB; executors would be killed. Raise {{ include "spark-4-0.worker.path" . }}.resources.limits.memory or lower {{ include "spark-4-0.worker.path" . }}.memory.
{{- end }}
{{- if gt (mul 1000 (int64 .Values.worker.cores)) (max 1000 (include "spark-4-0.millicores" (dig "limits" "cpu" "1000000" (include "spark-4-0.worker.resources" . | fromYaml)) | int64)) }}
  - [worker-cores-exceed-limit] {{ include "spark-4-0.worker.path" . }}.cores is {{ .Values.worker.cores }}, more than the CPU limit of a worker; executors would wait for each other.
{{- end }}
{{- if regexMatch "(?m)name: SPARK_(DAEMON_MEMORY|LOCAL_HOSTNAME)$" (toYaml .Values.worker.extraEnv) }}
  - [worker-environment] {{ include "spark-4-0.worker.path" . }}.extraEnv may not set SPARK_DAEMON_MEMORY or SPARK_LOCAL_HOSTNAME, which the chart sets; use {{ include "spark-4-0.worker.path" . }}.daemonMemory.
{{- end }}
{{- if and (not (kindIs "invalid" .Values.worker.podDisruptionBudget.minAvailable)) (not (kindIs "invalid" .Values.worker.podDisruptionBudget.maxUnavailable)) }}
  - [worker-disruption-budget] {{ include "spark-4-0.worker.path" . }}.podDisruptionBudget takes minAvailable or maxUnavailable, not both.
{{- end }}
{{- end }}

{{/* Stops with all reasons at once. */}}
{{- define "spark-4-0.rules.refuse" }}
{{- with include "spark-4-0.rules.refused" . }}
{{- fail (printf "\nspark-4-0: these values cannot work:%s\n" .) }}
{{- end }}
{{- end }}

{{/* Warnings, one line each. */}}
{{- define "spark-4-0.rules.warned" }}
{{- if include "spark-4-0.holdsSecret" .Values.sparkConf }}
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
{{- if include "spark-4-0.holdsSecret" .Values.master.sparkConf }}
  - [secret-in-master-spark-conf] master.sparkConf holds what looks like a password or key. ConfigMaps are not secret; use secretConf.
{{- end }}
{{- if and (eq (int .Values.worker.replicas) 0) (not .Values.workerGroups) }}
  - [no-workers] worker.replicas is 0; applications will wait until there are workers.
{{- end }}
{{- include "spark-4-0.worker.forEachGroup" (dict "root" . "template" "spark-4-0.rules.warned.worker.forEachGroup") }}
{{- end }}

{{- define "spark-4-0.rules.warned.worker.forEachGroup" }}
{{- if lt (include "spark-4-0.worker.memory" . | int64) 1024 }}
  - [worker-memory-tight] Workers offer {{ include "spark-4-0.worker.memory" . }} MiB each, and an application that does not set spark.executor.memory asks for 1024 MiB and waits for ever. Set it (at least 450m), or give workers a limit of 2Gi.
{{- end }}
{{- if and (not .Values.worker.resources) (ne .Values.worker.resourcesPreset "none") }}
  - [worker-preset] Workers run with the preset {{ .Values.worker.resourcesPreset }}, meant for trying out. Set {{ include "spark-4-0.worker.path" . }}.resources for production.
{{- end }}
{{- if include "spark-4-0.holdsSecret" .Values.worker.sparkConf }}
  - [secret-in-worker-spark-conf] {{ include "spark-4-0.worker.path" . }}.sparkConf holds what looks like a password or key. ConfigMaps are not secret; use secretConf.
{{- end }}
{{- end }}

{{/* Warnings for the notes. */}}
{{- define "spark-4-0.rules.warn" }}
{{- with include "spark-4-0.rules.warned" . }}

Warnings:{{ . }}
{{- end }}
{{- end }}
