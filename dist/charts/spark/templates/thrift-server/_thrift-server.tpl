{{/* Resources of the Thrift server. */}}
{{- define "spark.thriftServer.resources" -}}
{{- include "spark.resources" (dict "resources" .Values.thriftServer.resources "preset" .Values.thriftServer.resourcesPreset) -}}
{{- end }}

{{/* What is mounted at /opt/spark/conf of the Thrift server. */}}
{{- define "spark.thrift-server.configuration" -}}
{{- $own := include "spark.driver.properties" (dict "root" . "values" .Values.thriftServer "resources" (include "spark.thriftServer.resources" .)) | fromYaml }}
{{- with .Values.thriftServer.warehouse }}
{{- $_ := set $own "spark.sql.warehouse.dir" . }}
{{- end }}
{{- include "spark.configuration" (dict "root" . "layers" (list (include "spark.driverProperties" . | fromYaml) $own .Values.sparkConf .Values.thriftServer.sparkConf)) -}}
{{- end }}
