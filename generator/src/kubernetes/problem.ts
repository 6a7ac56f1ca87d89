/** What can be wrong with an object. */
export type SchemaProblemKind =
  /** A field that its type does not have. */
  | 'unknown-field'
  | 'missing-field'
  | 'wrong-type'
  /** The right type, but a value that is not allowed. */
  | 'invalid-value'
  /** No version of Kubernetes has the kind, though the API group is one of its own. */
  | 'unknown-kind'
  /** Nothing is known of the kind: its fields are not checked. */
  | 'unchecked-kind'
  | 'api-removed'
  | 'api-deprecated'
  /** Only later versions of Kubernetes have it. */
  | 'api-too-new';

export type Path = readonly (string | number)[];

/** One mistake in an object. */
export interface SchemaProblem {
  kind: SchemaProblemKind;
  /** Where in the object; of a missing field, where it would be. */
  path: Path;
  message: string;
  /** What to do. */
  hint?: string;
}
