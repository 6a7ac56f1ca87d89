import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packChart } from '../../generator/src/archive/pack.ts';
import { UserError } from '../../generator/src/errors.ts';
import type { HelmEngine, RenderOptions } from '../../generator/src/helm/engine.ts';
import { useTools } from '../support/tools.ts';
import { writeChart } from '../unit/lint/chart.ts';
import { temporaryFolder } from '../unit/helm/temporary-folder.ts';
import { withBothEngines } from './engines.ts';
import { SHAPES, type Shape } from './shapes.ts';

useTools('helm-4', 'helm-engine');

async function optionsOf({ options = {}, given }: Shape): Promise<RenderOptions> {
  if (given === undefined) return options;
  const file = join(await temporaryFolder(), 'given-values.yaml');
  await writeFile(file, given);
  return { ...options, valuesFiles: [file] };
}

/** What an engine answers, its refusals among it. */
async function answers(engine: HelmEngine, path: string, options: RenderOptions) {
  const chart = { path, digest: '' };
  const { values, kubeVersion, namespace, valuesFiles } = options;
  const forLint = JSON.parse(
    JSON.stringify({ values, kubeVersion, namespace, valuesFiles }),
  ) as RenderOptions;
  return {
    load: await outcome(engine.load(chart)),
    render: await outcome(engine.render(chart, options)),
    again: await outcome(engine.render(chart, options)),
    plain: await outcome(engine.render(chart, {})),
    lint: await outcome(engine.lint(chart, forLint)),
    values: await outcome(engine.values(chart, options)),
    validate: await outcome(engine.validate(chart, options)),
  };
}

function outcome<T>(promise: Promise<T>) {
  return promise.catch((error: unknown) => {
    if (error instanceof UserError) return { code: error.code, message: error.message };
    throw error;
  });
}

test.each(SHAPES)('the engine answers as the command does: $title', (shape) =>
  withBothEngines(async (engine, command) => {
    const path = await writeChart(shape.files, {});
    const options = await optionsOf(shape);
    expect(await answers(engine, path, options)).toEqual(await answers(command, path, options));
  }),
);

test.each(SHAPES.filter(({ title }) => /severity|CRDs|alias|schema the values/.test(title)))(
  'and in an archive: $title',
  (shape) =>
    withBothEngines(async (engine, command) => {
      const path = join(await temporaryFolder(), 'demo-1.2.3.tgz');
      await writeFile(path, (await packChart(await writeChart(shape.files, {}))).bytes);
      const options = await optionsOf(shape);
      expect(await answers(engine, path, options)).toEqual(await answers(command, path, options));
    }),
);
