{{/* Resources of the history server's container. */}}
{{- define "spark-history-server-4-1.historyServer.resources" -}}
{{- include "spark-history-server-4-1.resources" (dict "resources" .Values.historyServer.resources "preset" .Values.historyServer.resourcesPreset) -}}
{{- end }}

{{/* Claim of the store on disk, nothing for an emptyDir. */}}
{{- define "spark-history-server-4-1.historyServer.storeClaim" -}}
{{- with .Values.historyServer.store -}}
{{- if and .enabled (or .persistent .volume.existingClaim) -}}
{{- .volume.existingClaim | default (include "spark-history-server-4-1.objectName" (list $ "history-store")) -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* What is mounted at /opt/spark/conf of the history server. */}}
{{- define "spark-history-server-4-1.history-server.configuration" -}}
{{- $own := include "spark-history-server-4-1.historyServer.properties" . | fromYaml }}
{{- include "spark-history-server-4-1.configuration" (dict "root" . "layers" (list (include "spark-history-server-4-1.sharedProperties" . | fromYaml) $own .Values.sparkConf .Values.historyServer.sparkConf)) -}}
{{- end }}

{{/* Properties of the history server alone. */}}
{{- define "spark-history-server-4-1.historyServer.properties" -}}
spark.history.fs.logDirectory: {{ include "spark-history-server-4-1.eventLog.directory" . | quote }}
{{- with .Values.historyServer }}
spark.history.fs.update.interval: {{ .updateInterval }}
spark.history.retainedApplications: {{ .retainedApplications }}
spark.history.fs.cleaner.enabled: {{ .cleaner.enabled }}
{{- if .cleaner.enabled }}
spark.history.fs.cleaner.interval: {{ .cleaner.interval }}
spark.history.fs.cleaner.maxAge: {{ .cleaner.maxAge }}
{{- with .cleaner.maxNum }}
spark.history.fs.cleaner.maxNum: {{ . }}
{{- end }}
{{- end }}
{{- if .store.enabled }}
spark.history.store.path: /var/lib/spark/history
{{- /* Spark counts what it stored, not the files of RocksDB, so it gets less than the volume. */}}
spark.history.store.maxDiskUsage: {{ div (mul 8 (include "spark-history-server-4-1.mebibytes" .store.volume.size | int64)) 10 }}m
spark.history.store.hybridStore.enabled: true
{{- /* Part of the heap; Spark's own 2g would be more than all of it. */}}
spark.history.store.hybridStore.maxMemoryUsage: {{ div (include "spark-history-server-4-1.jvmMebibytes" .daemonMemory | int64) 2 }}m
{{- end }}
{{- with .url | urlParse }}
{{- if .host }}
spark.ui.proxyRedirectUri: {{ printf "%s://%s" .scheme .host }}
{{- with trimSuffix "/" .path }}
spark.ui.proxyBase: {{ quote . }}
{{- end }}
{{- end }}
{{- end }}
{{- with .kerberos.principal }}
spark.history.kerberos.enabled: true
spark.history.kerberos.principal: {{ quote . }}
spark.history.kerberos.keytab: /etc/spark/kerberos/keytab
{{- end }}
{{- end }}
{{- end }}
