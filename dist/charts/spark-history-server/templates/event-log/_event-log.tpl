{{/* Where event logs are, as a URL. */}}
{{- define "spark-history-server.eventLog.directory" -}}
{{- .Values.eventLog.directory | default "file:/var/lib/spark/event-logs" -}}
{{- end }}

{{/* True when event logs are on a volume of the release. */}}
{{- define "spark-history-server.eventLog.onVolume" -}}
{{- and .Values.eventLog.enabled (not .Values.eventLog.directory) | ternary true "" -}}
{{- end }}

{{/* Claim of the volume that event logs are on. */}}
{{- define "spark-history-server.eventLog.claim" -}}
{{- .Values.eventLog.volume.existingClaim | default (include "spark-history-server.objectName" (list . "event-logs")) -}}
{{- end }}

{{/* Properties of applications that write event logs. */}}
{{- define "spark-history-server.eventLog.properties" -}}
{{- if .Values.eventLog.enabled }}
spark.eventLog.enabled: true
spark.eventLog.dir: {{ include "spark-history-server.eventLog.directory" . | quote }}
{{- end }}
{{- end }}

{{- define "spark-history-server.eventLog.volumes" }}
{{- if include "spark-history-server.eventLog.onVolume" . }}
- name: event-logs
  persistentVolumeClaim:
    claimName: {{ include "spark-history-server.eventLog.claim" . }}
{{- end }}
{{- end }}

{{- define "spark-history-server.eventLog.volumeMounts" }}
{{- if include "spark-history-server.eventLog.onVolume" . }}
- name: event-logs
  mountPath: /var/lib/spark/event-logs
{{- end }}
{{- end }}
