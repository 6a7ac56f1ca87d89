import { expect, test } from 'vitest';
import type { Cell } from '../../../../generator/src/lint/finding.ts';
import { describeCells } from '../../../../generator/src/lint/formats/cells.ts';
import { cellsOf, finding, reportOf } from './report.ts';

test.each<[string | undefined, Cell[]]>([
  [undefined, []],
  [undefined, cellsOf('ha', 'tls')],
  ['in case ha', cellsOf('ha')],
  [
    'in cases ha and tls on Kubernetes 1.36',
    cellsOf('ha', 'tls').filter(({ kubeVersion }) => kubeVersion === '1.36'),
  ],
  [
    'in case ha, case tls on Kubernetes 1.36',
    [...cellsOf('ha'), { case: 'tls', kubeVersion: '1.36' }],
  ],
])('%s', (expected, cells) => {
  expect(describeCells(finding({ cells }), reportOf([]))).toBe(expected);
});

test('some of many versions', () => {
  const kubeVersions = ['1.31', '1.32', '1.33', '1.34'];
  const report = { ...reportOf([]), kubeVersions };
  const cells = ['1.31', '1.32', '1.33'].map((kubeVersion) => ({ case: 'ha', kubeVersion }));
  expect(describeCells(finding({ cells }), report)).toBe(
    'in case ha on Kubernetes 1.31, 1.32 and 1.33',
  );
});
