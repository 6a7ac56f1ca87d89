{{/* Resources of the Connect server. */}}
{{- define "spark-4-1.connect.resources" -}}
{{- include "spark-4-1.resources" (dict "resources" .Values.connect.resources "preset" .Values.connect.resourcesPreset) -}}
{{- end }}

{{/* What is mounted at /opt/spark/conf of the Connect server. */}}
{{- define "spark-4-1.connect.configuration" -}}
{{- $own := include "spark-4-1.driver.properties" (dict "root" . "values" .Values.connect "resources" (include "spark-4-1.connect.resources" .)) | fromYaml }}
{{- include "spark-4-1.configuration" (dict "root" . "layers" (list (include "spark-4-1.driverProperties" . | fromYaml) $own .Values.sparkConf .Values.connect.sparkConf)) -}}
{{- end }}
