{{/* Resources of the Thrift server. */}}
{{- define "spark-4-0.thriftServer.resources" -}}
{{- include "spark-4-0.resources" (dict "resources" .Values.thriftServer.resources "preset" .Values.thriftServer.resourcesPreset) -}}
{{- end }}

{{/* What is mounted at /opt/spark/conf of the Thrift server. */}}
{{- define "spark-4-0.thrift-server.configuration" -}}
{{- $own := include "spark-4-0.driver.properties" (dict "root" . "values" .Values.thriftServer "resources" (include "spark-4-0.thriftServer.resources" .)) | fromYaml }}
{{- with .Values.thriftServer.warehouse }}
{{- $_ := set $own "spark.sql.warehouse.dir" . }}
{{- end }}
{{- include "spark-4-0.configuration" (dict "root" . "layers" (list (include "spark-4-0.driverProperties" . | fromYaml) $own .Values.sparkConf .Values.thriftServer.sparkConf)) -}}
{{- end }}
