import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { withTemporaryDirectory } from '../files/temporary.ts';
import type { Progress } from '../progress.ts';
import type { RenderOptions } from './engine.ts';
import { readErrorOutput } from './error-output.ts';
import { findTool } from './find.ts';
import { run, type RunOptions, type RunResult } from '../process.ts';

/** Helm, or a tool that brings Helm's code with it, in a home of its own. */
export interface Helm {
  /** The program. */
  path: string;
  /** Environment without the user's repositories, plugins, registries and cluster. */
  environment: NodeJS.ProcessEnv;
}

/** What `helm template` and `helm lint` are told about values and cluster. */
export interface ChartOptions {
  /** Later files win. */
  valuesFiles?: readonly string[];
  /** `1.31` or `1.31.2`; the one Helm was built for where absent. */
  kubeVersion?: string;
  namespace?: string;
}

/** Manifests and what NOTES.txt says, or what Helm says in refusing; and what it warns of. */
export type Rendering = { warnings: string[] } & (
  { ok: true; manifests: string; notes?: string } | { ok: false; message: string }
);

/**
 * Finds Helm (see {@link findTool} for what it throws) and gives it an empty home, which is
 * removed when `use` is done.
 */
export async function withHelm<T>(
  name: 'helm-4' | 'helm-3' | 'helm-unittest',
  progress: Progress,
  use: (helm: Helm) => Promise<T>,
): Promise<T> {
  const path = await findTool(name, progress);
  return withHelmHome((environment) => use({ path, environment }));
}

/** Runs `use` with the environment of a new and empty home of Helm, which is removed afterwards. */
export function withHelmHome<T>(use: (environment: NodeJS.ProcessEnv) => Promise<T>): Promise<T> {
  return withTemporaryDirectory(async (home) => {
    const kubeconfig = join(home, 'kubeconfig');
    // Helm warns of a file that is not there.
    await writeFile(kubeconfig, '', { mode: 0o600 });
    const others = Object.entries(process.env).filter(([key]) => !key.startsWith('HELM_'));
    return use({
      ...Object.fromEntries(others),
      HELM_CACHE_HOME: join(home, 'cache'),
      HELM_CONFIG_HOME: join(home, 'config'),
      HELM_DATA_HOME: join(home, 'data'),
      KUBECONFIG: kubeconfig,
      // What a process that is killed leaves behind.
      TMPDIR: home,
    });
  });
}

/** Runs Helm in its home; see {@link run} for the result and what it throws. */
export function runHelm(
  helm: Helm,
  args: readonly string[],
  options: Omit<RunOptions, 'environment'> = {},
): Promise<RunResult> {
  return run(helm.path, args, { ...options, environment: helm.environment });
}

/** `helm template` of a chart's folder or archive. */
export async function renderChart(
  helm: Helm,
  chart: string,
  options: ChartOptions & Pick<RenderOptions, 'releaseName' | 'values'> = {},
  run: Omit<RunOptions, 'environment'> = {},
): Promise<Rendering> {
  const release = options.releaseName ?? 'release';
  const args = ['template', release, resolve(chart), '--include-crds', ...chartFlags(options)];
  const { exitCode, stdout, stderr } = await runHelm(helm, args, run);
  const { warnings, message } = readErrorOutput(stderr);
  return exitCode === 0
    ? { ok: true, warnings, manifests: stdout }
    : { ok: false, warnings, message };
}

/** The flags that `helm template` and `helm lint` share. */
export function chartFlags(options: ChartOptions & Pick<RenderOptions, 'values'>): string[] {
  const { valuesFiles = [], values, kubeVersion, namespace } = options;
  return [
    // Without it Helm asks the kubeconfig for the namespace.
    `--namespace=${namespace ?? 'default'}`,
    ...(kubeVersion === undefined ? [] : [`--kube-version=${kubeVersion}`]),
    ...valuesFiles.map((file) => `--values=${csvField(resolve(file))}`),
    ...(values === undefined ? [] : [`--set-json=${JSON.stringify(values)}`]),
  ];
}

/** Helm reads `--values` as comma-separated fields. */
function csvField(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
