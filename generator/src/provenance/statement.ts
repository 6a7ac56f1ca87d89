import { blockYaml } from '../emit/yaml.ts';
import type { Json } from '../model/types.ts';
import { SEPARATOR } from './read-statement.ts';
import type { UnsignedArchive } from './types.ts';

/**
 * The text to sign for an archive (pkg/provenance/sign.go, messageBlock): what Chart.yaml says, and
 * the digest of the file.
 */
export function statementOf({ fileName, digest, metadata }: UnsignedArchive): string {
  const files = blockYaml({ files: { [fileName]: `sha256:${digest}` } });
  return `${signableYaml(metadata)}\n${SEPARATOR}${files}\n`;
}

// White space at the end of a line is not signed; the rest ends lines, or is nothing, to some readers.
const UNSAFE = /[ \t]$|[^\P{Cc}\t\n]|[\u2028\u2029\uFEFF]/mu;
// Those of them that JSON leaves as they are.
const UNSAFE_IN_JSON = /[\u007F-\u009F\u2028\u2029\uFEFF]/g;

/** YAML that every reader of a clear-signed text reads the same; JSON, which is YAML too, in need. */
function signableYaml(metadata: Json): string {
  const yaml = blockYaml(metadata);
  if (!UNSAFE.test(yaml)) return yaml;
  return JSON.stringify(metadata, undefined, 2).replaceAll(
    UNSAFE_IN_JSON,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
