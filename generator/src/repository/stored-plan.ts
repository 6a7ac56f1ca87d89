import { type Problem, UserError } from '../errors.ts';
import { readNamed } from '../files/read.ts';
import { isMapping, jsonObject, textField } from '../json-object.ts';
import type { TargetPlan } from './publish.ts';

/** What is to happen at a target: a line a step, in any order. */
interface TargetSteps {
  target: string;
  steps: ReadonlySet<string>;
}

/** A plan that `publish --dry-run --json` has printed. */
export interface StoredPlan {
  file: string;
  targets: TargetSteps[];
}

const VERSION_LISTS = ['uploads', 'additions', 'overwrites', 'unchanged'];
const FILE_LISTS = ['provenance', 'sboms'];

/** Times and warnings are left out: they differ from one look to the next. */
function stepsOf(plan: Record<string, unknown>): Set<string> {
  const steps = new Set<string>();
  for (const list of VERSION_LISTS)
    for (const version of items(plan, list))
      if (isMapping(version)) {
        const [name, text, digest, replaces] = ['name', 'version', 'digest', 'replaces'].map(
          (field) => textField(version, field),
        );
        const place = list === 'overwrites' ? ` in place of sha256:${replaces}` : '';
        steps.add(`${list}: ${name} ${text} sha256:${digest}${place}`);
      }
  for (const list of FILE_LISTS)
    for (const file of items(plan, list))
      if (typeof file === 'string') steps.add(`${list}: ${file}`);
  return steps;
}

function items(object: Record<string, unknown>, name: string): readonly unknown[] {
  const value = Object.hasOwn(object, name) ? object[name] : undefined;
  return Array.isArray(value) ? value : [];
}

/**
 * Reads a plan from a file.
 * @throws UserError USAGE where the file holds none, FILE_SYSTEM
 */
export async function readStoredPlan(file: string): Promise<StoredPlan> {
  const document = jsonObject(await readNamed(file));
  const plans = (document ? items(document, 'targets') : []).filter(isMapping);
  const targets = plans.map((plan) => ({
    target: textField(plan, 'target'),
    steps: stepsOf(plan),
  }));
  if (targets.length > 0 && targets.every(({ target }) => target !== '')) return { file, targets };
  throw new UserError('USAGE', `${file} holds no plan`, {
    next: 'Make one: spark-charts publish … --dry-run --json > FILE.',
  });
}

function differences(stored: TargetSteps, current: TargetSteps): Problem[] {
  const gone = [...stored.steps].filter((step) => !current.steps.has(step));
  const come = [...current.steps].filter((step) => !stored.steps.has(step));
  return [
    ...gone.map((step) => `in the plan only: ${step}`),
    ...come.map((step) => `not in the plan: ${step}`),
  ].map((message) => ({ message: `${stored.target}: ${message}` }));
}

/**
 * Refuses to go on where a stored plan is not what would be done now.
 * @param plans for the targets of the stored plan, in its order.
 * @throws UserError PLAN_OUTDATED with every difference.
 */
export function assertSamePlan({ file, targets }: StoredPlan, plans: readonly TargetPlan[]): void {
  const current = new Map(plans.map((plan) => [plan.target, stepsOf({ ...plan })]));
  const problems = targets.flatMap((stored) =>
    differences(stored, { target: stored.target, steps: current.get(stored.target) ?? new Set() }),
  );
  if (problems.length > 0)
    throw new UserError('PLAN_OUTDATED', `${file} is not what would be done now`, {
      problems,
      next: 'Nothing was published. Look at the differences, then make a new plan with --dry-run --json.',
    });
}
