{{/* Resources of the Connect server. */}}
{{- define "spark-4-0.connect.resources" -}}
{{- include "spark-4-0.resources" (dict "resources" .Values.connect.resources "preset" .Values.connect.resourcesPreset) -}}
{{- end }}

{{/* What is mounted at /opt/spark/conf of the Connect server. */}}
{{- define "spark-4-0.connect.configuration" -}}
{{- $own := include "spark-4-0.driver.properties" (dict "root" . "values" .Values.connect "resources" (include "spark-4-0.connect.resources" .)) | fromYaml }}
{{- include "spark-4-0.configuration" (dict "root" . "layers" (list (include "spark-4-0.driverProperties" . | fromYaml) $own .Values.sparkConf .Values.connect.sparkConf)) -}}
{{- end }}
