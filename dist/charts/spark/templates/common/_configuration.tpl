{{/* A map of Spark properties in the format of Java's Properties.load, sorted. */}}
{{- define "spark.properties" -}}
{{- range $key, $value := . }}
{{- if not (kindIs "invalid" $value) }}
{{ $key | replace "\\" "\\\\" | replace ":" "\\:" | replace "=" "\\=" }}={{ include "spark.scalar" $value | replace "\\" "\\\\" | replace "\n" "\\n" | replace "\r" "\\r" }}
{{- end }}
{{- end }}
{{- end }}

{{/* A value as text; whole numbers never in scientific notation. */}}
{{- define "spark.scalar" -}}
{{- if and (kindIs "float64" .) (eq (floor .) .) -}}
{{- printf "%.0f" . -}}
{{- else -}}
{{- toString . -}}
{{- end -}}
{{- end }}

{{/* Data of a ConfigMap mounted at /opt/spark/conf: {root, layers}, later layers on top. */}}
{{- define "spark.configuration" -}}
spark-defaults.conf: |
  {{- include "spark.properties" (include "spark.layers" .layers | fromYaml) | trim | nindent 2 }}
{{- with include "spark.log4j2" .root }}
log4j2.properties: |
  {{- . | trim | nindent 2 }}
{{- end }}
{{- end }}

{{/* Properties of every Spark process, clients included, as a map. */}}
{{- define "spark.sharedProperties" -}}
{{- $own := dict -}}
{{- $_ := set $own "spark.ui.reverseProxy" .Values.ui.reverseProxy.enabled -}}
{{- with .Values.ui.reverseProxy.url -}}
{{- $_ := set $own "spark.ui.reverseProxyUrl" . -}}
{{- end -}}
{{- include "spark.layers" (list
  $own
  (include "spark.security.properties" . | fromYaml)
  (include "spark.metrics.properties" . | fromYaml)
  (include "spark.eventLog.properties" . | fromYaml)
  (include "spark.objectStore.properties" . | fromYaml)
) -}}
{{- end }}

{{/* True when the cluster wants a secret of who talks to it (spark.authenticate). */}}
{{- define "spark.rpcAuthentication" -}}
{{- $set := toString (get (.Values.sparkConf | default dict) "spark.authenticate") -}}
{{- or (eq $set "true") (hasKey (include "spark.secretProperties" . | fromYaml) "spark.authenticate.secret") | ternary true "" -}}
{{- end }}

{{/* Properties of every driver, as a map: those of every process, and how its executors come and leave. */}}
{{- define "spark.driverProperties" -}}
{{- $own := include "spark.sharedProperties" . | fromYaml -}}
{{- $own = merge $own (include "spark.executorProperties" . | fromYaml) -}}
{{- toYaml $own -}}
{{- end }}

{{/* True when a map of Spark properties has a key that looks like a password. */}}
{{- define "spark.holdsSecret" -}}
{{- regexMatch "(?i)(password|secret|token|access\\.key)" (keys (. | default dict) | join " ") | ternary true "" -}}
{{- end }}
