{{/* Spark properties whose values are in Secrets: name of the property → {name, key} of the Secret. Of every process. */}}
{{- define "spark-3-5.secretProperties" -}}
{{- include "spark-3-5.layers" (list
  (include "spark-3-5.security.secretProperties" . | fromYaml)
  (include "spark-3-5.objectStore.secretProperties" . | fromYaml)
  .Values.secretConf) -}}
{{- end }}

{{/* The same of one pod: {root, component}. */}}
{{- define "spark-3-5.podSecretProperties" -}}
{{- include "spark-3-5.layers" (list (include "spark-3-5.security.uiSecretProperties" . | fromYaml) (include "spark-3-5.secretProperties" .root | fromYaml)) -}}
{{- end }}

{{/* Security context of a pod: {root, podSecurityContext}. OpenShift chooses user and group of a namespace itself. */}}
{{- define "spark-3-5.podSecurityContext" -}}
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
{{- define "spark-3-5.hasUnknownUser" -}}
{{- $context := include "spark-3-5.podSecurityContext" . | fromYaml -}}
{{- has (toString (get $context "runAsUser")) (list "185" "0") | ternary "" true -}}
{{- end }}

{{/* True when the configuration of a pod is put together at its start: {root, component, podSecurityContext}. */}}
{{- define "spark-3-5.hasPreparation" -}}
{{- or (include "spark-3-5.podSecretProperties" .) (include "spark-3-5.hasUnknownUser" .) (include "spark-3-5.security.hasExtraCertificates" .root) | empty | ternary "" true -}}
{{- end }}

{{/* Environment variables of a master, as items of a list: {root, podSecurityContext}. */}}
{{- define "spark-3-5.baseEnvironment" -}}
{{- if include "spark-3-5.hasUnknownUser" . }}
# Hadoop asks the system for the name of the user, and OpenShift's users have none.
- name: LD_PRELOAD
  value: libnss_wrapper.so
- name: NSS_WRAPPER_PASSWD
  value: /opt/spark/conf/passwd
- name: NSS_WRAPPER_GROUP
  value: /opt/spark/conf/group
{{- end }}
{{- if include "spark-3-5.security.hasExtraCertificates" .root }}
# Executors and drivers that a worker starts inherit them.
- name: JAVA_TOOL_OPTIONS
  value: -Djavax.net.ssl.trustStore=/opt/spark/conf/cacerts -Djavax.net.ssl.trustStorePassword=changeit
- name: SSL_CERT_FILE
  value: /opt/spark/conf/ca-certificates.crt
- name: REQUESTS_CA_BUNDLE
  value: /opt/spark/conf/ca-certificates.crt
{{- end }}
{{- end }}

{{/* Environment variables of every Spark container but a master's, as items of a list: {root, podSecurityContext}. */}}
{{- define "spark-3-5.sharedEnvironment" -}}
{{- include "spark-3-5.baseEnvironment" . }}
{{- include "spark-3-5.objectStore.environment" .root }}
{{- end }}

{{/* Volumes of a master: {root, configMap, component, podSecurityContext}, and tmpSizeLimit where /tmp has one. The other pods, where applications run or are looked at, have more. */}}
{{- define "spark-3-5.baseVolumes" -}}
{{- if include "spark-3-5.hasPreparation" . }}
- name: configuration
  emptyDir: { medium: Memory, sizeLimit: {{ include "spark-3-5.security.hasExtraCertificates" .root | empty | ternary "1Mi" "8Mi" }} }
- name: plain-configuration
  configMap:
    name: {{ .configMap }}
{{- with include "spark-3-5.podSecretProperties" . | fromYaml }}
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
{{- with .root.Values.security.extraCertificates }}
{{- if or .existingConfigMap .existingSecret }}
- name: extra-certificates
  projected:
    sources:
      {{- with .existingConfigMap }}
      - configMap:
          name: {{ . }}
      {{- end }}
      {{- with .existingSecret }}
      - secret:
          name: {{ . }}
      {{- end }}
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
{{- define "spark-3-5.sharedVolumes" -}}
{{- include "spark-3-5.baseVolumes" . }}
{{- include "spark-3-5.eventLog.volumes" .root }}
{{- include "spark-3-5.objectStore.volumes" .root }}
{{- end }}

{{/* Mounts of a master's container. */}}
{{- define "spark-3-5.baseVolumeMounts" -}}
- name: configuration
  mountPath: /opt/spark/conf
  readOnly: true
- name: tmp
  mountPath: /tmp
{{- end }}

{{/* Mounts of every Spark container but a master's. */}}
{{- define "spark-3-5.sharedVolumeMounts" -}}
{{- include "spark-3-5.baseVolumeMounts" . }}
{{- include "spark-3-5.eventLog.volumeMounts" . }}
{{- include "spark-3-5.objectStore.volumeMounts" . }}
{{- end }}

{{/* Containers that prepare a Spark pod that is no master, none or a list: {root, component, podSecurityContext, securityContext, resources}. */}}
{{- define "spark-3-5.sharedInitContainers" -}}
{{- include "spark-3-5.baseInitContainers" . }}
{{- include "spark-3-5.objectStore.initContainers" . }}
{{- end }}

{{/* Containers that prepare a master's pod, none or a list: {root, component, podSecurityContext, securityContext, resources}. */}}
{{- define "spark-3-5.baseInitContainers" -}}
{{- if include "spark-3-5.hasPreparation" . }}
{{- $secretProperties := include "spark-3-5.podSecretProperties" . }}
# Puts together what is mounted at /opt/spark/conf.
- name: configuration
  image: {{ include "spark-3-5.image" .root }}
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
      {{- if include "spark-3-5.hasUnknownUser" . }}
      printf 'spark:x:%s:%s:Spark:/tmp:/bin/false\n' "$(id -u)" "$(id -g)" > /opt/spark/conf/passwd
      printf 'spark:x:%s:\n' "$(id -g)" > /opt/spark/conf/group
      {{- end }}
      {{- if include "spark-3-5.security.hasExtraCertificates" .root }}
      bundle=/opt/spark/conf/ca-certificates.crt
      for file in /etc/ssl/certs/ca-certificates.crt /etc/spark/certificates/*; do
        if [ -f "$file" ]; then cat "$file" && echo; fi
      done > "$bundle"
      # One certificate at a time: keytool reads the first one of a file alone.
      cat "$JAVA_HOME/lib/security/cacerts" > /opt/spark/conf/cacerts
      cat /etc/spark/certificates/* | csplit --quiet --elide-empty-files --prefix /tmp/ca- - '/-----BEGIN CERTIFICATE-----/' '{*}'
      for file in $(grep -l 'BEGIN CERTIFICATE' /tmp/ca-*); do
        keytool -importcert -noprompt -keystore /opt/spark/conf/cacerts -storepass changeit -alias "${file##*/}" -file "$file"
      done
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
    {{- if include "spark-3-5.security.hasExtraCertificates" .root }}
    - name: extra-certificates
      mountPath: /etc/spark/certificates
      readOnly: true
    - name: tmp
      mountPath: /tmp
    {{- end }}
{{- end }}
{{- end }}
