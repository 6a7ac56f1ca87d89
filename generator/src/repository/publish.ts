import type { ChartArchive } from '../archive/archive.ts';
import { attemptAll } from '../attempt-all.ts';
import { UserError } from '../errors.ts';
import type { Progress } from '../progress.ts';
import { openStore, type StoreOptions } from './open-store.ts';
import type { PublishPlan, Store } from './store.ts';
import { assertSamePlan, type StoredPlan } from './stored-plan.ts';

const REGISTRY = /^oci:/i;
const BRANCH = /^(?:git\+|github:)/i;
const SERVER = /^(?:oci|chartmuseum\+https?):/i;

/** What was, or would be, done at a target. */
export interface TargetPlan extends PublishPlan {
  target: string;
}

export interface PublishOptions extends StoreOptions {
  /** Only plan. */
  dryRun?: boolean;
  /** Publish only where this is still what there is to do. */
  plan?: StoredPlan;
  progress: Progress;
}

/** Refuses what would be passed over in silence, and a login that could reach another server than its own. */
function assertOptions(targets: readonly string[], options: StoreOptions): void {
  const { credentials, caFile, plainHttp, artifactHub, sboms, pullRequest } = options;
  const servers = targets.filter((target) => SERVER.test(target)).length;
  const registries = targets.filter((target) => REGISTRY.test(target)).length;
  const unused = [
    servers === 0 && credentials && '--username',
    servers === 0 && caFile !== undefined && '--ca-file',
    registries === 0 && plainHttp === true && '--plain-http',
    registries === 0 && artifactHub && '--artifact-hub',
    registries === 0 && sboms && '--sbom',
    pullRequest === true && !targets.some((target) => BRANCH.test(target)) && '--pull-request',
  ].find((flag) => typeof flag === 'string');
  if (unused !== undefined)
    throw new UserError('USAGE', `no target takes ${unused}`, {
      next: 'Leave it out, or name a target that takes it: a registry (oci://), a server of charts, or for --pull-request a branch. Git has settings of its own.',
    });
  if (credentials && servers > 1)
    throw new UserError(
      'USAGE',
      `--username is the login for one server, and ${servers} targets take one`,
      {
        next: 'Publish to that server on its own; git and registries find logins by themselves.',
      },
    );
}

/** A target, and the place that it names. */
interface OpenTarget {
  target: string;
  store: Store;
}

/** A failure that names the target it is about. */
function failureAt(target: string, error: unknown): unknown {
  if (!(error instanceof UserError)) return error;
  const { code, message, problems, next } = error;
  return new UserError(code, `${target}: ${message}`, {
    problems: problems.map((problem) => ({ ...problem, message: `${target}: ${problem.message}` })),
    ...(next !== undefined && { next }),
    cause: error,
  });
}

/** Does something at each target; of several, a failure says at which. */
function atEach(
  targets: readonly OpenTarget[],
  work: (target: OpenTarget) => Promise<PublishPlan>,
): Promise<TargetPlan[]> {
  const attempt = async (open: OpenTarget) => {
    try {
      return { target: open.target, ...(await work(open)) };
    } catch (error) {
      throw targets.length === 1 ? error : failureAt(open.target, error);
    }
  };
  return attemptAll(
    targets,
    attempt,
    (failures) => `${failures} of ${targets.length} targets failed`,
  );
}

/**
 * Publishes to one target or several. All are planned before any is changed, so that a version that
 * one of them has with other bytes stops the others too; after that a target that fails does not
 * keep the rest from being published to.
 * @param targets as {@link openStore} takes them.
 * @throws UserError PLAN_OUTDATED; of the stores; of several failures the code of the first.
 */
export async function publishTo(
  targets: readonly string[],
  archives: readonly ChartArchive[],
  { dryRun = false, plan: stored, progress, ...options }: PublishOptions,
): Promise<TargetPlan[]> {
  const unique = [...new Set(targets)];
  assertOptions(unique, options);
  const stores = await Promise.all(
    unique.map(async (target) => ({ target, store: await openStore(target, options) })),
  );
  if (dryRun || stored || stores.length > 1) {
    const plans = await atEach(stores, ({ target, store }) => {
      progress(`looking at ${target}`);
      return store.plan(archives);
    });
    if (stored) assertSamePlan(stored, plans);
    if (dryRun) return plans;
  }
  return atEach(stores, async ({ target, store }) => {
    const plan = await store.publish(archives, progress);
    // Where another target fails nothing else says that this one is done.
    if (stores.length > 1) progress(`published to ${target}`);
    return plan;
  });
}
