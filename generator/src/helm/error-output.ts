/** A line that Helm 4 logs, in the format of Go's slog.TextHandler. */
const LOG_LINE = /^level=\S+ msg=("(?:[^"\\]|\\.)*"|\S+)(.*)$/;
/** Where in its own code Helm 3 logs from: `coalesce.go:298: `. */
const HELM_3_ORIGIN = /^(?:\S+ )*\w+\.go:\d+: /;

/** Parts what Helm 3 or 4 prints on standard error into logged warnings and the final error. */
export function readErrorOutput(text: string): { warnings: string[]; message: string } {
  const [log = '', ...rest] = text.split(/^(?=Error: )/m);
  const isError = log.startsWith('Error: ');
  const warnings = (isError ? '' : log)
    .split('\n')
    .filter((line) => /warn/i.test(line))
    .map(plain);
  const message = (isError ? text : rest.join('')).replace(/^Error: /, '').trim();
  return { warnings, message: message === '' ? text.trim() : message };
}

function plain(line: string): string {
  const [, quoted = '', attributes = ''] = LOG_LINE.exec(line) ?? [];
  if (quoted === '') return line.replace(HELM_3_ORIGIN, '');
  return quoted.replace(/^"|"$/g, '').replaceAll(/\\(["\\])/g, '$1') + attributes;
}
