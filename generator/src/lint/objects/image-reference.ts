/** What an image reference says of the version. */
export interface ImageReference {
  name: string;
  tag?: string;
  digest?: string;
}

const LABEL = '[a-zA-Z0-9]+(?:-+[a-zA-Z0-9]+)*';
const HOST = `(?:${LABEL}(?:\\.${LABEL})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const PART = '[a-z0-9]+(?:(?:\\.|__?|-+)[a-z0-9]+)*';
const TAG = '\\w[\\w.-]{0,127}';
const DIGEST = '[a-zA-Z][a-zA-Z0-9]*(?:[-_+.][a-zA-Z][a-zA-Z0-9]*)*:[a-fA-F0-9]{32,}';

/** The grammar of https://pkg.go.dev/github.com/distribution/reference, which the kubelet uses. */
const REFERENCE = new RegExp(
  `^(?<name>(?:${HOST}/)?${PART}(?:/${PART})*)(?::(?<tag>${TAG}))?(?:@(?<digest>${DIGEST}))?$`,
);

/** The longest name that registries take. */
const LONGEST_NAME = 255;

/** Reads an image reference; undefined for what is none. */
export function readImageReference(text: string): ImageReference | undefined {
  const { name, tag, digest } = REFERENCE.exec(text)?.groups ?? {};
  if (name === undefined || name.length > LONGEST_NAME) return undefined;
  return { name, ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) };
}
