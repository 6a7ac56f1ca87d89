{{/* A Kubernetes quantity of memory, such as 768Mi or 2G, in MiB. */}}
{{- define "spark-history-server-4-0.mebibytes" -}}
{{- $text := toString . -}}
{{- $suffix := regexFind "[A-Za-z]+$" $text -}}
{{- $factor := get (dict "m" 0.001 "k" 1e3 "M" 1e6 "G" 1e9 "T" 1e12 "P" 1e15 "E" 1e18 "Ki" 1024.0 "Mi" 1048576.0 "Gi" 1073741824.0 "Ti" 1099511627776.0 "Pi" 1125899906842624.0 "Ei" 1152921504606846976.0) $suffix | default 1.0 -}}
{{- divf (mulf (trimSuffix $suffix $text | float64) $factor) 1048576.0 | floor | int64 -}}
{{- end }}

{{/* A size as the JVM and Spark write it, such as 512m or 2g, in MiB. */}}
{{- define "spark-history-server-4-0.jvmMebibytes" -}}
{{- $text := lower (toString .) -}}
{{- $factor := get (dict "k" 1024.0 "m" 1048576.0 "g" 1073741824.0 "t" 1099511627776.0) (regexFind "[a-z]$" $text) | default 1.0 -}}
{{- divf (mulf (regexFind "^[0-9]+" $text | float64) $factor) 1048576.0 | floor | int64 -}}
{{- end }}

{{/* Resources of a container: {resources, preset}. */}}
{{- define "spark-history-server-4-0.resources" -}}
{{- $presets := dict
  "nano" (dict "cpu" "100m" "memory" "768Mi")
  "small" (dict "cpu" "500m" "memory" "2Gi")
  "medium" (dict "cpu" "1" "memory" "4Gi")
  "large" (dict "cpu" "2" "memory" "8Gi")
  "xlarge" (dict "cpu" "4" "memory" "16Gi") -}}
{{- if .resources -}}
{{- toYaml .resources -}}
{{- else if hasKey $presets (toString .preset) -}}
{{- $preset := get $presets .preset -}}
{{- toYaml (dict "requests" $preset "limits" (pick $preset "memory")) -}}
{{- end -}}
{{- end }}
