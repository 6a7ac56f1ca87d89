{{/* Reasons to refuse the values, one line each. */}}
{{- define "spark-history-server-3-5.rules.refused" }}
{{- if not (regexMatch "^[a-z]([a-z0-9-]*[a-z0-9])?$" (include "spark-history-server-3-5.fullname" .)) }}
  - [name-of-objects] Names of objects would begin with "{{ include "spark-history-server-3-5.fullname" . }}", but Services have names of lower-case letters, digits and hyphens that begin with a letter. Choose another release name, or set fullnameOverride.
{{- end }}
{{- if and .Values.log4j2 (or (ne .Values.logging.level "info") (ne .Values.logging.format "text") .Values.logging.loggers) }}
  - [two-loggings] log4j2 is the whole log4j2.properties, so logging would change nothing. Leave one of them as it was.
{{- end }}
{{- if and .Values.eventLog.enabled (regexMatch "^s3n?:" .Values.eventLog.directory) (not (hasKey .Values.sparkConf "spark.hadoop.fs.s3.impl")) }}
  - [event-log-scheme] eventLog.directory is {{ .Values.eventLog.directory }}, but Spark reads and writes S3 under s3a://. Write s3a:// in its place.
{{- end }}
{{- if and .Values.eventLog.enabled .Values.eventLog.directory .Values.eventLog.volume.existingClaim }}
  - [event-log-place] eventLog.directory and eventLog.volume.existingClaim name two places for event logs. Leave one of them empty.
{{- end }}
{{- if and .Values.objectStore.s3.existingSecret .Values.objectStore.s3.workloadIdentity }}
  - [s3-credentials] objectStore.s3 has an existingSecret and workloadIdentity. Choose one of them.
{{- end }}
{{- if and .Values.objectStore.azure.account (not .Values.objectStore.azure.existingSecret) }}
  - [azure-credentials] objectStore.azure.existingSecret must name a Secret with the key of the account, or with the secret of the client.
{{- end }}
{{- if ne (empty .Values.objectStore.azure.clientId) (empty .Values.objectStore.azure.tenantId) }}
  - [azure-client] objectStore.azure.clientId and objectStore.azure.tenantId go together. Set both, or none of them for the key of the account.
{{- end }}
{{- if and .Values.extraJars.imageVolume .Values.extraJars.image.repository (semverCompare "<1.33-0" .Capabilities.KubeVersion.Version) }}
  - [image-volume] extraJars.imageVolume needs Kubernetes 1.33, this is {{ .Capabilities.KubeVersion.Version }}. Set it to false to have the jars copied.
{{- end }}
{{- if and .Values.historyServer.enabled (not .Values.eventLog.enabled) }}
  - [history-server-without-logs] The history server has nothing to show. Set eventLog.enabled, and where the logs are with eventLog.directory or eventLog.volume.
{{- end }}
{{- if and .Values.historyServer.enabled (ge (include "spark-history-server-3-5.jvmMebibytes" .Values.historyServer.daemonMemory | int64) (include "spark-history-server-3-5.mebibytes" (dig "limits" "memory" "1Ei" (include "spark-history-server-3-5.historyServer.resources" . | fromYaml)) | int64)) }}
  - [history-server-daemon-memory] historyServer.daemonMemory ({{ .Values.historyServer.daemonMemory }}) does not fit into the memory limit of the history server; its JVM needs about 300 MiB beside the heap.
{{- end }}
{{- if regexMatch "(?m)name: SPARK_DAEMON_MEMORY$" (toYaml .Values.historyServer.extraEnv) }}
  - [history-server-environment] historyServer.extraEnv may not set SPARK_DAEMON_MEMORY, which the chart sets; use historyServer.daemonMemory.
{{- end }}
{{- if and (not (kindIs "invalid" .Values.historyServer.podDisruptionBudget.minAvailable)) (not (kindIs "invalid" .Values.historyServer.podDisruptionBudget.maxUnavailable)) }}
  - [history-server-disruption-budget] historyServer.podDisruptionBudget takes minAvailable or maxUnavailable, not both.
{{- end }}
{{- if ne (empty .Values.historyServer.kerberos.principal) (empty .Values.historyServer.kerberos.existingSecret) }}
  - [history-server-kerberos] historyServer.kerberos.principal and historyServer.kerberos.existingSecret, which has its keytab, go together. Set both or none.
{{- end }}
{{- if and .Values.historyServer.httpRoute.enabled (not .Values.historyServer.httpRoute.parentRefs) }}
  - [history-server-route-without-gateway] historyServer.httpRoute.parentRefs is empty, so no gateway would serve the route. Name one, with its namespace.
{{- end }}
{{- end }}

