import { load, YAMLException } from 'js-yaml';
import { isMapping } from '../../json-object.ts';
import type { Json } from '../../model/types.ts';
import type { Misshape } from './helm-shape.ts';

const PREFIX = 'artifacthub.io/';
// https://artifacthub.io/docs/topics/annotations/helm/ and internal/tracker/source/helm/helm.go there.
const CATEGORIES = [
  ...['ai-machine-learning', 'database', 'integration-delivery', 'monitoring-logging'],
  ...['networking', 'security', 'storage', 'streaming-messaging', 'skip-prediction'],
];
const CAPABILITIES = [
  ...['basic install', 'seamless upgrades', 'full lifecycle', 'deep insights', 'auto pilot'],
];
const CHANGE_KINDS = ['added', 'changed', 'deprecated', 'removed', 'fixed', 'security'];

type Rule = (text: string) => string | undefined;

function oneOf(values: readonly string[]): Rule {
  return (text) =>
    values.includes(text.toLowerCase()) ? undefined : `is none of ${values.join(', ')}`;
}

const flag: Rule = (text) =>
  /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(text)
    ? undefined
    : 'is neither true nor false';

/** YAML inside the text; `check` says what is wrong with the data. */
function yaml(check: (data: unknown) => string | undefined): Rule {
  return (text) => {
    try {
      return check(load(text, { json: true }));
    } catch (error) {
      if (error instanceof YAMLException) return `is not YAML: ${error.reason}`;
      throw error;
    }
  };
}

function hasText(item: unknown, field: string): boolean {
  const value = isMapping(item) ? item[field] : undefined;
  return typeof value === 'string' && value !== '';
}

const list = yaml((data) =>
  data === null || Array.isArray(data) ? undefined : 'is no list in YAML',
);

const images = yaml((data) => {
  if (!Array.isArray(data)) return 'is no list in YAML';
  return data.every((item) => hasText(item, 'image')) ? undefined : 'has an item without image';
});

function isChange(change: unknown): boolean {
  const { kind, links } = isMapping(change) ? change : {};
  const isKnown =
    kind === undefined || (typeof kind === 'string' && CHANGE_KINDS.includes(kind.toLowerCase()));
  const areLinks =
    links === undefined ||
    (Array.isArray(links) && links.every((link) => hasText(link, 'name') && hasText(link, 'url')));
  return hasText(change, 'description') && isKnown && areLinks;
}

const changes = yaml((data) => {
  if (!Array.isArray(data)) return 'is no list in YAML';
  const isText = (change: unknown) =>
    !isMapping(change) && !Array.isArray(change) && change != null;
  return data.every(isText) || data.every(isChange)
    ? undefined
    : `must hold only texts, or only mappings with a description and a kind of ${CHANGE_KINDS.join(', ')}`;
});

const signKey = yaml((data) => (hasText(data, 'url') ? undefined : 'has no url'));

const RULES = new Map<string, Rule>([
  ['category', oneOf(CATEGORIES)],
  ['changes', changes],
  ['containsSecurityUpdates', flag],
  ['crds', list],
  ['crdsExamples', list],
  ['images', images],
  ['links', list],
  ['maintainers', list],
  ['operator', flag],
  ['operatorCapabilities', oneOf(CAPABILITIES)],
  ['prerelease', flag],
  ['recommendations', list],
  ['screenshots', list],
  ['signKey', signKey],
]);

/** Annotations for Artifact Hub that make it pass over the version; Helm does not look at them. */
export function annotationProblems(annotations: Json | undefined): Misshape[] {
  if (!isMapping(annotations)) return [];
  return Object.entries(annotations).flatMap(([key, text]) => {
    if (!key.startsWith(PREFIX) || typeof text !== 'string') return [];
    const wrong = RULES.get(key.slice(PREFIX.length))?.(text);
    if (wrong === undefined) return [];
    return [
      { path: `annotations.${key}`, message: `it ${wrong}, Artifact Hub passes over the version` },
    ];
  });
}
