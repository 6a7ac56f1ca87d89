{{/* Resources of the master's container. */}}
{{- define "spark-4-1.master.resources" -}}
{{- include "spark-4-1.resources" (dict "resources" .Values.master.resources "preset" .Values.master.resourcesPreset) -}}
{{- end }}

{{/* Address of the master for workers and clients; of several masters the addresses of all. */}}
{{- define "spark-4-1.masterUrl" -}}
{{- $master := printf "%s-master" (include "spark-4-1.fullname" .) -}}
{{- if include "spark-4-1.master.hasStandbys" . -}}
{{- $hosts := list -}}
{{- range until (int .Values.master.replicas) -}}
{{- $hosts = append $hosts (printf "%s-%d.%s-headless.%s.svc:7077" $master . $master $.Release.Namespace) -}}
{{- end -}}
spark://{{ join "," $hosts }}
{{- else -}}
spark://{{ $master }}:{{ .Values.master.service.ports.rpc }}
{{- end -}}
{{- end }}

{{/* Addresses of the REST servers; drivers take them for those of the masters, with Spark's own ports. */}}
{{- define "spark-4-1.master.restAddresses" -}}
{{- if include "spark-4-1.master.hasStandbys" . -}}
{{- include "spark-4-1.masterUrl" . | trimPrefix "spark://" | replace ":7077" ":6066" -}}
{{- else -}}
{{- include "spark-4-1.fullname" . }}-master-headless:6066
{{- end -}}
{{- end }}

{{/* True when there are masters that stand by. */}}
{{- define "spark-4-1.master.hasStandbys" -}}
{{- gt (int .Values.master.replicas) 1 | ternary true "" -}}
{{- end }}

{{/* True when the master keeps its state on a volume. */}}
{{- define "spark-4-1.master.hasRecoveryVolume" -}}
{{- has .Values.master.recovery.mode (list "FILESYSTEM" "ROCKSDB") | ternary true "" -}}
{{- end }}

{{/* What is mounted at /opt/spark/conf of a master. */}}
{{- define "spark-4-1.master.configuration" -}}
{{- $own := dict }}
{{- $_ := set $own "spark.master.rest.enabled" .Values.master.rest.enabled }}
{{- if .Values.master.rest.enabled }}
{{- /* On all addresses, for forwarded ports arrive at the loopback interface. */}}
{{- $_ := set $own "spark.master.rest.host" "0.0.0.0" }}
{{- end }}
{{- if .Values.historyServer.enabled }}
{{- with .Values.historyServer.url }}
{{- $_ := set $own "spark.master.ui.historyServerUrl" (trimSuffix "/" .) }}
{{- end }}
{{- end }}
{{- with .Values.master.defaultCores }}
{{- $_ := set $own "spark.deploy.defaultCores" . }}
{{- end }}
{{- $_ := set $own "spark.deploy.recoveryMode" .Values.master.recovery.mode }}
{{- if eq .Values.master.recovery.mode "ZOOKEEPER" }}
{{- $_ := set $own "spark.deploy.zookeeper.url" (join "," .Values.master.recovery.zookeeper.servers | default (include "spark-4-1.zookeeper.servers" .)) }}
{{- /* The same for every Spark line: while an upgrade goes on, all masters must agree on one leader. */}}
{{- $_ := set $own "spark.deploy.zookeeper.dir" (.Values.master.recovery.zookeeper.path | default (printf "/spark/%s/%s" .Release.Namespace (include "spark-4-1.fullname" .))) }}
{{- end }}
{{- if include "spark-4-1.master.hasRecoveryVolume" . }}
{{- /* One folder a version: what one Spark stored another may not be able to read. */}}
{{- $_ := set $own "spark.deploy.recoveryDirectory" (printf "/var/lib/spark/recovery/%s" .Chart.AppVersion) }}
{{- end }}
{{- include "spark-4-1.configuration" (dict "root" . "layers" (list (include "spark-4-1.sharedProperties" . | fromYaml) $own .Values.sparkConf .Values.master.sparkConf)) -}}
{{- end }}

{{/* Configuration of drivers. */}}
{{- define "spark-4-1.client.configuration" -}}
{{- $own := dict
  "spark.master" (include "spark-4-1.masterUrl" .)
  "spark.jars.ivy" "/tmp/.ivy2"
}}
{{- include "spark-4-1.configuration" (dict "root" . "layers" (list (include "spark-4-1.driverProperties" . | fromYaml) $own .Values.sparkConf .Values.client.sparkConf)) -}}
{{- end }}
