import { load, YAMLException } from 'js-yaml';
import semver from 'semver';
import { UserError, fileSystemError } from '../errors.ts';
import { readIfPresent } from '../files/read.ts';
import { isObject } from '../model/json.ts';
import type { Catalog } from '../model/catalog.ts';
import type { Json } from '../model/types.ts';

const CATALOG_DIRECTORY = 'charts-src';

/**
 * The Kubernetes versions to lint for: those asked for, else every minor version that the catalog
 * of this folder supports, else every one whose API is known.
 * @throws UserError `USAGE` for what is no version, `SOURCE_INVALID` for a catalog with mistakes,
 *   `FILE_SYSTEM`.
 */
export async function kubernetesVersions(asked: readonly string[]): Promise<string[]> {
  const wrong = asked.find((version) => !/^v?[1-9]\d*\.(?:0|[1-9]\d*)(?:\.\d+\S*)?$/.test(version));
  if (wrong !== undefined)
    throw new UserError('USAGE', `"${wrong}" is no Kubernetes version`, {
      next: 'Write it like 1.31 or 1.31.4.',
    });
  if (asked.length > 0) return [...new Set(asked)].sort(compareVersions);
  return (await catalogVersions()) ?? (await knownVersions());
}

async function catalogVersions(): Promise<string[] | undefined> {
  const file = `${CATALOG_DIRECTORY}/catalog.yaml`;
  const text = await readIfPresent(file).catch((error: unknown) => {
    throw fileSystemError(error, `reading ${file}`);
  });
  if (text === undefined) return undefined;
  const { kubernetes } = readObject(text.toString());
  if (isRange(kubernetes)) return supportedVersions(kubernetes);
  // The whole check takes longer, and knows what to say of the mistakes.
  const { loadCatalog } = await import('../model/index.ts');
  return supportedVersions((await loadCatalog(CATALOG_DIRECTORY)).kubernetes);
}

/** Of text like `1.31`, `v1.31.2`. */
function compareVersions(a: string, b: string): number {
  return semver.compare(semver.coerce(a) ?? a, semver.coerce(b) ?? b);
}

/** Every minor version from the oldest to the newest, both like `1.31`. */
export function supportedVersions({ oldest, newest }: Catalog['kubernetes']): string[] {
  const [first, last] = [minorOf(oldest), minorOf(newest)];
  return Array.from({ length: last - first + 1 }, (_, index) => `1.${first + index}`);
}

function isRange(kubernetes: Json | undefined): kubernetes is Catalog['kubernetes'] {
  if (!isObject(kubernetes)) return false;
  const { oldest, newest } = kubernetes;
  return minorOf(oldest) <= minorOf(newest);
}

/** The 31 of `1.31`; NaN for anything else. */
function minorOf(version: Json | undefined): number {
  return Number(typeof version === 'string' ? /^1\.(\d{1,3})$/.exec(version)?.[1] : undefined);
}

function readObject(text: string): Record<string, Json> {
  try {
    const data = load(text) as Json;
    return isObject(data) ? data : {};
  } catch (error) {
    if (error instanceof YAMLException) return {};
    throw error;
  }
}

/** Without what checks objects, which a run that knows all findings does not need. */
async function knownVersions(): Promise<string[]> {
  const { readLibrary } = await import('../kubernetes/library.ts');
  return [...readLibrary().minors];
}
