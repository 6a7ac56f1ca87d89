import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fileSystemError } from '../errors.ts';

/** What tools/go.mod pins, the one place that names versions of tools. */
export interface Pins {
  /** Folder of go.mod. */
  directory: string;
  /** The oldest Go that builds the tools. */
  goVersion: string;
  /** go.mod and go.sum as they are: they decide what a build makes. */
  text: string;
  /** Our own Go program, which is built with the modules of tools/go.mod. */
  engine: { directory: string; text: string };
  /** The version of a Go module, without the `v`. */
  version: (module: string) => string;
}

const TOOLS_DIRECTORY = fileURLToPath(new URL('../../../tools/', import.meta.url));
const ENGINE_DIRECTORY = fileURLToPath(new URL('../../helm-engine/', import.meta.url));

/**
 * Reads tools/go.mod (format: https://go.dev/ref/mod#go-mod-file).
 * @throws UserError `FILE_SYSTEM` when it cannot be read.
 */
export async function readPins(directory = TOOLS_DIRECTORY): Promise<Pins> {
  const [mod, sum, engine] = await Promise.all([
    readText(join(directory, 'go.mod')),
    readText(join(directory, 'go.sum')),
    readSources(ENGINE_DIRECTORY),
  ]);
  const versions = new Map<string, string>();
  for (const [, module = '', version = ''] of mod.matchAll(/^(?:require)?\s+(\S+) v(\d\S*)/gm))
    versions.set(module, version);
  const pinned = (what: string, version: string | undefined): string => {
    if (version === undefined) throw new Error(`tools/go.mod does not say the version of ${what}`);
    return version;
  };
  return {
    directory,
    goVersion: pinned('Go', /^go (\S+)/m.exec(mod)?.[1]),
    text: mod + sum,
    engine: { directory: ENGINE_DIRECTORY, text: engine },
    version: (module) => pinned(module, versions.get(module)),
  };
}

async function readSources(directory: string): Promise<string> {
  const names = await readdir(directory).catch((error: unknown) => {
    throw fileSystemError(error, 'reading the sources of the Helm engine');
  });
  const sources = names.toSorted().map((name) => readText(join(directory, name)));
  return (await Promise.all(sources)).join('\0');
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw fileSystemError(error, 'reading the versions of the tools');
  }
}
