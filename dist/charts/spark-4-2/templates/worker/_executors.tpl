{{/* Properties of drivers: how their executors come and leave. */}}
{{- define "spark-4-2.executorProperties" -}}
{{- if .Values.worker.decommission.enabled }}
spark.decommission.enabled: true
spark.storage.decommission.enabled: true
spark.storage.decommission.rddBlocks.enabled: true
spark.storage.decommission.shuffleBlocks.enabled: true
# An executor leaves after a round that found nothing left to hand over; Spark's 30 s between rounds would keep it a minute.
spark.storage.decommission.replicationReattemptInterval: 2s
spark.executor.decommission.forceKillTimeout: {{ .Values.worker.decommission.timeoutSeconds }}s
# A task that was reading from an executor when it left is no reason to give a stage up.
spark.stage.ignoreDecommissionFetchFailure: true
spark.scheduler.maxRetainedRemovedDecommissionExecutors: 100
{{- with .Values.worker.decommission.fallbackStorage }}
spark.storage.decommission.fallbackStorage.path: {{ quote . }}
spark.storage.decommission.fallbackStorage.cleanUp: true
{{- end }}
{{- end }}
{{- if .Values.shuffleService.enabled }}
spark.shuffle.service.enabled: true
{{- end }}
{{- if .Values.dynamicAllocation.enabled }}
spark.dynamicAllocation.enabled: true
spark.dynamicAllocation.shuffleTracking.enabled: {{ not .Values.shuffleService.enabled }}
spark.dynamicAllocation.minExecutors: {{ .Values.dynamicAllocation.minExecutors }}
{{- with .Values.dynamicAllocation.maxExecutors }}
spark.dynamicAllocation.maxExecutors: {{ . }}
{{- end }}
spark.dynamicAllocation.executorIdleTimeout: {{ .Values.dynamicAllocation.executorIdleTimeout }}
# Without it an executor takes all cores of a worker, and Spark counts wrongly how many it needs.
spark.executor.cores: {{ .Values.dynamicAllocation.executorCores }}
{{- end }}
{{- end }}
