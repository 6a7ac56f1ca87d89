import type { Finding } from './finding.ts';

type Place = Pick<Finding, 'file' | 'line' | 'column' | 'message'>;

/** `demo/templates/a.yaml:6:15`, `demo/charts/sub/templates/a.yaml:1` in Go's template errors. */
const TEMPLATE_PLACE =
  /(?:^|[\s("])[^\s/"():]+\/((?:charts\/[^\s/"():]+\/)*templates\/[^\s"():]+):(\d+)(?::(\d+))?/;
/** `YAML parse error on demo/templates/a.yaml: …` of the renderer. */
const YAML_ERROR = /^YAML parse error on [^\s/]+\/([^\s:]+): /;
/** Of a values file that is no YAML; Helm names it by its path on this machine. */
const VALUES_ERROR = /^failed to parse (?:.*\/)?([^/\n]+-values\.yaml): (.*)$/s;

/**
 * Finds the place in the chart that a message of Helm 3 or 4 speaks of, and makes what
 * `helm lint` and `helm template` say of one mistake the same.
 * @param file the place when the message itself has none.
 */
export function readHelmMessage(text: string, file?: string): Place {
  const message = text.replace(/\s*Use --debug flag to render out invalid YAML\s*$/, '').trim();
  const values = VALUES_ERROR.exec(message);
  if (values) return { ...parseErrorPlace(values[2] ?? ''), file: `ci/${values[1] ?? ''}` };
  const yaml = YAML_ERROR.exec(message);
  if (yaml?.[1] !== undefined)
    return { file: yaml[1], message: `invalid YAML: ${message.slice(yaml[0].length)}` };
  const place = TEMPLATE_PLACE.exec(message);
  if (place?.[1] !== undefined) {
    const [, templateFile, line, column] = place;
    // Go counts the bytes before it (text/template, ErrorContext).
    const after = column === undefined ? {} : { column: Number(column) + 1 };
    return { file: templateFile, line: Number(line), ...after, message };
  }
  return {
    ...(file === undefined ? {} : { file }),
    message: message.replace(/^unable to parse YAML: /, 'invalid YAML: '),
  };
}

/** `cannot unmarshal yaml document: … yaml: line 3: mapping values are …` without the line. */
function parseErrorPlace(text: string): Pick<Place, 'line' | 'message'> {
  const line = /\byaml: line (\d+): /.exec(text);
  if (!line) return { message: `invalid YAML: ${text}` };
  const message = `invalid YAML: ${text.slice(line.index + line[0].length)}`;
  return { line: Number(line[1]), message };
}
