{{/* Servers whose web UI is offered outside, with their plain port and Spark's name for their TLS. */}}
{{- define "spark-4-2.security.uiServers" -}}
master: { port: 8080, tls: spark.ssl.standalone }
historyServer: { port: 18080, tls: spark.ssl.historyServer }
{{- end }}

{{/* Properties of a server with a web UI: {root, component}. */}}
{{- define "spark-4-2.security.uiProperties" -}}
{{- $own := dict -}}
{{- if .root.Values.security.uiAuthentication.jws.enabled -}}
{{- $_ := set $own "spark.ui.filters" "org.apache.spark.ui.JWSFilter" -}}
{{- end -}}
{{- if include "spark-4-2.security.hasUiTls" . -}}
{{- $server := get (include "spark-4-2.security.uiServers" . | fromYaml) .component -}}
{{- $_ := set $own (printf "%s.enabled" $server.tls) true -}}
{{- $_ := set $own (printf "%s.port" $server.tls) (add $server.port 400) -}}
{{- $_ := set $own (printf "%s.protocol" $server.tls) "TLSv1.3" -}}
{{- $_ := set $own (printf "%s.keyStore" $server.tls) "/etc/spark/ui-tls/keystore" -}}
{{- $_ := set $own (printf "%s.keyStoreType" $server.tls) .root.Values.security.uiTls.keystoreType -}}
{{- end -}}
{{- toYaml $own -}}
{{- end }}

{{/* Those of them whose values are in Secrets: {root, component}; none for processes without a UI of the chart. */}}
{{- define "spark-4-2.security.uiSecretProperties" -}}
{{- $own := dict -}}
{{- $jws := .root.Values.security.uiAuthentication.jws -}}
{{- if and $jws.enabled (has .component (list "master" "worker" "historyServer")) -}}
{{- $_ := set $own "spark.org.apache.spark.ui.JWSFilter.param.secretKey" (dict "name" $jws.existingSecret "key" $jws.existingSecretKey) -}}
{{- end -}}
{{- if include "spark-4-2.security.hasUiTls" . -}}
{{- $server := get (include "spark-4-2.security.uiServers" . | fromYaml) .component -}}
{{- $password := dict "name" (include "spark-4-2.security.uiTlsPasswordSecretName" .root) "key" .root.Values.security.uiTls.passwordKey -}}
{{- $_ := set $own (printf "%s.keyStorePassword" $server.tls) $password -}}
{{- $_ := set $own (printf "%s.keyPassword" $server.tls) $password -}}
{{- end -}}
{{- toYaml $own -}}
{{- end }}

{{/* True when the UI of a component speaks HTTPS: {root, component}. Workers are reached through the master. */}}
{{- define "spark-4-2.security.hasUiTls" -}}
{{- $servers := include "spark-4-2.security.uiServers" . | fromYaml -}}
{{- and .root.Values.security.uiTls.enabled (hasKey $servers (toString .component)) | empty | ternary "" true -}}
{{- end }}

{{/* True when oauth2-proxy stands before the UI of a component: {root, component}. */}}
{{- define "spark-4-2.security.hasOauth2Proxy" -}}
{{- $servers := include "spark-4-2.security.uiServers" . | fromYaml -}}
{{- and .root.Values.security.uiAuthentication.oauth2Proxy.enabled (hasKey $servers .component) | empty | ternary "" true -}}
{{- end }}

{{/* True when a filter in Spark asks for a login, so that probes cannot read a UI: {root, component}. */}}
{{- define "spark-4-2.security.hasUiFilter" -}}
{{- $conf := (index .root.Values .component).sparkConf | default dict -}}
{{- $filters := get $conf "spark.ui.filters" | default (get (.root.Values.sparkConf | default dict) "spark.ui.filters") -}}
{{- $filters = or $filters .root.Values.security.uiAuthentication.jws.enabled -}}
{{- $filters | empty | ternary "" true -}}
{{- end }}

{{/* Name of Spark's own port of a UI: {root, component}. Services and policies lead to the one named ui. */}}
{{- define "spark-4-2.security.uiPortName" -}}
{{- include "spark-4-2.security.hasOauth2Proxy" . | empty | ternary "ui" "spark-ui" -}}
{{- end }}

{{/* Spark's own port of a UI: {root, component}. */}}
{{- define "spark-4-2.security.uiPort" -}}
{{- $server := get (include "spark-4-2.security.uiServers" . | fromYaml) .component -}}
{{- add $server.port (include "spark-4-2.security.hasUiTls" . | empty | ternary 0 400) -}}
{{- end }}

{{/* What a probe asks the UI of a component: {root, component, path}. */}}
{{- define "spark-4-2.security.uiProbe" -}}
{{- if include "spark-4-2.security.hasUiFilter" . -}}
tcpSocket:
  port: {{ include "spark-4-2.security.uiPortName" . }}
{{- else -}}
httpGet:
  path: {{ .path }}
  port: {{ include "spark-4-2.security.uiPortName" . }}
  {{- if include "spark-4-2.security.hasUiTls" . }}
  scheme: HTTPS
  {{- end }}
{{- end -}}
{{- end }}

{{/* Mounts of a server with a web UI, as items of a list: {root, component}. */}}
{{- define "spark-4-2.security.uiVolumeMounts" -}}
{{- if include "spark-4-2.security.hasUiTls" . }}
- name: ui-tls
  mountPath: /etc/spark/ui-tls
  readOnly: true
{{- end }}
{{- end }}

{{/* Volumes of its pod, as items of a list: {root, component}. */}}
{{- define "spark-4-2.security.uiVolumes" -}}
{{- if include "spark-4-2.security.hasUiTls" . }}
- name: ui-tls
  secret:
    secretName: {{ include "spark-4-2.security.uiTlsSecretName" .root }}
    items:
      - key: {{ quote .root.Values.security.uiTls.keystoreKey }}
        path: keystore
{{- end }}
{{- if include "spark-4-2.security.hasOauth2Proxy" . }}
- name: oauth2-proxy
  secret:
    secretName: {{ .root.Values.security.uiAuthentication.oauth2Proxy.existingSecret }}
{{- end }}
{{- end }}
