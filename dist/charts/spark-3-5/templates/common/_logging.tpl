{{/* Text of log4j2.properties, nothing where Spark's own default will do. */}}
{{- define "spark-3-5.log4j2" -}}
{{- if .Values.log4j2 -}}
{{- trim .Values.log4j2 -}}
{{- else if or (ne .Values.logging.level "info") (ne .Values.logging.format "text") .Values.logging.loggers -}}
{{- /* What Spark keeps quiet by default stays so. */ -}}
{{- $loggers := dict
  "org.sparkproject.jetty" "warn"
  "org.sparkproject.jetty.util.component.AbstractLifeCycle" "error"
  "org.apache.hadoop.hive.metastore.RetryingHMSHandler" "fatal"
  "org.apache.hadoop.hive.metastore.ObjectStore" "error"
  "org.apache.parquet.CorruptStatistics" "error"
  "parquet.CorruptStatistics" "error"
-}}
rootLogger.level = {{ .Values.logging.level }}
rootLogger.appenderRef.console.ref = console
appender.console.type = Console
appender.console.name = console
appender.console.target = SYSTEM_ERR
{{- if eq .Values.logging.format "json" }}
appender.console.layout.type = JsonLayout
appender.console.layout.compact = true
appender.console.layout.eventEol = true
appender.console.layout.properties = true
{{- else }}
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d{yy/MM/dd HH:mm:ss} %p %c{1}: %m%n%ex
{{- end }}
{{- range $name, $level := include "spark-3-5.layers" (list $loggers .Values.logging.loggers) | fromYaml }}
{{- if $level }}
{{- /* Any word does for the name within the file. */}}
{{- $word := sha256sum $name | trunc 8 | printf "l%s" }}
logger.{{ $word }}.name = {{ $name }}
logger.{{ $word }}.level = {{ $level }}
{{- end }}
{{- end }}
{{- end -}}
{{- end }}
