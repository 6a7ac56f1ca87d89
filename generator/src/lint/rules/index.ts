import type { Rule } from '../rule.ts';
import { autoscaledReplicas } from './autoscaled-replicas.ts';
import { blockingBudget } from './blocking-budget.ts';
import { clusterWideRbac } from './cluster-wide-rbac.ts';
import { crdInTemplates } from './crd-in-templates.ts';
import { crdTemplateAction } from './crd-template-action.ts';
import { defaultPassword } from './default-password.ts';
import { defaultsFailSchema } from './defaults-fail-schema.ts';
import { dependencyInClear } from './dependency-in-clear.ts';
import { duplicateListEntry } from './duplicate-list-entry.ts';
import { duplicateObject } from './duplicate-object.ts';
import { escalatingRbac } from './escalating-rbac.ts';
import { goFormatText } from './go-format-text.ts';
import { hookAnnotation } from './hook-annotation.ts';
import { hookDeletePolicy } from './hook-delete-policy.ts';
import { hostPath } from './host-path.ts';
import { imageTag } from './image-tag.ts';
import { immutableField } from './immutable-field.ts';
import { kubeVersionPreRelease } from './kube-version-pre-release.ts';
import {
  kubernetesApiDeprecated,
  kubernetesApiRemoved,
  kubernetesApiTooNew,
} from './kubernetes-api-versions.ts';
import {
  kubernetesInvalidValue,
  kubernetesMissingField,
  kubernetesUnknownField,
  kubernetesWrongType,
} from './kubernetes-fields.ts';
import { kubernetesUncheckedKind, kubernetesUnknownKind } from './kubernetes-kinds.ts';
import { kubernetesUnknownVersion } from './kubernetes-unknown-version.ts';
import { longName } from './long-name.ts';
import { lookupWithoutFallback } from './lookup-without-fallback.ts';
import { missingProbe } from './missing-probe.ts';
import { missingReference } from './missing-reference.ts';
import { missingResources } from './missing-resources.ts';
import { numericReleaseName } from './numeric-release-name.ts';
import { podSecurity } from './pod-security.ts';
import { recommendedLabels } from './recommended-labels.ts';
import { renderedYaml } from './rendered-yaml.ts';
import { schemaValueWithoutDefault } from './schema-value-without-default.ts';
import { secretInClear } from './secret-in-clear.ts';
import { selectorMismatch } from './selector-mismatch.ts';
import { selectorVersionLabel } from './selector-version-label.ts';
import { selectorWithoutTarget } from './selector-without-target.ts';
import { serviceAccountToken } from './service-account-token.ts';
import { servicePortMismatch } from './service-port-mismatch.ts';
import { unknownPortName } from './unknown-port-name.ts';
import { unknownValue } from './unknown-value.ts';
import { unservedContainerPort } from './unserved-container-port.ts';
import { unusedTemplate } from './unused-template.ts';
import { unusedValue } from './unused-value.ts';
import { valueNotInSchema } from './value-not-in-schema.ts';
import { volumeMount } from './volume-mount.ts';
import { wildcardRbac } from './wildcard-rbac.ts';

/** Every rule, in the order of the documentation. */
export const RULES: readonly Rule[] = [
  renderedYaml,
  goFormatText,
  duplicateObject,
  kubernetesUnknownField,
  kubernetesMissingField,
  kubernetesWrongType,
  kubernetesInvalidValue,
  kubernetesApiRemoved,
  kubernetesApiDeprecated,
  kubernetesApiTooNew,
  kubernetesUnknownKind,
  kubernetesUncheckedKind,
  kubernetesUnknownVersion,
  selectorMismatch,
  selectorWithoutTarget,
  selectorVersionLabel,
  servicePortMismatch,
  unknownPortName,
  unservedContainerPort,
  missingReference,
  volumeMount,
  immutableField,
  longName,
  numericReleaseName,
  recommendedLabels,
  autoscaledReplicas,
  blockingBudget,
  missingProbe,
  missingResources,
  podSecurity,
  hostPath,
  imageTag,
  duplicateListEntry,
  serviceAccountToken,
  defaultPassword,
  secretInClear,
  clusterWideRbac,
  wildcardRbac,
  escalatingRbac,
  hookDeletePolicy,
  hookAnnotation,
  crdInTemplates,
  crdTemplateAction,
  unknownValue,
  unusedValue,
  valueNotInSchema,
  schemaValueWithoutDefault,
  defaultsFailSchema,
  lookupWithoutFallback,
  unusedTemplate,
  kubeVersionPreRelease,
  dependencyInClear,
];
