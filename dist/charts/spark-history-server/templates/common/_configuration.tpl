{{/* A map of Spark properties in the format of Java's Properties.load, sorted. */}}
{{- define "spark-history-server.properties" -}}
{{- range $key, $value := . }}
{{- if not (kindIs "invalid" $value) }}
{{ $key | replace "\\" "\\\\" | replace ":" "\\:" | replace "=" "\\=" }}={{ include "spark-history-server.scalar" $value | replace "\\" "\\\\" | replace "\n" "\\n" | replace "\r" "\\r" }}
{{- end }}
{{- end }}
{{- end }}

{{/* A value as text; whole numbers never in scientific notation. */}}
{{- define "spark-history-server.scalar" -}}
{{- if and (kindIs "float64" .) (eq (floor .) .) -}}
{{- printf "%.0f" . -}}
{{- else -}}
{{- toString . -}}
{{- end -}}
{{- end }}

{{/* Data of a ConfigMap mounted at /opt/spark/conf: {root, layers}, later layers on top. */}}
{{- define "spark-history-server.configuration" -}}
spark-defaults.conf: |
  {{- include "spark-history-server.properties" (include "spark-history-server.layers" .layers | fromYaml) | trim | nindent 2 }}
{{- with include "spark-history-server.log4j2" .root }}
log4j2.properties: |
  {{- . | trim | nindent 2 }}
{{- end }}
{{- end }}

{{/* Properties of every Spark process, clients included, as a map. */}}
{{- define "spark-history-server.sharedProperties" -}}
{{- $own := dict -}}
{{- include "spark-history-server.layers" (list
  $own
  (include "spark-history-server.eventLog.properties" . | fromYaml)
  (include "spark-history-server.objectStore.properties" . | fromYaml)
) -}}
{{- end }}

{{/* True when the cluster wants a secret of who talks to it (spark.authenticate). */}}
{{- define "spark-history-server.rpcAuthentication" -}}
{{- $set := toString (get (.Values.sparkConf | default dict) "spark.authenticate") -}}
{{- or (eq $set "true") (hasKey (include "spark-history-server.secretProperties" . | fromYaml) "spark.authenticate.secret") | ternary true "" -}}
{{- end }}

{{/* Properties of every driver, as a map: those of every process, and how its executors come and leave. */}}
{{- define "spark-history-server.driverProperties" -}}
{{- $own := include "spark-history-server.sharedProperties" . | fromYaml -}}
{{- toYaml $own -}}
{{- end }}

{{/* True when a map of Spark properties has a key that looks like a password. */}}
{{- define "spark-history-server.holdsSecret" -}}
{{- regexMatch "(?i)(password|secret|token|access\\.key)" (keys (. | default dict) | join " ") | ternary true "" -}}
{{- end }}
