import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileSystemError, UserError } from '../errors.ts';
import { sha256 } from '../files/digest.ts';
import { readIfPresent } from '../files/read.ts';
import type { RenderOptions } from '../helm/engine.ts';
import { suiteFiles } from '../helm/suite-files.ts';
import { isObject } from '../model/json.ts';
import type { Json } from '../model/types.ts';
import { mergeValues, valueInMaps, type Values } from './overrides.ts';
import { valuesAt } from './set-path.ts';
import { readYamlDocuments } from './yaml-file.ts';

/** One way in which a chart is tried: a values case, or a test of a suite. */
export interface Trial {
  /** `ci/default-values.yaml`, `tests/pods_test.yaml "spreads pods"`. */
  name: string;
  options: RenderOptions;
  /** Whether the test wants the chart to refuse. */
  expectsRefusal: boolean;
}

/**
 * The tests in a chart's suites, but for those that are skipped. The format is that of
 * helm-unittest, which is the one to tell what is wrong with a suite:
 * https://github.com/helm-unittest/helm-unittest/blob/main/DOCUMENT.md.
 * @param chart its folder.
 * @throws UserError `CHART_INVALID` for what cannot be read at all, `FILE_SYSTEM`.
 */
export async function readSuites(chart: string): Promise<Trial[]> {
  const files = await suiteFiles(chart);
  const tests = await Promise.all(files.map((file) => readSuite(chart, file)));
  return tests.flat();
}

/**
 * SHA-256 in hex of all that tests say, the content of their values files among it, which may lie
 * outside the chart.
 * @throws UserError `FILE_SYSTEM`
 */
export async function digestOfTests(tests: readonly Trial[]): Promise<string> {
  const read = async (file: string) => {
    try {
      const bytes = await readIfPresent(file);
      return bytes && sha256(bytes);
    } catch (error) {
      throw fileSystemError(error, `reading ${file}`);
    }
  };
  const contents = tests.map(async (test) => {
    const valuesFiles = await Promise.all((test.options.valuesFiles ?? []).map(read));
    return { ...test, options: { ...test.options, valuesFiles } };
  });
  return sha256(JSON.stringify(await Promise.all(contents)));
}

async function readSuite(chart: string, file: string): Promise<Trial[]> {
  const path = join(chart, file);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw fileSystemError(error, `reading ${path}`);
  });
  return readYamlDocuments(path, text).flatMap(({ data }) => {
    const suite = isObject(data) ? data : {};
    return listOf(suite.tests)
      .filter(isObject)
      .filter((test) => !isSkipped(suite) && !isSkipped(test))
      .map((test) => ({
        name: `${file} "${textAt(test, 'it') ?? ''}"`,
        options: optionsOf(path, suite, test),
        expectsRefusal: listOf(test.asserts).some(isRefusal),
      }));
  });
}

/** What a test is rendered with; what it does not say itself is for its suite to say. */
function optionsOf(path: string, suite: Values, test: Values): RenderOptions {
  const inherited = (...keys: string[]) => textAt(test, ...keys) ?? textAt(suite, ...keys);
  const major = inherited('capabilities', 'majorVersion');
  const minor = inherited('capabilities', 'minorVersion');
  const options = {
    releaseName: inherited('release', 'name'),
    namespace: inherited('release', 'namespace'),
    chartVersion: inherited('chart', 'version'),
    appVersion: inherited('chart', 'appVersion'),
    kubeVersion: major !== undefined && minor !== undefined ? `${major}.${minor}` : undefined,
  };
  const said = Object.entries(options).filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries(said),
    valuesFiles: [...listOf(suite.values), ...listOf(test.values)]
      .filter((file) => typeof file === 'string')
      .map((file) => resolve(dirname(path), file)),
    values: [suite.set, test.set].reduce<Values>((values, set) => laySet(path, values, set), {}),
  };
}

function laySet(path: string, values: Values, set: Json | undefined): Values {
  return Object.entries(isObject(set) ? set : {}).reduce((merged, [key, value]) => {
    const more = valuesAt(key, value);
    if (more) return mergeValues(merged, more);
    throw new UserError('CHART_INVALID', `${path}: ${JSON.stringify(key)} in set is no path`);
  }, values);
}

function isSkipped(record: Values): boolean {
  return textAt(record, 'skip', 'reason') !== undefined;
}

function isRefusal(assert: Json): boolean {
  return isObject(assert) && Object.hasOwn(assert, 'failedTemplate') && assert.not !== true;
}

function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

/** Undefined for what is empty, as helm-unittest has it, or no text. */
function textAt(record: Values, ...keys: string[]): string | undefined {
  const value = valueInMaps(record, keys);
  return value === '' || value === null || typeof value === 'object'
    ? undefined
    : value?.toString();
}
