/** What XML 1.0 cannot hold, escaped or not (https://www.w3.org/TR/xml/#charsets). */
const NO_CHARACTER = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

/** An element on lines of its own; undefined attributes are left out, no content closes it at once. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  content: readonly string[] = [],
): string {
  const listed = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escape(String(value), /[&<>"\n\r\t]/g)}"`)
    .join('');
  if (content.length === 0) return `<${name}${listed}/>`;
  return `<${name}${listed}>\n${content.join('\n')}\n</${name}>`;
}

/** Text between two tags; what cannot be in XML is left out. */
export function escapeText(text: string): string {
  return escape(text, /[&<>\r]/g);
}

function escape(text: string, special: RegExp): string {
  return text
    .replaceAll(NO_CHARACTER, '')
    .replaceAll(special, (character) => ENTITIES[character] ?? '');
}
