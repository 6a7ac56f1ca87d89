#!/usr/bin/env node
// Plain old JavaScript on purpose: an older Node must be able to read this far and say so.
const wanted = [22, 13];
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < wanted[0] || (major === wanted[0] && minor < wanted[1])) {
  process.stderr.write(
    'spark-charts needs Node.js ' +
      wanted.join('.') +
      ' or newer; this is ' +
      process.versions.node +
      '.\n' +
      'Install a newer Node.js (https://nodejs.org), or run it through npm in the project: npm start\n',
  );
  process.exitCode = 3;
} else {
  // Before anything else is loaded.
  const { keepCompiledCode } = await import('../lib/cli/compile-cache.js');
  keepCompiledCode(process.env);
  const { run } = await import('../lib/cli/run.js');
  await run(import.meta.url);
}
