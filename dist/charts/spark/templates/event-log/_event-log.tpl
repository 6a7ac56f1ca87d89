{{/* Where event logs are, as a URL. */}}
{{- define "spark.eventLog.directory" -}}
{{- .Values.eventLog.directory | default "file:/var/lib/spark/event-logs" -}}
{{- end }}

{{/* True when event logs are on a volume of the release. */}}
{{- define "spark.eventLog.onVolume" -}}
{{- and .Values.eventLog.enabled (not .Values.eventLog.directory) | ternary true "" -}}
{{- end }}

{{/* Claim of the volume that event logs are on. */}}
{{- define "spark.eventLog.claim" -}}
{{- .Values.eventLog.volume.existingClaim | default (include "spark.objectName" (list . "event-logs")) -}}
{{- end }}

{{/* Properties of applications that write event logs. */}}
{{- define "spark.eventLog.properties" -}}
{{- if .Values.eventLog.enabled }}
spark.eventLog.enabled: true
spark.eventLog.dir: {{ include "spark.eventLog.directory" . | quote }}
{{- end }}
{{- end }}

{{- define "spark.eventLog.volumes" }}
{{- if include "spark.eventLog.onVolume" . }}
- name: event-logs
  persistentVolumeClaim:
    claimName: {{ include "spark.eventLog.claim" . }}
{{- end }}
{{- end }}

{{- define "spark.eventLog.volumeMounts" }}
{{- if include "spark.eventLog.onVolume" . }}
- name: event-logs
  mountPath: /var/lib/spark/event-logs
{{- end }}
{{- end }}
