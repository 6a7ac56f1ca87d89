import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { UserError } from '../errors.ts';
import type { FileSet } from '../fileset/fileset.ts';
import type { Json } from '../model/types.ts';
import { changeChartYaml, readChartFiles, withChartCopy } from './chart-copy.ts';
import type { HelmEngine, RenderOptions } from './engine.ts';
import { readErrorOutput } from './error-output.ts';
import { evaluateInChart, type Evaluation } from './evaluate.ts';
import { renderChart, runHelm, type Helm, type Rendering } from './helm.ts';
import { lintByCommand } from './lint-command.ts';
import type { RunOptions } from '../process.ts';
import { allSchemaErrors, SCHEMA_HEADLINE } from './schema-errors.ts';
import { readChartYaml, templatePaths } from './template-paths.ts';

type Run = Pick<RunOptions, 'signal'>;

/** What `helm template` says of a chart that it has loaded (pkg/cmd/install.go of Helm). */
const REFUSED_WHEN_LOADED =
  /^(?:release name check failed|\S+ charts are not installable|an error occurred while checking for chart dependencies)/;

const NOTES = 'templates/NOTES.txt';

/** An engine by the `helm` command, where ours cannot be built: slower, with the same answers. */
export function commandEngine(helm: Helm): HelmEngine {
  return {
    processes: availableParallelism(),
    isPinned: false,
    async load({ path }, signal) {
      const files = await loadFiles(helm, path, runOf(signal));
      return { ...readChartYaml(files), templates: templatePaths(files) };
    },
    render: ({ path }, options, signal) => render(helm, path, options, runOf(signal)),
    lint: ({ path }, options, signal) => lintByCommand(helm, path, options, runOf(signal)),
    async values({ path }, options, signal) {
      const files = await loadFiles(helm, path, runOf(signal));
      const flags = ['--skip-schema-validation'];
      const answer = await coalesce(helm, files, options, runOf(signal), flags);
      if (!answer.ok) throw invalid(path, answer.message);
      return answer.value as Record<string, Json>;
    },
    async validate({ path }, options, signal) {
      const files = await loadFiles(helm, path, runOf(signal));
      const answer = await coalesce(helm, files, options, runOf(signal));
      if (answer.ok) return [];
      if (!answer.message.startsWith(SCHEMA_HEADLINE)) throw invalid(path, answer.message);
      return allSchemaErrors(answer.message, readChartYaml(files).name);
    },
  };
}

/**
 * The files of a chart, once the command has loaded it.
 * @throws UserError `CHART_INVALID` in the command's words.
 */
async function loadFiles(helm: Helm, chart: string, run: Run): Promise<FileSet> {
  // By its name the release is refused, but not before the chart is loaded.
  const { stderr } = await runHelm(helm, ['template', '-', resolve(chart)], run);
  const { message } = readErrorOutput(stderr);
  if (!REFUSED_WHEN_LOADED.test(message)) throw invalid(chart, message);
  return readChartFiles(chart);
}

async function render(
  helm: Helm,
  chart: string,
  options: RenderOptions,
  run: Run,
): Promise<Rendering> {
  const versions = versionsOf(options);
  const isChanged = Object.keys(versions).length > 0;
  const rendering = isChanged
    ? await withChartCopy(changeChartYaml(await readChartFiles(chart), versions), (copy) =>
        renderChart(helm, copy, options, run),
      )
    : await renderChart(helm, chart, options, run);
  if (!rendering.ok) return rendering;
  const files = changeChartYaml(await readChartFiles(chart), versions);
  // `helm template` does not show them.
  if (!files.has(NOTES)) return { ...rendering, notes: '' };
  const pipeline = 'include (print .Template.BasePath "/NOTES.txt") .';
  const answer = await evaluateInChart(helm, files, pipeline, options, run);
  if (!answer.ok) return { ok: false, warnings: rendering.warnings, message: answer.message };
  return { ...rendering, notes: (answer.value as string).replaceAll('<no value>', '') };
}

/** The values that templates see, found out in a copy of the chart that has no templates. */
function coalesce(
  helm: Helm,
  files: FileSet,
  options: RenderOptions,
  run: Run,
  flags: readonly string[] = [],
): Promise<Evaluation> {
  const others = [...files].filter(([path]) => !/^(?:charts\/[^/]+\/)*templates\//.test(path));
  // A library's values are of interest, too, and those for another Kubernetes.
  const changes = { ...versionsOf(options), type: 'application', kubeVersion: undefined };
  const { values, valuesFiles = [] } = options;
  const given = { valuesFiles, ...(values !== undefined && { values }) };
  return evaluateInChart(
    helm,
    changeChartYaml(new Map(others), changes),
    '.Values',
    given,
    run,
    flags,
  );
}

function versionsOf({ chartVersion, appVersion }: RenderOptions): Record<string, string> {
  return {
    ...(chartVersion !== undefined && { version: chartVersion }),
    ...(appVersion !== undefined && { appVersion }),
  };
}

function runOf(signal: AbortSignal | undefined): Run {
  return signal === undefined ? {} : { signal };
}

function invalid(chart: string, message: string): UserError {
  return new UserError('CHART_INVALID', `${chart}: ${message}`);
}
