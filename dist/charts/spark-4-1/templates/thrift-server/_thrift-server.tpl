{{/* Resources of the Thrift server. */}}
{{- define "spark-4-1.thriftServer.resources" -}}
{{- include "spark-4-1.resources" (dict "resources" .Values.thriftServer.resources "preset" .Values.thriftServer.resourcesPreset) -}}
{{- end }}

{{/* What is mounted at /opt/spark/conf of the Thrift server. */}}
{{- define "spark-4-1.thrift-server.configuration" -}}
{{- $own := include "spark-4-1.driver.properties" (dict "root" . "values" .Values.thriftServer "resources" (include "spark-4-1.thriftServer.resources" .)) | fromYaml }}
{{- with .Values.thriftServer.warehouse }}
{{- $_ := set $own "spark.sql.warehouse.dir" . }}
{{- end }}
{{- include "spark-4-1.configuration" (dict "root" . "layers" (list (include "spark-4-1.driverProperties" . | fromYaml) $own .Values.sparkConf .Values.thriftServer.sparkConf)) -}}
{{- end }}
