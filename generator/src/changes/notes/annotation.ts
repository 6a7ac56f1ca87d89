import { load, YAMLException } from 'js-yaml';
import { isMapping } from '../../json-object.ts';
import type { ChartMetadata } from '../../archive/metadata.ts';
import { type Problem, UserError } from '../../errors.ts';
import { annotationProblems } from '../../repository/index-file/artifact-hub.ts';

/** The annotation of Artifact Hub (https://artifacthub.io/docs/topics/annotations/helm/). */
export const CHANGES = 'artifacthub.io/changes';

interface Change {
  kind?: string;
  description: string;
  links?: { name: string; url: string }[];
}

/** In the order of Keep a Changelog; what has no kind comes first. */
const KINDS = ['', 'added', 'changed', 'deprecated', 'removed', 'fixed', 'security'];
/** Enough for any list; a hostile one could make kilobytes into gigabytes. */
const MAX_ALIASES = 50;

function formatChange({ description, links = [] }: Change): string {
  const text = description.trim().replaceAll(/\r?\n/g, '\n  ');
  const list = links.map(({ name, url }) => `[${name}](${url})`).join(', ');
  return `- ${text}${list === '' ? '' : ` (${list})`}`;
}

function formatKind(kind: string, changes: readonly Change[]): string[] {
  const lines = changes
    .filter((change) => (change.kind ?? '').toLowerCase() === kind)
    .map(formatChange);
  if (lines.length === 0) return [];
  const heading = kind === '' ? '' : `### ${kind.charAt(0).toUpperCase()}${kind.slice(1)}\n\n`;
  return [heading + lines.join('\n')];
}

/** @throws YAMLException for more aliases than any list needs. */
function readChanges(text: string): Change[] {
  const items = load(text, { json: true, maxAliases: MAX_ALIASES }) as (Change | string | number)[];
  return items.map((item) => (typeof item === 'object' ? item : { description: String(item) }));
}

/**
 * What a chart says of its own version in the annotation, as Markdown; undefined where it says
 * nothing.
 * @throws UserError CHART_INVALID for what Artifact Hub would not take.
 */
export function notesInAnnotation({ name, annotations }: ChartMetadata): string | undefined {
  const text = isMapping(annotations) ? annotations[CHANGES] : undefined;
  if (typeof text !== 'string') return undefined;
  const invalid = (problem: Problem) =>
    new UserError('CHART_INVALID', `${CHANGES} of ${name} cannot be used`, { problems: [problem] });
  const [problem] = annotationProblems({ [CHANGES]: text });
  if (problem) throw invalid(problem);
  try {
    const changes = readChanges(text);
    const blocks = KINDS.flatMap((kind) => formatKind(kind, changes));
    return blocks.length === 0 ? undefined : blocks.join('\n\n');
  } catch (error) {
    if (error instanceof YAMLException) throw invalid({ message: error.reason });
    throw error;
  }
}
