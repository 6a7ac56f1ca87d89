{{/* Resources of the master's container. */}}
{{- define "spark-3-5.master.resources" -}}
{{- include "spark-3-5.resources" (dict "resources" .Values.master.resources "preset" .Values.master.resourcesPreset) -}}
{{- end }}

{{/* Address of the master for workers and clients; of several masters the addresses of all. */}}
{{- define "spark-3-5.masterUrl" -}}
{{- $master := printf "%s-master" (include "spark-3-5.fullname" .) -}}
{{- if gt (int .Values.master.replicas) 1 -}}
{{- $hosts := list -}}
{{- range until (int .Values.master.replicas) -}}
{{- $hosts = append $hosts (printf "%s-%d.%s-headless.%s.svc:7077" $master . $master $.Release.Namespace) -}}
{{- end -}}
spark://{{ join "," $hosts }}
{{- else -}}
spark://{{ $master }}:{{ .Values.master.service.ports.rpc }}
{{- end -}}
{{- end }}

{{/* True when the master keeps its state on a volume. */}}
{{- define "spark-3-5.master.hasRecoveryVolume" -}}
{{- has .Values.master.recovery.mode (list "FILESYSTEM" "ROCKSDB") | ternary true "" -}}
{{- end }}

{{/* What is mounted at /opt/spark/conf of a master. */}}
{{- define "spark-3-5.master.configuration" -}}
{{- $own := dict }}
{{- $_ := set $own "spark.deploy.recoveryMode" .Values.master.recovery.mode }}
{{- if include "spark-3-5.master.hasRecoveryVolume" . }}
{{- /* One folder a version: what one Spark stored another may not be able to read. */}}
{{- $_ := set $own "spark.deploy.recoveryDirectory" (printf "/var/lib/spark/recovery/%s" .Chart.AppVersion) }}
{{- end }}
{{- include "spark-3-5.configuration" (dict "root" . "layers" (list (include "spark-3-5.sharedProperties" . | fromYaml) $own .Values.sparkConf .Values.master.sparkConf)) -}}
{{- end }}
