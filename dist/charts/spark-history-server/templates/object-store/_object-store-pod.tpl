{{- define "spark-history-server.objectStore.volumes" }}
{{- if .Values.extraJars.image.repository }}
- name: extra-jars
  {{- if .Values.extraJars.imageVolume }}
  image:
    reference: {{ include "spark-history-server.imageReference" (dict "root" . "image" .Values.extraJars.image) }}
    pullPolicy: {{ .Values.extraJars.image.pullPolicy }}
  {{- else }}
  emptyDir: {}
  {{- end }}
{{- end }}
{{- with .Values.objectStore.gcs.existingSecret }}
- name: gcs
  secret:
    secretName: {{ . }}
    items:
      - key: {{ quote $.Values.objectStore.gcs.existingSecretKey }}
        path: key.json
{{- end }}
{{- with .Values.hadoop.existingConfigMap }}
- name: hadoop
  configMap:
    name: {{ . }}
{{- end }}
{{- with .Values.hadoop.krb5ConfigMap }}
- name: krb5
  configMap:
    name: {{ . }}
{{- end }}
{{- end }}

{{- define "spark-history-server.objectStore.volumeMounts" }}
{{- if .Values.extraJars.image.repository }}
- name: extra-jars
  mountPath: /opt/spark/extra-jars
  {{- if .Values.extraJars.imageVolume }}
  subPath: {{ trimPrefix "/" .Values.extraJars.path | quote }}
  {{- end }}
  readOnly: true
{{- end }}
{{- if .Values.objectStore.gcs.existingSecret }}
- name: gcs
  mountPath: /etc/spark/gcs
  readOnly: true
{{- end }}
{{- if .Values.hadoop.existingConfigMap }}
- name: hadoop
  mountPath: /etc/hadoop/conf
  readOnly: true
{{- end }}
{{- if .Values.hadoop.krb5ConfigMap }}
- name: krb5
  mountPath: /etc/krb5.conf
  subPath: krb5.conf
  readOnly: true
{{- end }}
{{- end }}

{{/* Spark's launcher puts both on the classpath of every JVM it starts, executors included. */}}
{{- define "spark-history-server.objectStore.environment" }}
{{- if .Values.extraJars.image.repository }}
- name: SPARK_DIST_CLASSPATH
  value: /opt/spark/extra-jars/*
{{- end }}
{{- if .Values.hadoop.existingConfigMap }}
- name: HADOOP_CONF_DIR
  value: /etc/hadoop/conf
{{- end }}
{{- end }}

{{- define "spark-history-server.objectStore.initContainers" }}
{{- if and .root.Values.extraJars.image.repository (not .root.Values.extraJars.imageVolume) }}
- name: extra-jars
  image: {{ include "spark-history-server.imageReference" (dict "root" .root "image" .root.Values.extraJars.image) }}
  imagePullPolicy: {{ .root.Values.extraJars.image.pullPolicy }}
  command: [cp, -r]
  args: [{{ .root.Values.extraJars.path | trimSuffix "/" | printf "%s/." | quote }}, /opt/spark/extra-jars/]
  {{- with .root.Values.extraJars.resources }}
  resources: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .securityContext }}
  securityContext: {{- toYaml . | nindent 4 }}
  {{- end }}
  volumeMounts:
    - name: extra-jars
      mountPath: /opt/spark/extra-jars
{{- end }}
{{- end }}
