import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { findTool } from '../../../generator/src/helm/find.ts';
import { useTools } from '../../support/tools.ts';
import { writeChart } from '../lint/chart.ts';

useTools('helm-engine');

async function start() {
  const child = spawn(await findTool('helm-engine', console.log), []);
  onTestFinished(() => void child.kill('SIGKILL'));
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (line: string) => {
    child.stdin.write(`${line}\n`);
    const { value } = await answers.next();
    return JSON.parse(String(value)) as Record<string, unknown>;
  };
  return { child, ask };
}

test.each([
  ['nothing', ''],
  ['no JSON', '{"id": 1'],
  ['a list', '[1]'],
  ['null bytes', '\0\0'],
  ['an unknown method', '{"id": 7, "method": "__proto__"}'],
  ['an unknown key', '{"id": 7, "method": "version", "more": 1}'],
  ['an unknown parameter', '{"id": 7, "method": "render", "params": {"more": 1}}'],
  ['parameters of another type', '{"id": 7, "method": "render", "params": {"path": 1}}'],
  ['a number for an object', '{"id": 7, "method": "render", "params": 3}'],
  ['JSON that goes deep', `{"id": 7, "params": ${'['.repeat(100_000)}`],
])('%s is answered with an error, and the next request with a result', async (_, line) => {
  const { ask } = await start();
  expect(await ask(line)).toMatchObject({
    error: { code: 'request', message: expect.stringContaining('bad request') as string },
  });
  expect(await ask('{"id": 8, "method": "version"}')).toEqual({ id: 8, result: 'v4.3.1' });
});

test('values that are no object are refused', async () => {
  const { ask } = await start();
  const params = { path: await writeChart(), values: ['a'] };
  expect(await ask(JSON.stringify({ id: 1, method: 'values', params }))).toMatchObject({
    error: { code: 'chart', message: 'the values are no JSON object' },
  });
});

test('a schema that refers to the network is refused before anything is fetched', async () => {
  const { ask } = await start();
  const files = { 'values.schema.json': '{"$ref":"http://127.0.0.1:9/schema.json"}' };
  const params = { path: await writeChart(files), namespace: 'default', releaseName: 'a' };
  const text = 'refers to http://127.0.0.1:9/schema.json, which is not fetched';
  for (const method of ['render', 'validate', 'lint'])
    expect(JSON.stringify(await ask(JSON.stringify({ id: 1, method, params })))).toContain(text);
});

test('it ends when its input ends, even in the midst of a template', async () => {
  const { child } = await start();
  const template =
    '{{ range until 100000 }}{{ range until 100000 }}{{ sha256sum "" }}{{ end }}{{ end }}';
  const params = { path: await writeChart({ 'templates/a.yaml': template }), releaseName: 'a' };
  child.stdin.write(`${JSON.stringify({ id: 1, method: 'render', params })}\n`);
  setTimeout(() => child.stdin.end(), 200);
  expect(await once(child, 'exit')).toEqual([0, null]);
});
