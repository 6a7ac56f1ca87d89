{{/* Properties of Spark processes for the object stores, as a map. */}}
{{- define "spark-history-server-4-0.objectStore.properties" -}}
{{- with .Values.objectStore.s3 }}
{{- with .endpoint }}
spark.hadoop.fs.s3a.endpoint: {{ quote . }}
{{- end }}
{{- with .region }}
spark.hadoop.fs.s3a.endpoint.region: {{ quote . }}
{{- end }}
{{- if .pathStyleAccess }}
spark.hadoop.fs.s3a.path.style.access: true
{{- end }}
{{- if .workloadIdentity }}
spark.hadoop.fs.s3a.aws.credentials.provider: software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider
{{- end }}
{{- end }}
{{- if .Values.objectStore.gcs.existingSecret }}
spark.hadoop.fs.gs.auth.type: SERVICE_ACCOUNT_JSON_KEYFILE
spark.hadoop.fs.gs.auth.service.account.json.keyfile: /etc/spark/gcs/key.json
{{- end }}
{{- with .Values.objectStore.azure }}
{{- if .clientId }}
{{- $account := printf "%s.dfs.core.windows.net" .account }}
spark.hadoop.fs.azure.account.auth.type.{{ $account }}: OAuth
spark.hadoop.fs.azure.account.oauth2.client.id.{{ $account }}: {{ quote .clientId }}
{{- if .workloadIdentity }}
spark.hadoop.fs.azure.account.oauth.provider.type.{{ $account }}: org.apache.hadoop.fs.azurebfs.oauth2.WorkloadIdentityTokenProvider
spark.hadoop.fs.azure.account.oauth2.msi.tenant.{{ $account }}: {{ quote .tenantId }}
spark.hadoop.fs.azure.account.oauth2.token.file.{{ $account }}: /var/run/secrets/azure/tokens/azure-identity-token
{{- end }}
{{- if .existingSecret }}
spark.hadoop.fs.azure.account.oauth.provider.type.{{ $account }}: org.apache.hadoop.fs.azurebfs.oauth2.ClientCredsTokenProvider
spark.hadoop.fs.azure.account.oauth2.client.endpoint.{{ $account }}: https://login.microsoftonline.com/{{ .tenantId }}/oauth2/token
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/* Those whose values are in Secrets, as in secretConf. */}}
{{- define "spark-history-server-4-0.objectStore.secretProperties" -}}
{{- with .Values.objectStore.s3 }}
{{- if .existingSecret }}
spark.hadoop.fs.s3a.access.key: { name: {{ .existingSecret }}, key: {{ quote .accessKeyKey }} }
spark.hadoop.fs.s3a.secret.key: { name: {{ .existingSecret }}, key: {{ quote .secretKeyKey }} }
{{- end }}
{{- end }}
{{- with .Values.objectStore.azure }}
{{- if .existingSecret }}
{{- $property := empty .clientId | ternary "account.key" "account.oauth2.client.secret" }}
spark.hadoop.fs.azure.{{ $property }}.{{ .account }}.dfs.core.windows.net: { name: {{ .existingSecret }}, key: {{ quote .existingSecretKey }} }
{{- end }}
{{- end }}
{{- end }}

{{/* True when something is to be read that Spark's own image has no jars for. */}}
{{- define "spark-history-server-4-0.objectStore.needsJars" -}}
{{- with .Values.objectStore -}}
{{- or .s3.endpoint .s3.existingSecret .s3.workloadIdentity .gcs.existingSecret .azure.account (regexMatch "^(s3a|gs|abfss?):" $.Values.eventLog.directory) | empty | ternary "" true -}}
{{- end -}}
{{- end }}

{{/* Labels of pods: by this one Azure gives them a token. */}}
{{- define "spark-history-server-4-0.objectStore.podLabels" -}}
{{- if .Values.objectStore.azure.workloadIdentity }}
azure.workload.identity/use: "true"
{{- end }}
{{- end }}
