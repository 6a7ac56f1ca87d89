{{/* A map of Spark properties in the format of Java's Properties.load, sorted. */}}
{{- define "spark-4-2.properties" -}}
{{- range $key, $value := . }}
{{- if not (kindIs "invalid" $value) }}
{{ $key | replace "\\" "\\\\" | replace ":" "\\:" | replace "=" "\\=" }}={{ include "spark-4-2.scalar" $value | replace "\\" "\\\\" | replace "\n" "\\n" | replace "\r" "\\r" }}
{{- end }}
{{- end }}
{{- end }}

{{/* A value as text; whole numbers never in scientific notation. */}}
{{- define "spark-4-2.scalar" -}}
{{- if and (kindIs "float64" .) (eq (floor .) .) -}}
{{- printf "%.0f" . -}}
{{- else -}}
{{- toString . -}}
{{- end -}}
{{- end }}

{{/* Data of a ConfigMap mounted at /opt/spark/conf: {root, layers}, later layers on top. */}}
{{- define "spark-4-2.configuration" -}}
spark-defaults.conf: |
  {{- include "spark-4-2.properties" (include "spark-4-2.layers" .layers | fromYaml) | trim | nindent 2 }}
{{- with include "spark-4-2.log4j2" .root }}
log4j2.properties: |
  {{- . | trim | nindent 2 }}
{{- end }}
{{- end }}

{{/* Properties of every Spark process, clients included, as a map. */}}
{{- define "spark-4-2.sharedProperties" -}}
{{- $own := dict -}}
{{- $_ := set $own "spark.ui.reverseProxy" .Values.ui.reverseProxy.enabled -}}
{{- with .Values.ui.reverseProxy.url -}}
{{- $_ := set $own "spark.ui.reverseProxyUrl" . -}}
{{- end -}}
{{- include "spark-4-2.layers" (list
  $own
  (include "spark-4-2.security.properties" . | fromYaml)
  (include "spark-4-2.metrics.properties" . | fromYaml)
  (include "spark-4-2.eventLog.properties" . | fromYaml)
  (include "spark-4-2.objectStore.properties" . | fromYaml)
) -}}
{{- end }}

{{/* True when the cluster wants a secret of who talks to it (spark.authenticate). */}}
{{- define "spark-4-2.rpcAuthentication" -}}
{{- $set := toString (get (.Values.sparkConf | default dict) "spark.authenticate") -}}
{{- or (eq $set "true") (hasKey (include "spark-4-2.secretProperties" . | fromYaml) "spark.authenticate.secret") | ternary true "" -}}
{{- end }}

{{/* Properties of every driver, as a map: those of every process, and how its executors come and leave. */}}
{{- define "spark-4-2.driverProperties" -}}
{{- $own := include "spark-4-2.sharedProperties" . | fromYaml -}}
{{- $own = merge $own (include "spark-4-2.executorProperties" . | fromYaml) -}}
{{- toYaml $own -}}
{{- end }}

{{/* True when a map of Spark properties has a key that looks like a password. */}}
{{- define "spark-4-2.holdsSecret" -}}
{{- regexMatch "(?i)(password|secret|token|access\\.key)" (keys (. | default dict) | join " ") | ternary true "" -}}
{{- end }}
