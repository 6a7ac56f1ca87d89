import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FAILSAFE_SCHEMA, load } from 'js-yaml';
import { expect, test } from 'vitest';
import { parseMetadata } from '../../generator/src/archive/metadata.ts';
import { runHelm, withHelm } from '../../generator/src/helm/helm.ts';
import { useTools } from '../support/tools.ts';
import { chartYaml } from './archive/fixture.ts';
import { temporaryFolder } from './fileset/fixture.ts';

useTools('helm-3', 'helm-4');

const NUMBERS = [
  ...[
    '1e10',
    '1234567.5',
    '1.10',
    '1.',
    '.5',
    '0.1e1',
    '1e3',
    '1e5',
    '1e6',
    '12e6',
    '1e-7',
    '0.00001',
  ],
  ...['0.0001', '3.14159265358979', '123e18', '16777217.0', '-0', '-0.0', '-1.5', '1e38', '1e39'],
  ...['20240115103000123', '12345678901234567890', '123456789012345678901', '-9223372036854775808'],
  ...['0b11', '0B11', '0o14', '0x1F', '0X1f', '012', '0777', '08', '1_000', '0x_1', '-0x10', '+1'],
  ...['.inf', '-.INF', '.nan', '1e400', '1:30', '2024-01-15', '+12345678901234567890', '!!float 3'],
];

test.each(['helm-3', 'helm-4'] as const)(
  'a number in Chart.yaml is the text that %s makes of it',
  async (name) => {
    const folder = join(temporaryFolder(), 'demo');
    const lines = NUMBERS.map((number, index) => `  k${index}: ${number}\n`).join('');
    const text = chartYaml('demo', '1.0.0', `annotations:\n${lines}`);
    mkdirSync(folder);
    writeFileSync(join(folder, 'Chart.yaml'), text);
    const { stdout } = await withHelm(name, console.log, (helm) =>
      runHelm(helm, ['show', 'chart', folder]),
    );
    const theirs = load(stdout, { schema: FAILSAFE_SCHEMA }) as { annotations: object };
    const ours = parseMetadata(Buffer.from(text), { file: 'Chart.yaml', code: 'CHART_INVALID' });
    const named = (annotations: unknown) =>
      Object.entries(annotations as object).map(
        ([key, value]) => [NUMBERS[Number(key.slice(1))], value] as const,
      );
    expect(named(theirs.annotations)).toHaveLength(NUMBERS.length);
    expect(new Map(named(ours.annotations))).toEqual(new Map(named(theirs.annotations)));
  },
);