{{/* Stops with all reasons at once. */}}
{{- define "spark-history-server-3-5.rules.refuse" }}
{{- with include "spark-history-server-3-5.rules.refused" . }}
{{- fail (printf "\nspark-history-server-3-5: these values cannot work:%s\n" .) }}
{{- end }}
{{- end }}

{{/* Warnings, one line each. */}}
{{- define "spark-history-server-3-5.rules.warned" }}
{{- if include "spark-history-server-3-5.holdsSecret" .Values.sparkConf }}
  - [secret-in-spark-conf] sparkConf holds what looks like a password or key. ConfigMaps are not secret; use secretConf.
{{- end }}
{{- if and (not .Values.image.digest) (has .Values.image.tag (list "latest" "python3" "scala" "r")) }}
  - [rolling-tag] The image tag {{ .Values.image.tag }} changes its contents. Pin a version, or a digest with image.digest.
{{- end }}
{{- if and (include "spark-history-server-3-5.eventLog.onVolume" .) (not .Values.eventLog.volume.existingClaim) (not (has "ReadWriteMany" .Values.eventLog.volume.accessModes)) }}
  - [event-log-one-node] The volume of event logs can be mounted on one node only, so drivers and the history server on other nodes will wait for ever. Give eventLog.volume.accessModes ReadWriteMany, or eventLog.directory an object store.
{{- end }}
{{- if hasPrefix "http://" .Values.objectStore.s3.endpoint }}
  - [s3-without-tls] objectStore.s3.endpoint {{ .Values.objectStore.s3.endpoint }} is not encrypted; whoever sees the traffic sees the data.
{{- end }}
{{- if and (include "spark-history-server-3-5.objectStore.needsJars" .) (not .Values.extraJars.image.repository) (eq .Values.image.repository "apache/spark") }}
  - [store-without-jars] Spark's own image has no jars for object stores. Set extraJars.image, or an image that has them.
{{- end }}
{{- if and .Values.hadoop.krb5ConfigMap (not .Values.hadoop.existingConfigMap) }}
  - [kerberos-without-hadoop] hadoop.krb5ConfigMap has no effect until core-site.xml asks for Kerberos. Set hadoop.existingConfigMap.
{{- end }}
{{- if and .Values.historyServer.enabled .Values.historyServer.ingress.enabled (ne .Values.historyServer.ingress.path "/") (not .Values.historyServer.url) }}
  - [history-server-path] The Ingress serves the history server under {{ .Values.historyServer.ingress.path }}, but historyServer.url is empty, so links in it will not work. Set it, and have the ingress controller strip the path.
{{- end }}
{{- if and .Values.historyServer.enabled .Values.historyServer.httpRoute.enabled (ne .Values.historyServer.httpRoute.path "/") (not .Values.historyServer.url) }}
  - [history-server-route-path] The HTTPRoute serves the history server under {{ .Values.historyServer.httpRoute.path }}, but historyServer.url is empty, so links in it will not work. Set it to the whole address.
{{- end }}
{{- if and .Values.historyServer.enabled (not .Values.historyServer.cleaner.enabled) }}
  - [event-logs-kept] Event logs are never deleted. Set historyServer.cleaner.enabled, or let the store delete old ones.
{{- end }}
{{- if and .Values.historyServer.enabled (not .Values.historyServer.resources) (ne .Values.historyServer.resourcesPreset "none") }}
  - [history-server-preset] The history server runs with the preset {{ .Values.historyServer.resourcesPreset }}, meant for trying out. Set historyServer.resources for production.
{{- end }}
{{- if include "spark-history-server-3-5.holdsSecret" .Values.historyServer.sparkConf }}
  - [secret-in-history-server-spark-conf] historyServer.sparkConf holds what looks like a password or key. ConfigMaps are not secret; use secretConf.
{{- end }}
{{- end }}

{{/* Warnings for the notes. */}}
{{- define "spark-history-server-3-5.rules.warn" }}
{{- with include "spark-history-server-3-5.rules.warned" . }}

Warnings:{{ . }}
{{- end }}
{{- end }}
