{{/* oauth2-proxy beside a server with a web UI, as an item of a list of containers: {root, component, securityContext}. */}}
{{- define "spark-4-0.security.oauth2Proxy" -}}
{{- if include "spark-4-0.security.hasOauth2Proxy" . }}
{{- $proxy := .root.Values.security.uiAuthentication.oauth2Proxy }}
- name: oauth2-proxy
  image: {{ include "spark-4-0.imageReference" (dict "root" .root "image" $proxy.image) }}
  imagePullPolicy: {{ $proxy.image.pullPolicy }}
  args:
    - --http-address=0.0.0.0:4180
    - --upstream=http://127.0.0.1:{{ include "spark-4-0.security.uiPort" . }}/
    - --reverse-proxy=true
    - {{ printf "--provider=%s" $proxy.provider | quote }}
    {{- with $proxy.issuerUrl }}
    - {{ printf "--oidc-issuer-url=%s" . | quote }}
    {{- end }}
    - {{ printf "--client-id=%s" $proxy.clientId | quote }}
    - --client-secret-file=/etc/oauth2-proxy/client-secret
    - --cookie-secret-file=/etc/oauth2-proxy/cookie-secret
    {{- range $proxy.emailDomains }}
    - {{ printf "--email-domain=%s" . | quote }}
    {{- end }}
    {{- with $proxy.extraArgs }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  ports:
    - name: ui
      containerPort: 4180
  readinessProbe:
    httpGet:
      path: /ready
      port: ui
  livenessProbe:
    httpGet:
      path: /ping
      port: ui
  {{- with $proxy.resources }}
  resources: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .securityContext }}
  securityContext: {{- toYaml . | nindent 4 }}
  {{- end }}
  volumeMounts:
    - name: oauth2-proxy
      mountPath: /etc/oauth2-proxy
      readOnly: true
{{- end }}
{{- end }}
