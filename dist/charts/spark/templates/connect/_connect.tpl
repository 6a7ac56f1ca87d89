{{/* Resources of the Connect server. */}}
{{- define "spark.connect.resources" -}}
{{- include "spark.resources" (dict "resources" .Values.connect.resources "preset" .Values.connect.resourcesPreset) -}}
{{- end }}

{{/* What is mounted at /opt/spark/conf of the Connect server. */}}
{{- define "spark.connect.configuration" -}}
{{- $own := include "spark.driver.properties" (dict "root" . "values" .Values.connect "resources" (include "spark.connect.resources" .)) | fromYaml }}
{{- include "spark.configuration" (dict "root" . "layers" (list (include "spark.driverProperties" . | fromYaml) $own .Values.sparkConf .Values.connect.sparkConf)) -}}
{{- end }}
