{{/* Resources of the Thrift server. */}}
{{- define "spark-3-5.thriftServer.resources" -}}
{{- include "spark-3-5.resources" (dict "resources" .Values.thriftServer.resources "preset" .Values.thriftServer.resourcesPreset) -}}
{{- end }}

{{/* What is mounted at /opt/spark/conf of the Thrift server. */}}
{{- define "spark-3-5.thrift-server.configuration" -}}
{{- $own := include "spark-3-5.driver.properties" (dict "root" . "values" .Values.thriftServer "resources" (include "spark-3-5.thriftServer.resources" .)) | fromYaml }}
{{- with .Values.thriftServer.warehouse }}
{{- $_ := set $own "spark.sql.warehouse.dir" . }}
{{- end }}
{{- include "spark-3-5.configuration" (dict "root" . "layers" (list (include "spark-3-5.driverProperties" . | fromYaml) $own .Values.sparkConf .Values.thriftServer.sparkConf)) -}}
{{- end }}
