import type { Rule } from '../rule.ts';
import { kubernetesProblems } from './kubernetes-problems.ts';

const SOURCE = 'https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation';

/** A field that the kind does not have. */
export const kubernetesUnknownField: Rule = {
  id: 'kubernetes-unknown-field',
  severity: 'error',
  summary: 'An object has a field that its kind does not have.',
  reason:
    'Strict clients refuse it; others drop it without a word, and what it says has no effect.',
  remedy: 'Mend the spelling or the indentation, or take the field away.',
  source: SOURCE,
  rendering: (rendering) => kubernetesProblems(rendering, 'unknown-field'),
};

/** A required field that is not there. */
export const kubernetesMissingField: Rule = {
  id: 'kubernetes-missing-field',
  severity: 'error',
  summary: 'An object lacks a field that its kind requires.',
  reason: 'Kubernetes refuses the object.',
  remedy: 'Give the field, or require the value that it is made of.',
  source: SOURCE,
  rendering: (rendering) => kubernetesProblems(rendering, 'missing-field'),
};

/** A value of another type than the field's. */
export const kubernetesWrongType: Rule = {
  id: 'kubernetes-wrong-type',
  severity: 'error',
  summary: 'A field has a value of the wrong type, such as a number where text is due.',
  reason: 'Kubernetes refuses the object.',
  remedy: 'Render a value of the type that the field has.',
  source: SOURCE,
  rendering: (rendering) => kubernetesProblems(rendering, 'wrong-type'),
};

/** A value of the right type that is not allowed. */
export const kubernetesInvalidValue: Rule = {
  id: 'kubernetes-invalid-value',
  severity: 'error',
  summary: 'A field has a value that it may not have.',
  reason: 'Kubernetes refuses the object.',
  remedy: 'Use one of the values that are allowed.',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/',
  rendering: (rendering) => kubernetesProblems(rendering, 'invalid-value'),
};
