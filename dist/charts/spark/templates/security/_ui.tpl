{{/* Servers whose web UI is offered outside, with their plain port and Spark's name for their TLS. */}}
{{- define "spark.security.uiServers" -}}
master: { port: 8080, tls: spark.ssl.standalone }
historyServer: { port: 18080, tls: spark.ssl.historyServer }
{{- end }}

{{/* Properties of a server with a web UI: {root, component}. */}}
{{- define "spark.security.uiProperties" -}}
{{- $own := dict -}}
{{- if .root.Values.security.uiAuthentication.jws.enabled -}}
{{- $_ := set $own "spark.ui.filters" "org.apache.spark.ui.JWSFilter" -}}
{{- end -}}
{{- if include "spark.security.hasUiTls" . -}}
{{- $server := get (include "spark.security.uiServers" . | fromYaml) .component -}}
{{- $_ := set $own (printf "%s.enabled" $server.tls) true -}}
{{- $_ := set $own (printf "%s.port" $server.tls) (add $server.port 400) -}}
{{- $_ := set $own (printf "%s.protocol" $server.tls) "TLSv1.3" -}}
{{- $_ := set $own (printf "%s.keyStore" $server.tls) "/etc/spark/ui-tls/keystore" -}}
{{- $_ := set $own (printf "%s.keyStoreType" $server.tls) .root.Values.security.uiTls.keystoreType -}}
{{- end -}}
{{- toYaml $own -}}
{{- end }}

{{/* Those of them whose values are in Secrets: {root, component}; none for processes without a UI of the chart. */}}
{{- define "spark.security.uiSecretProperties" -}}
{{- $own := dict -}}
{{- $jws := .root.Values.security.uiAuthentication.jws -}}
{{- if and $jws.enabled (has .component (list "master" "worker" "historyServer")) -}}
{{- $_ := set $own "spark.org.apache.spark.ui.JWSFilter.param.secretKey" (dict "name" $jws.existingSecret "key" $jws.existingSecretKey) -}}
{{- end -}}
{{- if include "spark.security.hasUiTls" . -}}
{{- $server := get (include "spark.security.uiServers" . | fromYaml) .component -}}
{{- $password := dict "name" (include "spark.security.uiTlsPasswordSecretName" .root) "key" .root.Values.security.uiTls.passwordKey -}}
{{- $_ := set $own (printf "%s.keyStorePassword" $server.tls) $password -}}
{{- $_ := set $own (printf "%s.keyPassword" $server.tls) $password -}}
{{- end -}}
{{- toYaml $own -}}
{{- end }}

{{/* True when the UI of a component speaks HTTPS: {root, component}. Workers are reached through the master. */}}
{{- define "spark.security.hasUiTls" -}}
{{- $servers := include "spark.security.uiServers" . | fromYaml -}}
{{- and .root.Values.security.uiTls.enabled (hasKey $servers (toString .component)) | empty | ternary "" true -}}
{{- end }}

{{/* True when oauth2-proxy stands before the UI of a component: {root, component}. */}}
{{- define "spark.security.hasOauth2Proxy" -}}
{{- $servers := include "spark.security.uiServers" . | fromYaml -}}
{{- and .root.Values.security.uiAuthentication.oauth2Proxy.enabled (hasKey $servers .component) | empty | ternary "" true -}}
{{- end }}

{{/* True when a filter in Spark asks for a login, so that probes cannot read a UI: {root, component}. */}}
{{- define "spark.security.hasUiFilter" -}}
{{- $conf := (index .root.Values .component).sparkConf | default dict -}}
{{- $filters := get $conf "spark.ui.filters" | default (get (.root.Values.sparkConf | default dict) "spark.ui.filters") -}}
{{- $filters = or $filters .root.Values.security.uiAuthentication.jws.enabled -}}
{{- $filters | empty | ternary "" true -}}
{{- end }}

{{/* Name of Spark's own port of a UI: {root, component}. Services and policies lead to the one named ui. */}}
{{- define "spark.security.uiPortName" -}}
{{- include "spark.security.hasOauth2Proxy" . | empty | ternary "ui" "spark-ui" -}}
{{- end }}

{{/* Spark's own port of a UI: {root, component}. */}}
{{- define "spark.security.uiPort" -}}
{{- $server := get (include "spark.security.uiServers" . | fromYaml) .component -}}
{{- add $server.port (include "spark.security.hasUiTls" . | empty | ternary 0 400) -}}
{{- end }}

{{/* What a probe asks the UI of a component: {root, component, path}. */}}
{{- define "spark.security.uiProbe" -}}
{{- if include "spark.security.hasUiFilter" . -}}
tcpSocket:
  port: {{ include "spark.security.uiPortName" . }}
{{- else -}}
httpGet:
  path: {{ .path }}
  port: {{ include "spark.security.uiPortName" . }}
  {{- if include "spark.security.hasUiTls" . }}
  scheme: HTTPS
  {{- end }}
{{- end -}}
{{- end }}

{{/* Mounts of a server with a web UI, as items of a list: {root, component}. */}}
{{- define "spark.security.uiVolumeMounts" -}}
{{- if include "spark.security.hasUiTls" . }}
- name: ui-tls
  mountPath: /etc/spark/ui-tls
  readOnly: true
{{- end }}
{{- end }}

{{/* Volumes of its pod, as items of a list: {root, component}. */}}
{{- define "spark.security.uiVolumes" -}}
{{- if include "spark.security.hasUiTls" . }}
- name: ui-tls
  secret:
    secretName: {{ include "spark.security.uiTlsSecretName" .root }}
    items:
      - key: {{ quote .root.Values.security.uiTls.keystoreKey }}
        path: keystore
{{- end }}
{{- if include "spark.security.hasOauth2Proxy" . }}
- name: oauth2-proxy
  secret:
    secretName: {{ .root.Values.security.uiAuthentication.oauth2Proxy.existingSecret }}
{{- end }}
{{- end }}
