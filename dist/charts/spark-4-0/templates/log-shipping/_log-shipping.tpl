{{/* Configuration of Fluent Bit, as an entry of the worker's ConfigMap. */}}
{{- define "spark-4-0.logShipping.configuration" -}}
{{- if .Values.logShipping.enabled -}}
{{- $files := list "/opt/spark/work/app-*/*/stdout" "/opt/spark/work/app-*/*/stderr" "/opt/spark/work/driver-*/stdout" "/opt/spark/work/driver-*/stderr" -}}
{{- $input := dict "name" "tail" "tag" "spark" "path" (join "," $files) "path_key" "file" "db" "/var/lib/fluent-bit/positions.db" "read_from_head" true "refresh_interval" 5 -}}
{{- $pod := dict "name" "record_modifier" "match" "*" "record" (list "pod ${POD_NAME}") -}}
{{- $filters := concat (list $pod) (.Values.logShipping.filters | default list) -}}
{{- $pipeline := dict "inputs" (list $input) "filters" $filters "outputs" .Values.logShipping.outputs -}}
fluent-bit.yaml: |
  {{- toYaml (dict "service" (dict "flush" 1 "log_level" "warn") "pipeline" $pipeline) | nindent 2 }}
{{- end -}}
{{- end }}

{{/* Fluent Bit beside a worker: it starts before and ends after the worker, whose last lines it so reads. */}}
{{- define "spark-4-0.logShipping.container" -}}
{{- if .Values.logShipping.enabled }}
- name: log-shipping
  image: {{ include "spark-4-0.imageReference" (dict "root" . "image" .Values.logShipping.image) }}
  imagePullPolicy: {{ .Values.logShipping.image.pullPolicy }}
  restartPolicy: Always
  args: [--config=/etc/fluent-bit/fluent-bit.yaml]
  env:
    - name: POD_NAME
      valueFrom:
        fieldRef:
          fieldPath: metadata.name
  {{- with .Values.logShipping.envFrom }}
  envFrom: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.logShipping.resources }}
  resources: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.worker.containerSecurityContext }}
  securityContext: {{- toYaml . | nindent 4 }}
  {{- end }}
  volumeMounts:
    - name: log-shipping-configuration
      mountPath: /etc/fluent-bit
      readOnly: true
    - name: log-shipping
      mountPath: /var/lib/fluent-bit
    - name: work
      mountPath: /opt/spark/work
      readOnly: true
{{- end }}
{{- end }}

{{/* Volumes of Fluent Bit: {root, configMap}. */}}
{{- define "spark-4-0.logShipping.volumes" -}}
{{- if .root.Values.logShipping.enabled }}
- name: log-shipping-configuration
  configMap:
    name: {{ .configMap }}
    items: [{ key: fluent-bit.yaml, path: fluent-bit.yaml }]
- name: log-shipping
  emptyDir: { sizeLimit: 64Mi }
{{- end }}
{{- end }}
