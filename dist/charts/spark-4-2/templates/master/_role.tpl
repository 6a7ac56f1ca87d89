{{/* Label of the active one of several masters, with the value active; the Service selects it. */}}
{{- define "spark-4-2.master.roleLabel" -}}
spark-charts.github.io/role
{{- end }}

{{/* Container that labels its pod while the master is the active one: neither probes nor Spark depend on it. */}}
{{- define "spark-4-2.master.roleContainer" -}}
- name: role
  image: {{ include "spark-4-2.image" . }}
  imagePullPolicy: {{ .Values.image.pullPolicy }}
  command: [tini, -s, --, bash, -uc]
  args:
    - |
      api=/var/run/secrets/kubernetes.io/serviceaccount
      pod=https://kubernetes.default.svc/api/v1/namespaces/$POD_NAMESPACE/pods/$POD_NAME
      told=
      while true; do
        role=null
        # A master that is still recovering leads already.
        if wget -q -T 5 -t 1 -O - http://localhost:8080/json/ | grep -qE '"status" : "(ALIVE|RECOVERING|COMPLETING_RECOVERY)"'; then
          role='"active"'
        fi
        # wget takes the token from a file, for command lines can be read; printf is the shell's own.
        if [ "$role" != "$told" ] && printf 'header = Authorization: Bearer %s\n' "$(cat $api/token)" > /tmp/wgetrc &&
          wget -nv -T 10 -t 1 -O /dev/null --config /tmp/wgetrc --ca-certificate $api/ca.crt --method PATCH \
          --header 'Content-Type: application/merge-patch+json' \
          --body-data '{ "metadata": { "labels": { "{{ include "spark-4-2.master.roleLabel" . }}": '$role' } } }' "$pod"; then
          told=$role
          echo "role: $role"
        fi
        sleep 3
      done
  env:
    - name: POD_NAME
      valueFrom:
        fieldRef:
          fieldPath: metadata.name
    - name: POD_NAMESPACE
      valueFrom:
        fieldRef:
          fieldPath: metadata.namespace
  resources:
    requests: { cpu: 10m, memory: 32Mi }
    limits: { memory: 64Mi }
  {{- with .Values.master.containerSecurityContext }}
  securityContext: {{- toYaml . | nindent 4 }}
  {{- end }}
  volumeMounts:
    - name: api-access
      mountPath: /var/run/secrets/kubernetes.io/serviceaccount
      readOnly: true
    - name: api-request
      mountPath: /tmp
{{- end }}

{{/* Volumes with the right to label the pod, for that container alone. */}}
{{- define "spark-4-2.master.roleVolumes" -}}
- name: api-access
  projected:
    sources:
      - serviceAccountToken:
          path: token
          expirationSeconds: 3600
      - configMap:
          name: kube-root-ca.crt
          items:
            - key: ca.crt
              path: ca.crt
- name: api-request
  emptyDir: { medium: Memory, sizeLimit: 1Mi }
{{- end }}
