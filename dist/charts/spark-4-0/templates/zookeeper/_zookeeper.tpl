{{/* Resources of a ZooKeeper server's container. */}}
{{- define "spark-4-0.zookeeper.resources" -}}
{{- include "spark-4-0.resources" (dict "resources" .Values.zookeeper.resources "preset" .Values.zookeeper.resourcesPreset) -}}
{{- end }}

{{/* Addresses of the servers for Spark, with commas between them. */}}
{{- define "spark-4-0.zookeeper.servers" -}}
{{- $name := include "spark-4-0.objectName" (list . "zookeeper") -}}
{{- $servers := list -}}
{{- range untilStep 1 (add1 .Values.zookeeper.replicas | int) 1 -}}
{{- $servers = append $servers (printf "%s-%d.%s-headless.%s.svc:2181" $name . $name $.Release.Namespace) -}}
{{- end -}}
{{- join "," $servers -}}
{{- end }}

{{/* What is mounted at /conf/zoo.cfg. */}}
{{- define "spark-4-0.zookeeper.configuration" -}}
{{- $name := include "spark-4-0.objectName" (list . "zookeeper") -}}
zoo.cfg: |
  dataDir=/data
  tickTime=2000
  initLimit=10
  syncLimit=5
  maxSessionTimeout={{ mul 1000 .Values.zookeeper.sessionTimeoutSeconds }}
  autopurge.snapRetainCount=3
  autopurge.purgeInterval=1
  admin.enableServer=false
  {{- range untilStep 1 (add1 .Values.zookeeper.replicas | int) 1 }}
  server.{{ . }}={{ $name }}-{{ . }}.{{ $name }}-headless.{{ $.Release.Namespace }}.svc:2888:3888;2181
  {{- end }}
{{- end }}
