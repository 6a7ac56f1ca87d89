import { positionAt } from '../../render/position.ts';
import type { Rule } from '../rule.ts';
import type { UnguardedLookup } from '../values/trace.ts';
import { templateRunOf } from '../values/value-uses.ts';

/** What `lookup` finds, used as if there always were a cluster that has it. */
export const lookupWithoutFallback: Rule = {
  id: 'lookup-without-fallback',
  severity: 'warning',
  summary:
    'A template uses what `lookup` found without providing for nothing being found. Advice for loops.',
  reason:
    '`helm template`, `--dry-run=client` and GitOps tools ask no cluster, so `lookup` gives an empty map; a first install finds nothing either.',
  remedy: 'Put `if` or `with` around the use, or give what is missing a default.',
  source:
    'https://helm.sh/docs/chart_template_guide/functions_and_pipelines/#using-the-lookup-function',
  chart(chart) {
    const { lookups } = templateRunOf(chart).trace;
    const distinct = new Map(lookups.map((lookup) => [JSON.stringify(lookup), lookup]));
    return [...distinct.values()]
      .filter(({ file }) => file.startsWith('templates/'))
      .map(({ use, file, offset }) => ({
        ...WORDS[use],
        place: { file, ...positionAt(chart.files.get(file) ?? '', offset) },
      }));
  },
};

const WORDS = {
  field: { message: 'uses a part of what lookup found, though it may have found nothing' },
  range: {
    message: 'loops over what lookup found, which is nothing without a cluster',
    severity: 'info',
    hint: 'Add an `else` for when nothing is found, or make sure that nothing is fine.',
  },
} as const satisfies Record<UnguardedLookup['use'], object>;
