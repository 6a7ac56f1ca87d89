{{/* Reasons to refuse the values, one line each. */}}
{{- define "spark-3-5.rules.refused" }}
{{- if not (regexMatch "^[a-z]([a-z0-9-]*[a-z0-9])?$" (include "spark-3-5.fullname" .)) }}
  - [name-of-objects] Names of objects would begin with "{{ include "spark-3-5.fullname" . }}", but Services have names of lower-case letters, digits and hyphens that begin with a letter. Choose another release name, or set fullnameOverride.
{{- end }}
{{- if and .Values.log4j2 (or (ne .Values.logging.level "info") (ne .Values.logging.format "text") .Values.logging.loggers) }}
  - [two-loggings] log4j2 is the whole log4j2.properties, so logging would change nothing. Leave one of them as it was.
{{- end }}
{{- if and .Values.security.networkEncryption.enabled (not (include "spark-3-5.rpcAuthentication" .)) }}
  - [encryption-without-authentication] security.networkEncryption makes its keys from the secret of RPC authentication. Set security.rpcAuthentication.enabled too.
{{- end }}
{{- if and .Values.security.rpcAuthentication.enabled (hasKey (.Values.secretConf | default dict) "spark.authenticate.secret") }}
  - [two-rpc-secrets] secretConf has spark.authenticate.secret, which security.rpcAuthentication sets. Name the Secret in security.rpcAuthentication.existingSecret.
{{- end }}
{{- if and .Values.security.uiTls.enabled (eq (empty .Values.security.uiTls.existingSecret) (not .Values.security.uiTls.certificate.enabled)) }}
  - [ui-tls-without-keystore] security.uiTls needs a key store. Name a Secret in security.uiTls.existingSecret, or set security.uiTls.certificate.enabled, not both.
{{- end }}
{{- if and .Values.security.uiTls.certificate.enabled (or (not .Values.security.uiTls.certificate.issuerRef.name) (ne .Values.security.uiTls.keystoreType "PKCS12") (ne .Values.security.uiTls.keystoreKey "keystore.p12")) }}
  - [ui-certificate-without-issuer] security.uiTls.certificate asks cert-manager for keystore.p12. Set security.uiTls.certificate.issuerRef.name, and leave keystoreKey and keystoreType as they are.
{{- end }}
{{- if and .Values.security.uiAuthentication.oauth2Proxy.enabled (or (not .Values.security.uiAuthentication.oauth2Proxy.clientId) (not .Values.security.uiAuthentication.oauth2Proxy.existingSecret) (and (hasSuffix "oidc" .Values.security.uiAuthentication.oauth2Proxy.provider) (not .Values.security.uiAuthentication.oauth2Proxy.issuerUrl))) }}
  - [oauth2-proxy-incomplete] security.uiAuthentication.oauth2Proxy needs clientId, existingSecret and, for OpenID Connect, issuerUrl.
{{- end }}
{{- if and .Values.security.uiAuthentication.oauth2Proxy.enabled (or .Values.security.uiTls.enabled (include "spark-3-5.security.hasUiFilter" (dict "root" . "component" "master"))) }}
  - [oauth2-proxy-and-other-guards] security.uiAuthentication.oauth2Proxy speaks plain HTTP with the UI beside it and knows no other login. Use it without security.uiTls, with TLS at the Ingress, and without filters in Spark.
{{- end }}
{{- if and (include "spark-3-5.security.hasExtraCertificates" .) (regexMatch "(?m)name: (JAVA_TOOL_OPTIONS|SSL_CERT_FILE|REQUESTS_CA_BUNDLE)$" (toYaml (list .Values.master.extraEnv .Values.worker.extraEnv .Values.workerGroups .Values.historyServer.extraEnv))) }}
  - [certificates-and-java-options] extraEnv may not set JAVA_TOOL_OPTIONS, SSL_CERT_FILE or REQUESTS_CA_BUNDLE, which security.extraCertificates sets.
{{- end }}
{{- if and (gt (int .Values.master.replicas) 1) (include "spark-3-5.security.hasUiFilter" (dict "root" . "component" "master")) }}
  - [ui-filter-and-standbys] Which of several masters is active can be read at its UI only, and a filter asks for a login there. Use one master, or security.uiAuthentication.oauth2Proxy in place of the filter.
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
{{- if and (gt (int .Values.master.replicas) 1) (ne .Values.master.recovery.mode "ZOOKEEPER") }}
  - [several-masters] master.replicas is {{ .Values.master.replicas }}, but without an election among them several masters would each run a cluster of their own. Set master.recovery.mode to ZOOKEEPER, or master.replicas to 1.
{{- end }}
{{- if and (eq .Values.master.recovery.mode "ZOOKEEPER") (eq (empty .Values.master.recovery.zookeeper.servers) (not .Values.zookeeper.enabled)) }}
  - [zookeeper-of-masters] master.recovery.mode ZOOKEEPER needs one ZooKeeper. Name the servers of yours in master.recovery.zookeeper.servers, or set zookeeper.enabled, not both.
{{- end }}
{{- if eq .Values.master.recovery.mode "ROCKSDB" }}
  - [recovery-mode-of-line] master.recovery.mode ROCKSDB came with Spark 4.0; use FILESYSTEM.
{{- end }}
{{- if ne (toString .Values.master.rest.enabled) (toString (dig "spark.master.rest.enabled" (dig "spark.master.rest.enabled" .Values.master.rest.enabled .Values.sparkConf) .Values.master.sparkConf)) }}
  - [rest-in-spark-conf] sparkConf says otherwise than master.rest.enabled whether there is a REST submission server. Leave spark.master.rest.enabled to the chart, and give it to spark-submit where you submit.
{{- end }}
{{- if and (eq "refuse" "refuse") .Values.master.rest.enabled (include "spark-3-5.rpcAuthentication" .) }}
  - [rest-with-authentication] A master of Spark 3.5 does not start with both the REST submission server and RPC authentication. Set master.rest.enabled to false, and submit with kubectl exec in a master.
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
{{- if and .Values.httpRoute.enabled (not .Values.httpRoute.parentRefs) }}
  - [route-without-gateway] httpRoute.parentRefs is empty, so no gateway would serve the route. Name one, with its namespace.
{{- end }}
{{- if and .Values.zookeeper.enabled (ge (include "spark-3-5.jvmMebibytes" .Values.zookeeper.heap | int64) (include "spark-3-5.mebibytes" (dig "limits" "memory" "1Ei" (include "spark-3-5.zookeeper.resources" . | fromYaml)) | int64)) }}
  - [zookeeper-heap] zookeeper.heap ({{ .Values.zookeeper.heap }}) does not fit into the memory limit of ZooKeeper; its JVM needs about 200 MiB beside the heap.
{{- end }}
{{- if and (not (kindIs "invalid" .Values.zookeeper.podDisruptionBudget.minAvailable)) (not (kindIs "invalid" .Values.zookeeper.podDisruptionBudget.maxUnavailable)) }}
  - [zookeeper-disruption-budget] zookeeper.podDisruptionBudget takes minAvailable or maxUnavailable, not both.
{{- end }}
{{- if regexMatch "(?m)name: (ZOO_MY_ID|ZK_SERVER_HEAP)$" (toYaml .Values.zookeeper.extraEnv) }}
  - [zookeeper-environment] zookeeper.extraEnv may not set ZOO_MY_ID or ZK_SERVER_HEAP, which the chart sets; use zookeeper.heap.
{{- end }}
{{- if and .Values.dynamicAllocation.maxExecutors (gt (int .Values.dynamicAllocation.minExecutors) (int .Values.dynamicAllocation.maxExecutors)) }}
  - [dynamic-allocation-bounds] dynamicAllocation.minExecutors is {{ .Values.dynamicAllocation.minExecutors }}, more than maxExecutors, {{ .Values.dynamicAllocation.maxExecutors }}.
{{- end }}
{{- if and .Values.historyServer.enabled (not .Values.eventLog.enabled) }}
  - [history-server-without-logs] The history server has nothing to show. Set eventLog.enabled, and where the logs are with eventLog.directory or eventLog.volume.
{{- end }}
{{- if and .Values.historyServer.enabled (ge (include "spark-3-5.jvmMebibytes" .Values.historyServer.daemonMemory | int64) (include "spark-3-5.mebibytes" (dig "limits" "memory" "1Ei" (include "spark-3-5.historyServer.resources" . | fromYaml)) | int64)) }}
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
{{- if and (not (kindIs "invalid" .Values.thriftServer.podDisruptionBudget.minAvailable)) (not (kindIs "invalid" .Values.thriftServer.podDisruptionBudget.maxUnavailable)) }}
  - [thrift-server-disruption-budget] thriftServer.podDisruptionBudget takes minAvailable or maxUnavailable, not both.
{{- end }}
{{- if and .Values.thriftServer.enabled (lt (include "spark-3-5.driver.memory" (dict "values" .Values.thriftServer "resources" (include "spark-3-5.thriftServer.resources" .)) | int64) 450) }}
  - [thrift-server-memory] thriftServer.memory ({{ .Values.thriftServer.memory }}) is less than the 450 MiB that Spark wants of a driver's heap.
{{- end }}
{{- if and (not (kindIs "invalid" .Values.client.podDisruptionBudget.minAvailable)) (not (kindIs "invalid" .Values.client.podDisruptionBudget.maxUnavailable)) }}
  - [client-disruption-budget] client.podDisruptionBudget takes minAvailable or maxUnavailable, not both.
{{- end }}
{{- if and (not .Values.metrics.enabled) (or .Values.metrics.scrapeAnnotations .Values.metrics.podMonitor.enabled .Values.metrics.prometheusRule.enabled .Values.metrics.dashboards.enabled) }}
  - [metrics-disabled] There is nothing to scrape, alert on or show while metrics.enabled is false. Set it to true.
{{- end }}
{{- if gt (include "spark-3-5.metrics.seconds" .Values.metrics.podMonitor.scrapeTimeout | int64) (include "spark-3-5.metrics.seconds" .Values.metrics.podMonitor.interval | int64) }}
  - [metrics-scrape-timeout] metrics.podMonitor.scrapeTimeout ({{ .Values.metrics.podMonitor.scrapeTimeout }}) is longer than metrics.podMonitor.interval ({{ .Values.metrics.podMonitor.interval }}), which Prometheus does not take.
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
{{- if and .Values.security.uiAuthentication.oauth2Proxy.enabled (or (not .Values.networkPolicy.enabled) (not .Values.ui.reverseProxy.enabled)) }}
  - [oauth2-proxy-without-policy] Without networkPolicy.enabled pods reach the UI past oauth2-proxy, and without ui.reverseProxy.enabled nobody reaches the UIs of workers and applications through it. Set both.
{{- end }}
{{- if and .Values.security.uiTls.enabled (not .Values.ui.reverseProxy.enabled) }}
  - [ui-tls-without-reverse-proxy] security.uiTls covers the master's UI; without ui.reverseProxy.enabled those of workers and applications are reached apart, over plain HTTP.
{{- end }}
{{- if and .Values.security.diskEncryption.enabled (not .Values.security.networkEncryption.enabled) }}
  - [disk-encryption-over-plain-network] security.diskEncryption sends its keys to executors over a network that is not encrypted. Set security.networkEncryption.enabled too.
{{- end }}
{{- if and .Values.security.acls.enabled (not (hasKey (.Values.sparkConf | default dict) "spark.ui.filters")) }}
  - [acls-without-filter] security.acls has no effect until a filter says who the user is. Set spark.ui.filters in sparkConf; tokens of security.uiAuthentication.jws and the logins of oauth2-proxy do not name a user to Spark.
{{- end }}
{{- if .Values.security.imageCredentials }}
  - [credentials-in-values] security.imageCredentials puts passwords into values, which Helm keeps with the release. Create a pull secret and name it in global.imagePullSecrets.
{{- end }}
{{- if and (include "spark-3-5.eventLog.onVolume" .) (not .Values.eventLog.volume.existingClaim) (not (has "ReadWriteMany" .Values.eventLog.volume.accessModes)) }}
  - [event-log-one-node] The volume of event logs can be mounted on one node only, so drivers and the history server on other nodes will wait for ever. Give eventLog.volume.accessModes ReadWriteMany, or eventLog.directory an object store.
{{- end }}
{{- if hasPrefix "http://" .Values.objectStore.s3.endpoint }}
  - [s3-without-tls] objectStore.s3.endpoint {{ .Values.objectStore.s3.endpoint }} is not encrypted; whoever sees the traffic sees the data.
{{- end }}
{{- if and (include "spark-3-5.objectStore.needsJars" .) (not .Values.extraJars.image.repository) (eq .Values.image.repository "apache/spark") }}
  - [store-without-jars] Spark's own image has no jars for object stores. Set extraJars.image, or an image that has them.
{{- end }}
{{- if and .Values.hadoop.krb5ConfigMap (not .Values.hadoop.existingConfigMap) }}
  - [kerberos-without-hadoop] hadoop.krb5ConfigMap has no effect until core-site.xml asks for Kerberos. Set hadoop.existingConfigMap.
{{- end }}
{{- if .Values.master.rest.enabled }}
  - [rest-without-password] The REST submission server asks nobody for a password{{ if include "spark-3-5.rpcAuthentication" . }}, not even with RPC authentication{{ end }}; whoever reaches port 6066 runs code on the workers.
{{- end }}
{{- if and (include "spark-3-5.master.hasStandbys" .) .Values.networkPolicy.enabled (or .Values.networkPolicy.egress .Values.networkPolicy.denyEgress) }}
  - [several-masters-egress] networkPolicy.egress must admit the API server of Kubernetes, to which the active master makes itself known{{ if .Values.master.recovery.zookeeper.servers }}, and the servers of ZooKeeper{{ end }}.
{{- end }}
{{- if and (include "spark-3-5.master.hasStandbys" .) .Values.serviceAccount.automountServiceAccountToken }}
  - [several-masters-token] With serviceAccount.automountServiceAccountToken, code on the workers may change the pods of the masters, as the active master must.
{{- end }}
{{- if eq .Values.master.recovery.mode "NONE" }}
  - [master-without-recovery] A restarted master forgets running applications. Set master.recovery.mode to keep them.
{{- end }}
{{- if and (not .Values.master.resources) (ne .Values.master.resourcesPreset "none") }}
  - [master-preset] The master runs with the preset {{ .Values.master.resourcesPreset }}, meant for trying out. Set master.resources for production.
{{- end }}
{{- if ne .Values.master.service.type "ClusterIP" }}
  - [rpc-exposed] master.service.type {{ .Values.master.service.type }} offers port 7077{{ if .Values.master.rest.enabled }} and 6066{{ end }} outside the cluster, and whoever reaches it can run code on the workers. Use ingress for the UI, or limit who may connect{{ if .Values.networkPolicy.enabled }}; networkPolicy.clients must admit them too{{ end }}.
{{- end }}
{{- if and .Values.ingress.enabled (ne .Values.ingress.path "/") (not .Values.ui.reverseProxy.url) }}
  - [reverse-proxy-path] The Ingress serves the UI under {{ .Values.ingress.path }}, but ui.reverseProxy.url is empty, so links in the UI will not work. Set it, and have the ingress controller strip the path.
{{- end }}
{{- if and .Values.httpRoute.enabled (ne .Values.httpRoute.path "/") (not .Values.ui.reverseProxy.url) }}
  - [route-path] The HTTPRoute serves the UI under {{ .Values.httpRoute.path }}, but ui.reverseProxy.url is empty, so links in the UI will not work. Set it to the whole address.
{{- end }}
{{- if include "spark-3-5.holdsSecret" .Values.master.sparkConf }}
  - [secret-in-master-spark-conf] master.sparkConf holds what looks like a password or key. ConfigMaps are not secret; use secretConf.
{{- end }}
{{- if .Values.master.hostNetwork }}
  - [master-host-network] master.hostNetwork opens port 7077 on the node of the master, where no NetworkPolicy guards it and whoever reaches it can run code; the pod security standards baseline and restricted refuse it.
{{- end }}
{{- if and .Values.zookeeper.enabled (ne .Values.master.recovery.mode "ZOOKEEPER") }}
  - [zookeeper-unused] A ZooKeeper runs, but no master uses it. Set master.recovery.mode to ZOOKEEPER, or zookeeper.enabled to false.
{{- end }}
{{- if and .Values.zookeeper.enabled (eq (int .Values.zookeeper.replicas) 1) (gt (int .Values.master.replicas) 1) }}
  - [zookeeper-alone] Several masters depend on one ZooKeeper server; while it is away there is no active master. Run three (zookeeper.replicas).
{{- end }}
{{- if and (eq (int .Values.worker.replicas) 0) (not .Values.workerGroups) (not .Values.worker.autoscaling.enabled) }}
  - [no-workers] worker.replicas is 0; applications will wait until there are workers.
{{- end }}
{{- if and .Values.worker.autoscaling.enabled (not .Values.dynamicAllocation.enabled) }}
  - [worker-autoscaling-alone] Workers are scaled automatically, but dynamicAllocation.enabled is false, so an application takes every worker that is added and gives none back before it ends. Set it, or spark.cores.max in sparkConf.
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
{{- if include "spark-3-5.holdsSecret" .Values.historyServer.sparkConf }}
  - [secret-in-history-server-spark-conf] historyServer.sparkConf holds what looks like a password or key. ConfigMaps are not secret; use secretConf.
{{- end }}
{{- if and .Values.thriftServer.enabled (not .Values.thriftServer.warehouse) }}
  - [thrift-server-without-warehouse] Tables that the Thrift server makes are on the disks of workers, each worker with its part, and are lost with them. Set thriftServer.warehouse to a place that all reach.
{{- end }}
{{- if and .Values.thriftServer.enabled (ne .Values.thriftServer.service.type "ClusterIP") }}
  - [thrift-server-exposed] thriftServer.service.type {{ .Values.thriftServer.service.type }} offers the Thrift server outside the cluster, and it asks nobody for a password.
{{- end }}
{{- if include "spark-3-5.holdsSecret" .Values.thriftServer.sparkConf }}
  - [secret-in-thrift-server-spark-conf] thriftServer.sparkConf holds what looks like a password or key. ConfigMaps are not secret; use secretConf.
{{- end }}
{{- if include "spark-3-5.holdsSecret" .Values.client.sparkConf }}
  - [secret-in-client-spark-conf] client.sparkConf holds what looks like a password or key. ConfigMaps are not secret; use secretConf.
{{- end }}
{{- if and .Values.metrics.scrapeAnnotations .Values.metrics.podMonitor.enabled }}
  - [metrics-scraped-twice] The pods are offered to Prometheus by annotations and by PodMonitors. One that heeds both has every series twice; leave metrics.scrapeAnnotations or metrics.podMonitor.enabled off.
{{- end }}
{{- if and .Values.metrics.prometheusRule.enabled (not .Values.metrics.podMonitor.enabled) }}
  - [metrics-without-monitor] The alerts look for series with the labels namespace and pod, which metrics.podMonitor gives them. Without it Prometheus must set these labels itself.
{{- end }}
{{- if and (or .Values.metrics.podMonitor.enabled .Values.metrics.scrapeAnnotations) (or .Values.security.uiTls.enabled .Values.security.uiAuthentication.oauth2Proxy.enabled ) }}
  - [metrics-behind-login] Prometheus is told to read the web UIs over plain HTTP without a login, and security.uiTls or security.uiAuthentication refuse that. Scrape them by a monitor of your own.
{{- end }}
{{- if regexMatch "(?im)(passw(or)?d|secret|token|api_?key)[a-z_.]*: [^$]" (toYaml .Values.logShipping.outputs) }}
  - [secret-in-log-outputs] logShipping.outputs holds what looks like a password or key, and ConfigMaps are not secret. Write ${NAME} and give NAME by logShipping.envFrom.
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
