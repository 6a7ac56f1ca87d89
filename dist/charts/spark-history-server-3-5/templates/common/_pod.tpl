{{/* Spark properties whose values are in Secrets: name of the property → {name, key} of the Secret. */}}
{{- define "spark-history-server-3-5.secretProperties" -}}
{{- include "spark-history-server-3-5.layers" (list (include "spark-history-server-3-5.objectStore.secretProperties" . | fromYaml) .Values.secretConf) -}}
{{- end }}

{{/* Volumes of a master: {root, configMap}, and tmpSizeLimit where /tmp has one. The other pods, where applications run or are looked at, have more. */}}
{{- define "spark-history-server-3-5.baseVolumes" -}}
{{- $secretProperties := include "spark-history-server-3-5.secretProperties" .root | fromYaml -}}
{{- if $secretProperties }}
- name: configuration
  emptyDir: { medium: Memory, sizeLimit: 1Mi }
- name: plain-configuration
  configMap:
    name: {{ .configMap }}
- name: secret-configuration
  projected:
    sources:
      {{- range $property, $secret := $secretProperties }}
      - secret:
          name: {{ $secret.name }}
          items:
            - key: {{ quote $secret.key }}
              path: {{ quote $property }}
      {{- end }}
{{- else }}
- name: configuration
  configMap:
    name: {{ .configMap }}
{{- end }}
- name: tmp
  emptyDir: {{ .tmpSizeLimit | empty | ternary "{}" (printf "{ sizeLimit: %s }" .tmpSizeLimit) }}
{{- end }}

{{/* Volumes of every Spark pod but a master: {root, configMap}. */}}
{{- define "spark-history-server-3-5.sharedVolumes" -}}
{{- include "spark-history-server-3-5.baseVolumes" . }}
{{- include "spark-history-server-3-5.eventLog.volumes" .root }}
{{- include "spark-history-server-3-5.objectStore.volumes" .root }}
{{- end }}

{{/* Mounts of a master's container. */}}
{{- define "spark-history-server-3-5.baseVolumeMounts" -}}
- name: configuration
  mountPath: /opt/spark/conf
  readOnly: true
- name: tmp
  mountPath: /tmp
{{- end }}

{{/* Mounts of every Spark container but a master's. */}}
{{- define "spark-history-server-3-5.sharedVolumeMounts" -}}
{{- include "spark-history-server-3-5.baseVolumeMounts" . }}
{{- include "spark-history-server-3-5.eventLog.volumeMounts" . }}
{{- include "spark-history-server-3-5.objectStore.volumeMounts" . }}
{{- end }}

{{/* Environment variables of every Spark container but a master's, none or a list. */}}
{{- define "spark-history-server-3-5.sharedEnvironment" -}}
{{- include "spark-history-server-3-5.objectStore.environment" . }}
{{- end }}

{{/* Containers that prepare a Spark pod that is no master, none or a list: {root, securityContext, resources}. */}}
{{- define "spark-history-server-3-5.sharedInitContainers" -}}
{{- include "spark-history-server-3-5.baseInitContainers" . }}
{{- include "spark-history-server-3-5.objectStore.initContainers" . }}
{{- end }}

{{/* Containers that prepare a master's pod, none or a list: {root, securityContext, resources}. */}}
{{- define "spark-history-server-3-5.baseInitContainers" -}}
{{- if include "spark-history-server-3-5.secretProperties" .root }}
# Puts the values of Secrets behind the other properties: no ConfigMap, command line or variable has them.
- name: configuration
  image: {{ include "spark-history-server-3-5.image" .root }}
  imagePullPolicy: {{ .root.Values.image.pullPolicy }}
  command: [bash, -euc]
  args:
    - |
      umask 077
      cp /etc/spark/plain/* /opt/spark/conf/
      for file in /etc/spark/secret/*; do
        printf '\n%s=' "${file##*/}" && sed 's/\\/\\\\/g' "$file"
      done >> /opt/spark/conf/spark-defaults.conf
  {{- with .resources }}
  resources: {{- . | nindent 4 }}
  {{- end }}
  {{- with .securityContext }}
  securityContext: {{- toYaml . | nindent 4 }}
  {{- end }}
  volumeMounts:
    - name: configuration
      mountPath: /opt/spark/conf
    - name: plain-configuration
      mountPath: /etc/spark/plain
      readOnly: true
    - name: secret-configuration
      mountPath: /etc/spark/secret
      readOnly: true
{{- end }}
{{- end }}
