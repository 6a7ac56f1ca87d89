{{/* Name of the Secret with the secret that all processes share. */}}
{{- define "spark.security.rpcSecretName" -}}
{{- .Values.security.rpcAuthentication.existingSecret | default (include "spark.objectName" (list . "rpc")) -}}
{{- end }}

{{/* Name of the Secret with the key store of the web UI and its password. */}}
{{- define "spark.security.uiTlsSecretName" -}}
{{- .Values.security.uiTls.existingSecret | default (include "spark.objectName" (list . "ui-tls")) -}}
{{- end }}

{{/* Name of the Secret with the password of that key store. */}}
{{- define "spark.security.uiTlsPasswordSecretName" -}}
{{- .Values.security.uiTls.existingSecret | default (include "spark.objectName" (list . "ui-tls-password")) -}}
{{- end }}

{{/* A value that was made at the first install and stays: {root, secret, key}. */}}
{{- define "spark.security.generated" -}}
{{- $existing := lookup "v1" "Secret" .root.Release.Namespace .secret | default dict -}}
{{- get ($existing.data | default dict) .key | default (randAlphaNum 48 | b64enc) -}}
{{- end }}

{{/* Security properties of every Spark process, clients included. */}}
{{- define "spark.security.properties" -}}
{{- $own := dict -}}
{{- if .Values.security.rpcAuthentication.enabled -}}
{{- $_ := set $own "spark.authenticate" true -}}
{{- end -}}
{{- if .Values.security.networkEncryption.enabled -}}
{{- $_ := set $own "spark.network.crypto.enabled" true -}}
{{- /* What Spark's documentation recommends; its defaults are for clients of older versions. */}}
{{- $_ := set $own "spark.network.crypto.authEngineVersion" 2 -}}
{{- $_ := set $own "spark.network.crypto.cipher" "AES/GCM/NoPadding" -}}
{{- $_ := set $own "spark.network.crypto.saslFallback" false -}}
{{- end -}}
{{- if .Values.security.diskEncryption.enabled -}}
{{- $_ := set $own "spark.io.encryption.enabled" true -}}
{{- end -}}
{{- if .Values.security.acls.enabled -}}
{{- $acls := .Values.security.acls -}}
{{- $_ := set $own "spark.acls.enable" true -}}
{{- $_ := set $own "spark.history.ui.acls.enable" true -}}
{{- $lists := dict
  "spark.admin.acls" $acls.admins "spark.admin.acls.groups" $acls.adminGroups
  "spark.history.ui.admin.acls" $acls.admins "spark.history.ui.admin.acls.groups" $acls.adminGroups
  "spark.ui.view.acls" $acls.viewers "spark.ui.view.acls.groups" $acls.viewerGroups
  "spark.modify.acls" $acls.modifiers "spark.modify.acls.groups" $acls.modifierGroups -}}
{{- range $property, $names := $lists -}}
{{- with $names -}}
{{- $_ := set $own $property (join "," .) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toYaml $own -}}
{{- end }}

{{/* Those of them whose values are in Secrets. */}}
{{- define "spark.security.secretProperties" -}}
{{- if .Values.security.rpcAuthentication.enabled -}}
spark.authenticate.secret:
  name: {{ include "spark.security.rpcSecretName" . }}
  key: {{ .Values.security.rpcAuthentication.existingSecretKey }}
{{- end -}}
{{- end }}

{{/* Pull secrets for images of this component and from values, as a list. */}}
{{- define "spark.security.pullSecrets" -}}
{{- $secrets := list -}}
{{- if .Values.security.uiAuthentication.oauth2Proxy.enabled -}}
{{- $secrets = .Values.security.uiAuthentication.oauth2Proxy.image.pullSecrets | default list -}}
{{- end -}}
{{- if .Values.security.imageCredentials -}}
{{- $secrets = append $secrets (include "spark.objectName" (list . "registries")) -}}
{{- end -}}
{{- toYaml $secrets -}}
{{- end }}

{{/* True when further certificate authorities are trusted. */}}
{{- define "spark.security.hasExtraCertificates" -}}
{{- or .Values.security.extraCertificates.existingConfigMap .Values.security.extraCertificates.existingSecret | empty | ternary "" true -}}
{{- end }}
