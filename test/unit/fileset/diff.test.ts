import { join } from 'node:path';
import { expect, test } from 'vitest';
import { apply, diff, differences, plan } from '../../../generator/src/fileset/index.ts';
import { chartsOf, temporaryFolder, textsIn, write } from './fixture.ts';

async function changedFolder() {
  const folder = join(temporaryFolder(), 'charts');
  const old = {
    changed: '1\n2\n3\n',
    edited: '1\n',
    removed: 'x\n',
    same: 's\n',
    'icon.png': '\0a',
  };
  await apply(folder, chartsOf({ a: old, gone: { file: 'x\n' } }), { complete: true });
  write(join(folder, 'a/edited'), 'mine\n');
  write(join(folder, 'a/unknown'), 'mine\n');
  const charts = chartsOf({
    a: { changed: '1\ntwo\n3\n', edited: '1\n', added: 'new\n', same: 's\n', 'icon.png': '\0b' },
  });
  return { folder, charts, plans: await plan(folder, charts, { complete: true }) };
}

test('a unified diff shows what writing would change', async () => {
  const { folder, charts, plans } = await changedFolder();
  const text = await diff(folder, plans, charts);
  expect(text.replaceAll(folder, 'charts')).toMatchInlineSnapshot(`
    "diff --git a/charts/a/added b/charts/a/added
    new file mode 100644
    --- /dev/null
    +++ b/charts/a/added
    @@ -0,0 +1,1 @@
    +new
    diff --git a/charts/a/changed b/charts/a/changed
    --- a/charts/a/changed
    +++ b/charts/a/changed
    @@ -1,3 +1,3 @@
     1
    -2
    +two
     3
    diff --git a/charts/a/edited b/charts/a/edited
    --- a/charts/a/edited
    +++ b/charts/a/edited
    @@ -1,1 +1,1 @@
    -mine
    +1
    diff --git a/charts/a/icon.png b/charts/a/icon.png
    Binary files a/charts/a/icon.png and b/charts/a/icon.png differ
    diff --git a/charts/a/removed b/charts/a/removed
    deleted file mode 100644
    --- a/charts/a/removed
    +++ /dev/null
    @@ -1,1 +0,0 @@
    -x
    diff --git a/charts/gone/file b/charts/gone/file
    deleted file mode 100644
    --- a/charts/gone/file
    +++ /dev/null
    @@ -1,1 +0,0 @@
    -x
    "
  `);
});

test('differences are told file by file; planning writes nothing', async () => {
  const { folder, plans } = await changedFolder();
  const before = textsIn(folder);
  expect(
    differences(folder, plans).map(
      ({ file = '', message }) => `${file.slice(folder.length)} ${message}`,
    ),
  ).toEqual([
    '/a/added is missing',
    '/a/changed is out of date',
    '/a/icon.png is out of date',
    '/a/removed is no longer generated',
    '/a/edited was edited by hand since it was generated',
    '/a/unknown was not generated',
    '/gone/file is no longer generated',
  ]);
  expect(textsIn(folder)).toEqual(before);
});
