{{/* Resources of the master's container. */}}
{{- define "spark-4-0.master.resources" -}}
{{- include "spark-4-0.resources" (dict "resources" .Values.master.resources "preset" .Values.master.resourcesPreset) -}}
{{- end }}

{{/* Address of the master for workers and clients; of several masters the addresses of all. */}}
{{- define "spark-4-0.masterUrl" -}}
{{- $master := printf "%s-master" (include "spark-4-0.fullname" .) -}}
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
{{- define "spark-4-0.master.hasRecoveryVolume" -}}
{{- has .Values.master.recovery.mode (list "FILESYSTEM" "ROCKSDB") | ternary true "" -}}
{{- end }}

{{/* What is mounted at /opt/spark/conf of a master. */}}
{{- define "spark-4-0.master.configuration" -}}
{{- $own := dict }}
{{- /* Submissions over REST need no password, so only kubectl port-forward reaches them. */}}
{{- $_ := set $own "spark.master.rest.enabled" (ne (get .Values.sparkConf "spark.authenticate" | toString) "true") }}
{{- $_ := set $own "spark.master.rest.host" "127.0.0.1" }}
{{- if .Values.historyServer.enabled }}
{{- with .Values.historyServer.url }}
{{- $_ := set $own "spark.master.ui.historyServerUrl" (trimSuffix "/" .) }}
{{- end }}
{{- end }}
{{- $_ := set $own "spark.deploy.recoveryMode" .Values.master.recovery.mode }}
{{- if include "spark-4-0.master.hasRecoveryVolume" . }}
{{- /* One folder a version: what one Spark stored another may not be able to read. */}}
{{- $_ := set $own "spark.deploy.recoveryDirectory" (printf "/var/lib/spark/recovery/%s" .Chart.AppVersion) }}
{{- end }}
{{- include "spark-4-0.configuration" (dict "root" . "layers" (list (include "spark-4-0.sharedProperties" . | fromYaml) $own .Values.sparkConf .Values.master.sparkConf)) -}}
{{- end }}
