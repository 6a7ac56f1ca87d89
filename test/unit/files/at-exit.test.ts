import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

const MODULE = new URL('../../../generator/src/files/at-exit.ts', import.meta.url).href;

function printedBy(script: string): string {
  const text = `import { atExit } from ${JSON.stringify(MODULE)};\n${script}`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', text], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return stdout;
}

test('what began last is done first; what fails keeps nothing else from being done', () => {
  const script = `
    atExit(() => console.log('first'));
    atExit(() => { throw new Error('x'); });
    atExit(() => console.log('last'));
    process.exit(0);`;
  expect(printedBy(script)).toBe('last\nfirst\n');
});

test('what was called off is not done', () => {
  const script = `
    const callOff = atExit(() => console.log('called off'));
    atExit(() => console.log('done'));
    callOff();`;
  expect(printedBy(script)).toBe('done\n');
});
