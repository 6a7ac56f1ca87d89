import { load, YAMLException } from 'js-yaml';
import { isMapping } from '../json-object.ts';
import { ProvenanceError } from './provenance-error.ts';

/** Helm's mark between the documents; `---` would be escaped in a clear-signed text. */
export const SEPARATOR = '\n...\n';

/**
 * The files that a signed text vouches for, name → `sha256:<hex>`. As with Helm only the document
 * after the first separator is read.
 * @throws ProvenanceError
 */
export function readStatement(text: string): Map<string, string> {
  const [, files = ''] = text.split(SEPARATOR);
  const document = files.trim() === '' ? undefined : parseYaml(files);
  const sums = isMapping(document) ? document.files : undefined;
  if (!isMapping(sums)) throw new ProvenanceError('its provenance file does not name any file');
  return new Map(Object.entries(sums).map(([name, sum]) => [name, String(sum)]));
}

function parseYaml(text: string): unknown {
  try {
    return load(text, { maxAliases: 0 });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    throw new ProvenanceError(
      `the list of files in its provenance file is no YAML: ${error.reason}`,
    );
  }
}
