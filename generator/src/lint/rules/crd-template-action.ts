import type { TextPlace } from '../locate/rendered-line.ts';
import type { Rule } from '../rule.ts';

const CRD_FILE = /^(?:charts\/[^/]+\/)*crds\/.*\.ya?ml$/;

/** An action that only a template of a chart has; other text in braces belongs to the description. */
const ACTION = /\{\{[^{}]*(?:\.(?:Values|Release|Chart|Capabilities)\b|\binclude\s+["`])/;

const DESCRIPTION = /^([ -]*)["']?description["']?:/;

/** Files in crds/ that are written as templates. */
export const crdTemplateAction: Rule = {
  id: 'crd-template-action',
  severity: 'error',
  summary: 'A file in crds/ has template actions.',
  reason: 'Helm does not render these files: the braces go to the cluster as they are.',
  remedy: 'Write the definition without actions, or move it to templates/.',
  source: 'https://helm.sh/docs/chart_best_practices/custom_resource_definitions/',
  chart({ files }) {
    return [...files]
      .filter(([file]) => CRD_FILE.test(file))
      .flatMap(([file, text]) => {
        const found = firstAction(text.split('\n'));
        if (found === undefined) return [];
        return [
          {
            message: 'Helm does not render crds/, so this action stays',
            place: { file, ...found },
          },
        ];
      });
  },
};

/** Where, from 1, the first action is outside of descriptions, which may well show one. */
function firstAction(lines: readonly string[]): TextPlace | undefined {
  let described: number | undefined;
  for (const [index, line] of lines.entries()) {
    const indent = line.length - line.trimStart().length;
    if (described !== undefined && line.trim() !== '' && indent <= described) described = undefined;
    if (described !== undefined) continue;
    described = DESCRIPTION.exec(line)?.[1]?.length;
    if (described !== undefined) continue;
    const column = line.search(ACTION);
    if (column !== -1) return { line: index + 1, column: column + 1 };
  }
  return undefined;
}
