{{/* Spark properties whose values are in Secrets: name of the property → {name, key} of the Secret. Of every process. */}}
{{- define "spark-history-server-4-2.secretProperties" -}}
{{- include "spark-history-server-4-2.layers" (list
  (include "spark-history-server-4-2.objectStore.secretProperties" . | fromYaml)
  .Values.secretConf) -}}
{{- end }}

{{/* The same of one pod: {root, component}. */}}
{{- define "spark-history-server-4-2.podSecretProperties" -}}
{{- include "spark-history-server-4-2.secretProperties" .root -}}
{{- end }}

{{/* Security context of a pod: {root, podSecurityContext}. OpenShift chooses user and group of a namespace itself. */}}
{{- define "spark-history-server-4-2.podSecurityContext" -}}
{{- $adapt := .root.Values.global.compatibility.openshift.adaptSecurityContext -}}
{{- $context := .podSecurityContext | default dict -}}
{{- if or (eq $adapt "force") (and (eq $adapt "auto") (.root.Capabilities.APIVersions.Has "security.openshift.io/v1")) -}}
{{- $context = omit $context "runAsUser" "runAsGroup" "fsGroup" -}}
{{- end -}}
{{- if $context -}}
{{- toYaml $context -}}
{{- end -}}
{{- end }}

{{/* True when a pod may run as a user that the image does not know: {root, podSecurityContext}. */}}
{{- define "spark-history-server-4-2.hasUnknownUser" -}}
{{- $context := include "spark-history-server-4-2.podSecurityContext" . | fromYaml -}}
{{- has (toString (get $context "runAsUser")) (list "185" "0") | ternary "" true -}}
{{- end }}

{{/* True when the configuration of a pod is put together at its start: {root, component, podSecurityContext}. */}}
{{- define "spark-history-server-4-2.hasPreparation" -}}
{{- or (include "spark-history-server-4-2.podSecretProperties" .) (include "spark-history-server-4-2.hasUnknownUser" .) | empty | ternary "" true -}}
{{- end }}

{{/* Environment variables of a master, as items of a list: {root, podSecurityContext}. */}}
{{- define "spark-history-server-4-2.baseEnvironment" -}}
{{- if include "spark-history-server-4-2.hasUnknownUser" . }}
# Hadoop asks the system for the name of the user, and OpenShift's users have none.
- name: LD_PRELOAD
  value: libnss_wrapper.so
- name: NSS_WRAPPER_PASSWD
  value: /opt/spark/conf/passwd
- name: NSS_WRAPPER_GROUP
  value: /opt/spark/conf/group
{{- end }}
{{- end }}

{{/* Environment variables of every Spark container but a master's, as items of a list: {root, podSecurityContext}. */}}
{{- define "spark-history-server-4-2.sharedEnvironment" -}}
{{- include "spark-history-server-4-2.baseEnvironment" . }}
{{- include "spark-history-server-4-2.objectStore.environment" .root }}
{{- end }}

{{/* Volumes of a master: {root, configMap, component, podSecurityContext}, and tmpSizeLimit where /tmp has one. The other pods, where applications run or are looked at, have more. */}}
{{- define "spark-history-server-4-2.baseVolumes" -}}
{{- if include "spark-history-server-4-2.hasPreparation" . }}
- name: configuration
  emptyDir: { medium: Memory, sizeLimit: 1Mi }
- name: plain-configuration
  configMap:
    name: {{ .configMap }}
{{- with include "spark-history-server-4-2.podSecretProperties" . | fromYaml }}
- name: secret-configuration
  projected:
    sources:
      {{- range $property, $secret := . }}
      - secret:
          name: {{ $secret.name }}
          items:
            - key: {{ quote $secret.key }}
              path: {{ quote $property }}
      {{- end }}
{{- end }}
{{- else }}
- name: configuration
  configMap:
    name: {{ .configMap }}
{{- end }}
- name: tmp
  emptyDir: {{ .tmpSizeLimit | empty | ternary "{}" (printf "{ sizeLimit: %s }" .tmpSizeLimit) }}
{{- end }}

{{/* Volumes of every Spark pod but a master: {root, configMap, component, podSecurityContext}, and tmpSizeLimit where /tmp has one. */}}
{{- define "spark-history-server-4-2.sharedVolumes" -}}
{{- include "spark-history-server-4-2.baseVolumes" . }}
{{- include "spark-history-server-4-2.eventLog.volumes" .root }}
{{- include "spark-history-server-4-2.objectStore.volumes" .root }}
{{- end }}

{{/* Mounts of a master's container. */}}
{{- define "spark-history-server-4-2.baseVolumeMounts" -}}
- name: configuration
  mountPath: /opt/spark/conf
  readOnly: true
- name: tmp
  mountPath: /tmp
{{- end }}

{{/* Mounts of every Spark container but a master's. */}}
{{- define "spark-history-server-4-2.sharedVolumeMounts" -}}
{{- include "spark-history-server-4-2.baseVolumeMounts" . }}
{{- include "spark-history-server-4-2.eventLog.volumeMounts" . }}
{{- include "spark-history-server-4-2.objectStore.volumeMounts" . }}
{{- end }}

{{/* Containers that prepare a Spark pod that is no master, none or a list: {root, component, podSecurityContext, securityContext, resources}. */}}
{{- define "spark-history-server-4-2.sharedInitContainers" -}}
{{- include "spark-history-server-4-2.baseInitContainers" . }}
{{- include "spark-history-server-4-2.objectStore.initContainers" . }}
{{- end }}

{{/* Containers that prepare a master's pod, none or a list: {root, component, podSecurityContext, securityContext, resources}. */}}
{{- define "spark-history-server-4-2.baseInitContainers" -}}
{{- if include "spark-history-server-4-2.hasPreparation" . }}
{{- $secretProperties := include "spark-history-server-4-2.podSecretProperties" . }}
# Puts together what is mounted at /opt/spark/conf.
- name: configuration
  image: {{ include "spark-history-server-4-2.image" .root }}
  imagePullPolicy: {{ .root.Values.image.pullPolicy }}
  command: [bash, -euc]
  args:
    - |
      umask 077
      cp /etc/spark/plain/* /opt/spark/conf/
      {{- if $secretProperties }}
      # The values of Secrets, behind the other properties: no ConfigMap, command line or variable has them.
      for file in /etc/spark/secret/*; do
        printf '\n%s=' "${file##*/}" && sed 's/\\/\\\\/g' "$file"
      done >> /opt/spark/conf/spark-defaults.conf
      {{- end }}
      {{- if include "spark-history-server-4-2.hasUnknownUser" . }}
      printf 'spark:x:%s:%s:Spark:/tmp:/bin/false\n' "$(id -u)" "$(id -g)" > /opt/spark/conf/passwd
      printf 'spark:x:%s:\n' "$(id -g)" > /opt/spark/conf/group
      {{- end }}
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
    {{- if $secretProperties }}
    - name: secret-configuration
      mountPath: /etc/spark/secret
      readOnly: true
    {{- end }}
{{- end }}
{{- end }}
