import type { ChartReference, HelmEngine, RenderOptions } from '../helm/engine.ts';
import { readSchemaErrors } from '../helm/schema-errors.ts';

/** What becomes of a chart with some values. */
export type Outcome =
  | { type: 'output'; text: string }
  /** A template refuses the values, with a message. */
  | { type: 'refusal'; text: string }
  /** The values break values.schema.json, so no template sees them. */
  | { type: 'invalid' };

export type Renderer = (options: RenderOptions) => Promise<Outcome>;

/** Renders a chart, the same options once only. */
export function createRenderer(
  engine: HelmEngine,
  chart: ChartReference & { files: ReadonlyMap<string, string> },
): Renderer {
  const known = new Map<string, Promise<Outcome>>();
  const times = isRandom(chart.files) ? 2 : 1;
  return (options) => {
    const key = JSON.stringify(options);
    const outcome = known.get(key) ?? render(engine, chart, options, times);
    known.set(key, outcome);
    return outcome;
  };
}

async function render(
  engine: HelmEngine,
  chart: ChartReference,
  options: RenderOptions,
  times: number,
): Promise<Outcome> {
  const { path, digest } = chart;
  const renderings = await Promise.all(
    Array.from({ length: times }, () => engine.render({ path, digest }, options)),
  );
  const outcomes = renderings.map((rendering): Outcome => {
    if (rendering.ok)
      return { type: 'output', text: `${rendering.manifests}\n${rendering.notes ?? ''}` };
    return readSchemaErrors(rendering.message)
      ? { type: 'invalid' }
      : { type: 'refusal', text: rendering.message };
  });
  return outcomes.reduce(withoutDifferences);
}

/** Functions of Helm whose results are other ones each time. */
const RANDOM =
  /\b(?:rand[A-Z]\w+|gen(?:CA|PrivateKey|SelfSigned|Signed)\w*|uuidv4|shuffle|now|ago|htpasswd|bcrypt|encryptAES)\b/;

function isRandom(files: ReadonlyMap<string, string>): boolean {
  return [...files].some(
    ([path, text]) =>
      /(?:^|\/)templates\//.test(path) &&
      text.split('{{').some((action) => RANDOM.test(action.split('}}', 1)[0] ?? '')),
  );
}

/** The lines of an outcome that another one of the same values has as well. */
function withoutDifferences(outcome: Outcome, other: Outcome): Outcome {
  if (outcome.type !== 'output' || other.type !== 'output') return outcome;
  const lines = new Set(other.text.split('\n'));
  const same = outcome.text.split('\n').filter((line) => lines.has(line));
  return { type: 'output', text: same.join('\n') };
}
