import { parseVersion } from '../../archive/version.ts';
import {
  excerptOf,
  headingAt,
  linkDefinitions,
  type MarkdownLine,
  markdownLines,
} from './markdown.ts';

/** Whose notes of which versions are wanted. */
export interface NotesRange {
  chart: string;
  version: string;
  /** The version before the first one that is wanted; only `version` where absent. */
  from?: string | undefined;
}

interface Section {
  version: string;
  heading: readonly MarkdownLine[];
  body: readonly MarkdownLine[];
}

/** The version that a heading begins with: `[1.2.3] - 2026-01-01`, `v1.2.3`, `Release 1.2.3`, `spark-1.2.3`. */
function versionIn(heading: string, chart: string): string | undefined {
  const text = heading.replace(/^[[*_`]+/, '');
  const word = [chart, 'release', 'version'].find((prefix) =>
    text.toLowerCase().startsWith(prefix.toLowerCase()),
  );
  const rest = word === undefined ? text : text.slice(word.length).replace(/^[\s@:/-]+/, '');
  const found = /^v?\d+\.\d+\.\d+[\w.+-]*/i.exec(rest)?.[0].replace(/[.-]+$/, '');
  return found !== undefined && parseVersion(found) ? found.replace(/^v/i, '') : undefined;
}

/**
 * A section goes to the next version, or to a heading that is not below its own: tools that write
 * change logs give patch versions deeper headings than others.
 */
function readSections(lines: readonly MarkdownLine[], chart: string): Section[] {
  const sections: Section[] = [];
  let open: { version: string; level: number; start: number; bodyStart: number } | undefined;
  const close = (end: number) => {
    if (!open) return;
    const { version, start, bodyStart } = open;
    sections.push({
      version,
      heading: lines.slice(start, bodyStart),
      body: lines.slice(bodyStart, end),
    });
    open = undefined;
  };
  for (let position = 0; position < lines.length; position++) {
    const heading = headingAt(lines, position);
    if (!heading) continue;
    const { level, text, lines: height } = heading;
    const version = level <= 3 ? versionIn(text, chart) : undefined;
    if (version !== undefined || (open && level <= open.level)) close(position);
    if (version !== undefined)
      open = { version, level, start: position, bodyStart: position + height };
    position += height - 1;
  }
  close(lines.length);
  return sections;
}

/** Build metadata counts. */
function isSame(a: string, b: string): boolean {
  const [left, right] = [parseVersion(a), parseVersion(b)];
  return left && right ? left.compare(right) === 0 && left.compareBuild(right) === 0 : false;
}

function isBetween(version: string, after: string, upTo: string): boolean {
  const [found, first, last] = [version, after, upTo].map(parseVersion);
  return found && first && last ? found.compare(first) > 0 && found.compare(last) <= 0 : false;
}

/**
 * What a change log (https://keepachangelog.com and its kin) says of a version, or of all versions
 * after another one, with their headings. Undefined where it says nothing of the version itself.
 */
export function notesInChangelog(
  text: string,
  { chart, version, from }: NotesRange,
): string | undefined {
  const lines = markdownLines(text);
  const definitions = linkDefinitions(lines);
  const sections = readSections(lines, chart);
  const own = sections.find((section) => isSame(section.version, version));
  const body = own && excerptOf(own.body, definitions);
  if (own === undefined || body === undefined || body === '') return undefined;
  if (from === undefined) return body;
  const wanted = sections.filter((section) => isBetween(section.version, from, version));
  if (wanted.length <= 1) return body;
  const all = wanted.flatMap(({ heading, body: below }) => [...heading, ...below]);
  return excerptOf(all, definitions);
}
