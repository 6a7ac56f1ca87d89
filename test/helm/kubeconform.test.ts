import { mkdirSync, writeFileSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { load, YAML11_SCHEMA } from 'js-yaml';
import { expect, test } from 'vitest';
import { withTemporaryDirectory } from '../../generator/src/files/temporary.ts';
import { findTool } from '../../generator/src/helm/find.ts';
import { run } from '../../generator/src/process.ts';
import { loadKubernetesSchemas } from '../../generator/src/kubernetes/index.ts';
import { readLibrary } from '../../generator/src/kubernetes/library.ts';
import { isWithin } from '../../generator/src/kubernetes/versions.ts';
import type { Json } from '../../generator/src/model/types.ts';
import { writeKubeconformSchemas } from '../support/kubeconform.ts';
import { useTools } from '../support/tools.ts';
import { instancesOf } from '../unit/kubernetes/instances.ts';
import { changed, OBJECTS } from '../unit/kubernetes/objects.ts';

useTools('kubeconform');

const schemas = loadKubernetesSchemas();
const SEED = 20261121;

/** For each object whether kubeconform finds it valid. */
async function askKubeconform(objects: readonly Json[], minor: string): Promise<boolean[]> {
  return withTemporaryDirectory(async (directory) => {
    const location = writeKubeconformSchemas(join(directory, 'schemas'), [minor]);
    const corpus = join(directory, 'objects');
    mkdirSync(corpus);
    for (const [index, object] of objects.entries())
      writeFileSync(join(corpus, `${index}.json`), JSON.stringify(object));
    const flags = ['-strict', '-verbose', '-output=json', `-kubernetes-version=${minor}.0`];
    const args = [...flags, `-schema-location=${location}`, corpus];
    const { stdout } = await run(await findTool('kubeconform'), args);
    const { resources } = JSON.parse(stdout) as {
      resources: { filename: string; status: string }[];
    };
    const valid = new Map(
      resources.map(({ filename, status }) => [
        basename(filename, '.json'),
        status === 'statusValid',
      ]),
    );
    return objects.map((_, index) => valid.get(String(index)) ?? false);
  });
}

function isValid(object: Json, minor: string): boolean {
  return schemas.checkObject(object, minor).every(({ kind }) => kind === 'api-deprecated');
}

/** Objects on which the two do not agree, and what ours says of them. */
async function disagreements(objects: readonly Json[], minor: string) {
  const theirs = await askKubeconform(objects, minor);
  // Neither all right nor all wrong, else they would agree whatever they did.
  for (const answer of [true, false])
    expect(theirs.filter((valid) => valid === answer).length).toBeGreaterThan(objects.length / 10);
  return objects
    .map((object, index) => ({ object, kubeconform: theirs[index] }))
    .filter(({ object, kubeconform }) => kubeconform !== isValid(object, minor))
    .map((found) => ({ ...found, ours: schemas.checkObject(found.object, minor) }));
}

test.each(schemas.minors)('kubeconform finds the same objects valid on %s', async (minor) => {
  const golden: Json[] = [];
  for await (const file of glob('test/golden/manifests/**/*.yaml'))
    golden.push(load(await readFile(file, 'utf8'), { schema: YAML11_SCHEMA }) as Json);
  expect(golden.length).toBeGreaterThan(30);
  const objects = [...golden, ...OBJECTS];
  expect(await askKubeconform(objects, minor)).toEqual(objects.map(() => true));
  expect(objects.filter((object) => !isValid(object, minor))).toEqual([]);
});

const BOUNDS = [schemas.minors.at(0), schemas.minors.at(-1)] as string[];

test.each(BOUNDS)('and changed objects wrong or right on %s', async (minor) => {
  const objects = OBJECTS.flatMap((object) =>
    fc.sample(changed(object), { numRuns: 80, seed: SEED }),
  );
  expect(await disagreements(objects, minor)).toEqual([]);
});

test.each(BOUNDS)('and objects of every kind on %s', async (minor) => {
  const library = readLibrary();
  const kinds = [...library.kinds.values()].filter(
    (kind) => kind.schema !== undefined && kind.removed !== true && isWithin(minor, kind),
  );
  const objects = kinds.flatMap((kind) => {
    const whole = instancesOf(library, kind, minor);
    const options = { numRuns: 2, seed: SEED };
    return [...fc.sample(whole, options), ...fc.sample(whole.chain(changed), options)];
  });
  expect(await disagreements(objects, minor)).toEqual([]);
});
