import { expect, test } from 'vitest';
import { mapPool } from '../../generator/src/map-pool.ts';
import { readLintedChart } from '../../generator/src/lint/chart.ts';
import { useTools } from '../support/tools.ts';
import { withBothEngines } from './engines.ts';
import { CHARTS, PROCESSES, renderingsOf } from './support.ts';

useTools('helm-4', 'helm-engine');

test.each(CHARTS)('the engine answers as the command does: %s', { timeout: 600_000 }, (path) =>
  withBothEngines(async (engine, command) => {
    const chart = { path, digest: '' };
    expect(await engine.load(chart)).toEqual(await command.load(chart));
    await mapPool(await renderingsOf(path), PROCESSES, async (rendering) => {
      const what = `${rendering.name} on ${rendering.kubeVersion}`;
      const { valuesFiles, kubeVersion } = rendering;
      const options = { valuesFiles, kubeVersion };
      const rendered = await engine.render(chart, options);
      expect(rendered, what).toEqual(await command.render(chart, options));
      expect(rendered, what).toMatchObject({ ok: true, warnings: [] });
      expect(await engine.lint(chart, options), what).toEqual(await command.lint(chart, options));
    });
    // Values do not depend on the Kubernetes version.
    for (const { valuesFiles } of (await readLintedChart(path, '')).cases)
      expect(await engine.values(chart, { valuesFiles })).toEqual(
        await command.values(chart, { valuesFiles }),
      );
  }),
);
