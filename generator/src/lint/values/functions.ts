import { any, first, last, opaque, predicate, type Call, type Implementation } from './call.ts';
import { append, dict, dig, element, keys, list, merge, part, pluck, set } from './collections.ts';
import { GAP, isFromCluster, ofEach, oneOf, UNKNOWN, type Alternatives } from './known.ts';
import { formatText } from './text-functions.ts';
import { consume } from './trace.ts';

const include: Implementation = (call) => {
  const [names = UNKNOWN, argument = UNKNOWN] = call.values;
  return ofEach(names, (known) => {
    const name = known.type === 'text' ? known.text : GAP;
    return call.frame.include(name, argument, call.frame) ?? opaque(call);
  });
};

const tpl: Implementation = (call) => {
  const [texts = UNKNOWN, argument = UNKNOWN] = call.values;
  consume(call.frame.trace, texts);
  for (const known of texts) {
    if (known.type !== 'text') continue;
    if (known.text.includes(GAP)) call.frame.trace.isOpaque ||= known.text.includes('{{');
    else call.frame.interpret(known.text, argument, call.frame);
  }
  return predicate(call);
};

const lookup: Implementation = (call) => {
  call.frame.trace.questions += 1;
  opaque(call);
  return [{ type: 'cluster', isObject: true }];
};

const print: Implementation = (call) => {
  const result = opaque(call);
  return isFromCluster(result) ? result : [{ type: 'text', text: formatText(call) }];
};

/** By the names that do the same. */
const IMPLEMENTATIONS: readonly (readonly [string, Implementation])[] = [
  ['default coalesce or and concat mustConcat', any],
  ['deepCopy mustDeepCopy unset', first],
  ['first last mustFirst mustLast', element],
  ['append mustAppend push mustPush prepend mustPrepend', append],
  ['merge mustMerge mergeOverwrite mustMergeOverwrite', merge],
  ['empty not kindIs kindOf typeIs typeIsLike typeOf len', predicate],
  ['index get hasKey', part],
  ['list tuple', list],
  ['print printf', print],
  ['required', last],
  ['ternary', ({ values: [yes = UNKNOWN, no = UNKNOWN] }) => oneOf(yes, no)],
  ['values', (call) => [{ type: 'list', items: element(call) }]],
  ['dict', dict],
  ['dig', dig],
  ['include', include],
  ['keys', keys],
  ['lookup', lookup],
  ['pluck', pluck],
  ['set', set],
  ['tpl', tpl],
];

const FUNCTIONS: ReadonlyMap<string, Implementation> = new Map(
  IMPLEMENTATIONS.flatMap(([names, implementation]) =>
    names.split(' ').map((name) => [name, implementation] as const),
  ),
);

/** Functions that take it well when a value is not there. */
const GUARDS: ReadonlySet<string> = new Set(
  'default coalesce or and empty not kindIs kindOf typeIs typeIsLike typeOf hasKey get dig pluck required'.split(
    ' ',
  ),
);

/** Does a function take it well when a value is not there? */
export function isGuard(name: string): boolean {
  return GUARDS.has(name);
}

/** What a function of Helm's templates gives; what it uses is noted. */
export function callFunction(call: Call): Alternatives {
  return (FUNCTIONS.get(call.name) ?? opaque)(call);
}
