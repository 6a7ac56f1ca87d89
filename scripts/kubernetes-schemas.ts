/**
 * Makes what `spark-charts lint` knows of the Kubernetes API, in schemas/kubernetes: kinds.json,
 * api.json with the definitions of Kubernetes, and custom-resources/<project>.json. The sources are
 * Go modules. Run by a person when a version in kubernetes/pins.ts is raised; needs Go and a module
 * proxy.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Definition } from '../generator/src/kubernetes/schema.ts';
import { structural } from './kubernetes/built-in.ts';
import { readCustomKinds } from './kubernetes/custom-resources.ts';
import { readEnums } from './kubernetes/enums.ts';
import { builtInKinds, kindsIn, nameOf } from './kubernetes/kinds.ts';
import { readLifecycles } from './kubernetes/lifecycle.ts';
import { closure, readOpenApi, shortName } from './kubernetes/openapi.ts';
import {
  CUSTOM_RESOURCES,
  KUBERNETES,
  KUBERNETES_VERSIONS,
  LIFECYCLE_MODULES,
} from './kubernetes/pins.ts';
import { shareSubtrees } from './kubernetes/share.ts';
import { MINORS, spans } from './kubernetes/spans.ts';

const DIRECTORY = fileURLToPath(new URL('../schemas/kubernetes/', import.meta.url));

/** One entry a line, so that a change shows as the entries that changed. */
function write(file: string, head: Record<string, unknown>, entries: Record<string, unknown[]>) {
  const start = JSON.stringify(head).slice(0, -1);
  const lists = Object.entries(entries).map(([name, list]) => {
    const lines = list.map((entry) => JSON.stringify(entry)).join(',\n');
    return `,${JSON.stringify(name)}:[\n${lines}\n]`;
  });
  writeFileSync(join(DIRECTORY, file), `${start}${lists.join('')}}\n`);
}

function madeFrom(sources: readonly { module: string; version: string }[]): string {
  const names = sources.map(({ module, version }) => `${module} ${version}`);
  return `Made by scripts/kubernetes-schemas.ts from ${names.join(', ')}.`;
}

const releases = KUBERNETES_VERSIONS.map((version) => {
  const openApi = readOpenApi(version);
  const kinds = kindsIn(openApi);
  const enums = readEnums(version);
  const schemas = [...closure(openApi, kinds.values())].map(
    ([name, schema]) => [shortName(name), structural(name, schema, enums)] as const,
  );
  return { module: KUBERNETES, version, kinds, schemas: new Map(schemas) };
});
const definitions = spans(releases.map(({ schemas }) => schemas)).map(
  ({ value, ...span }): Definition => ({ ...span, schema: value }),
);
write('api.json', { $comment: madeFrom(releases) }, { definitions });

mkdirSync(join(DIRECTORY, 'custom-resources'), { recursive: true });
const customKinds = CUSTOM_RESOURCES.flatMap((source) => {
  const custom = readCustomKinds(source);
  const roots = new Map(custom.map(({ kind, schema }) => [kind.schema, schema]));
  const file = `custom-resources/${source.project}.json`;
  write(file, { $comment: madeFrom([source]) }, { definitions: shareSubtrees(roots) });
  return custom.map(({ kind }) => kind);
});

const kindsByMinor = releases.map(({ kinds }) => kinds);
const kinds = [...builtInKinds(kindsByMinor, readLifecycles()), ...customKinds].sort((a, b) =>
  nameOf(a) < nameOf(b) ? -1 : 1,
);
const $comment = madeFrom([...releases, ...LIFECYCLE_MODULES, ...CUSTOM_RESOURCES]);
write('kinds.json', { $comment, minors: MINORS }, { kinds });
