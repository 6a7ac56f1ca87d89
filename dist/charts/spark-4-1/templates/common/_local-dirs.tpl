{{/* Where a disk of localDirs is mounted, by its name. */}}
{{- define "spark-4-1.localDirs.path" -}}
/var/lib/spark/local/{{ . }}
{{- end }}

{{/* The disks of localDirs that were not taken away, with every field, as a map. */}}
{{- define "spark-4-1.localDirs" -}}
{{- $dirs := dict -}}
{{- range $name, $dir := . -}}
{{- if kindIs "map" $dir -}}
{{- $defaults := dict "type" "emptyDir" "size" "" "medium" "" "path" "" "storageClass" "" "accessModes" (list "ReadWriteOnce") -}}
{{- $_ := set $dirs $name (merge dict $dir $defaults) -}}
{{- end -}}
{{- end -}}
{{- toYaml $dirs -}}
{{- end }}

{{/* Volumes of localDirs; persistent ones come from claim templates: {root, localDirs, labels}. */}}
{{- define "spark-4-1.localDirs.volumes" -}}
{{- range $name, $dir := include "spark-4-1.localDirs" .localDirs | fromYaml }}
{{- if ne $dir.type "persistent" }}
- name: local-{{ $name }}
  {{- if eq $dir.type "hostPath" }}
  hostPath: { path: {{ quote $dir.path }}, type: Directory }
  {{- else if eq $dir.type "ephemeral" }}
  ephemeral:
    volumeClaimTemplate:
      metadata:
        labels: {{- $.labels | nindent 10 }}
      spec: {{- include "spark-4-1.localDirs.claim" (dict "root" $.root "dir" $dir) | nindent 8 }}
  {{- else }}
  {{- $emptyDir := dict }}
  {{- with $dir.size }}{{ $_ := set $emptyDir "sizeLimit" . }}{{ end }}
  {{- with $dir.medium }}{{ $_ := set $emptyDir "medium" . }}{{ end }}
  emptyDir: {{- toYaml $emptyDir | nindent 4 }}
  {{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/* Claim templates of a StatefulSet for its persistent localDirs: {root, localDirs, labels}. */}}
{{- define "spark-4-1.localDirs.claimTemplates" -}}
{{- range $name, $dir := include "spark-4-1.localDirs" .localDirs | fromYaml }}
{{- if eq $dir.type "persistent" }}
- apiVersion: v1
  kind: PersistentVolumeClaim
  metadata:
    name: local-{{ $name }}
    labels: {{- $.labels | nindent 6 }}
  spec: {{- include "spark-4-1.localDirs.claim" (dict "root" $.root "dir" $dir) | nindent 4 }}
{{- end }}
{{- end }}
{{- end }}

{{/* What is asked of a volume: {root, dir}. */}}
{{- define "spark-4-1.localDirs.claim" -}}
accessModes: {{- toYaml .dir.accessModes | nindent 2 }}
{{- with .dir.storageClass | default .root.Values.global.storageClass }}
storageClassName: {{ quote . }}
{{- end }}
resources:
  requests:
    storage: {{ .dir.size }}
{{- end }}

{{/* Mounts of localDirs. */}}
{{- define "spark-4-1.localDirs.volumeMounts" -}}
{{- range $name, $dir := include "spark-4-1.localDirs" . | fromYaml }}
- name: local-{{ $name }}
  mountPath: {{ include "spark-4-1.localDirs.path" $name }}
{{- end }}
{{- end }}

{{/* The variable that tells Spark of localDirs, none or a list of one. */}}
{{- define "spark-4-1.localDirs.environment" -}}
{{- $paths := list -}}
{{- range $name, $dir := include "spark-4-1.localDirs" . | fromYaml -}}
{{- $paths = append $paths (include "spark-4-1.localDirs.path" $name) -}}
{{- end -}}
{{- with $paths }}
- name: SPARK_LOCAL_DIRS
  value: {{ join "," . }}
{{- end }}
{{- end }}

{{/* Limits of the emptyDirs of localDirs as a list, empty texts for those without: {localDirs, medium}. */}}
{{- define "spark-4-1.localDirs.limits" -}}
{{- $limits := list -}}
{{- range include "spark-4-1.localDirs" .localDirs | fromYaml -}}
{{- if and (eq .type "emptyDir") (eq .medium $.medium) -}}
{{- $limits = append $limits .size -}}
{{- end -}}
{{- end -}}
{{- toJson $limits -}}
{{- end }}
