/** Why a provenance file does not hold; {@link ./verify.ts} says of which archive. */
export class ProvenanceError extends Error {
  override readonly name = 'ProvenanceError';
  /** What to do next, one sentence. */
  readonly next: string;

  constructor(
    message: string,
    next = 'Do not use the archive: get both files again from where they are from.',
    options: ErrorOptions = {},
  ) {
    super(message, options);
    this.next = next;
  }
}
