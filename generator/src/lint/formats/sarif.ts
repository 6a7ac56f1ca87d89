import { isAbsolute } from 'node:path';
import { sha256 } from '../../files/digest.ts';
import { CONFIGURATION } from '../chart.ts';
import type { Finding, SuppressedFinding } from '../finding.ts';
import type { LintReport } from '../lint.ts';
import { type FilePlace, placeOf, uriOf } from './place.ts';
import { describeRules, LEVELS } from './sarif-rules.ts';

const SCHEMA =
  'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const HOME = 'https://github.com/spark-charts/spark-charts';

/**
 * The report in SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0), with what code
 * scanning of GitHub asks for besides.
 * @param options.directory the working folder, from which files are named.
 * @param options.version of this program.
 */
export function formatSarif(
  { findings, suppressed }: LintReport,
  options: { directory: string; version: string },
): string {
  const all: (Finding | SuppressedFinding)[] = [...findings, ...suppressed];
  const rules = describeRules(all.map(({ rule }) => rule));
  const fingerprint = fingerprints();
  const results = all.map((finding) => {
    const place = placeOf(finding, options.directory);
    return {
      ruleId: finding.rule,
      ruleIndex: rules.findIndex(({ id }) => id === finding.rule),
      level: LEVELS[finding.severity],
      message: { text: messageOf(finding, place) },
      locations: [location(finding, place)],
      partialFingerprints: { 'sparkChartsLint/v1': fingerprint(finding, place) },
      ...('reason' in finding && {
        suppressions: [{ kind: suppressionKind(finding), justification: finding.reason }],
      }),
      ...(finding.cells.length > 0 && { properties: { cells: finding.cells } }),
    };
  });
  const driver = {
    name: 'spark-charts',
    semanticVersion: options.version,
    informationUri: HOME,
    rules,
  };
  const run = { tool: { driver }, columnKind: 'utf16CodeUnits', results };
  return JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, null, 2);
}

function messageOf({ message, hint }: Finding, { within }: FilePlace): string {
  const text = within === undefined ? message : `${within}: ${message}`;
  return hint === undefined ? text : `${text}\n\n${hint}`;
}

function location({ chart, excerpt, object, path }: Finding, place: FilePlace): object {
  const { file, line, column } = place;
  const logical = object ?? path;
  const region = {
    // GitHub shows nothing without a line.
    startLine: line ?? 1,
    ...(column !== undefined && { startColumn: column }),
    ...(line !== undefined && excerpt !== undefined && { snippet: { text: excerpt } }),
  };
  return {
    physicalLocation:
      file === undefined
        ? { artifactLocation: { uri: chart } }
        : { artifactLocation: artifact(file), region },
    ...(logical !== undefined && {
      logicalLocations: [
        {
          name: logical,
          fullyQualifiedName: [object, path].filter((part) => part !== undefined).join('/'),
        },
      ],
    }),
  };
}

function artifact(file: string): object {
  return { uri: uriOf(file), ...(!isAbsolute(file) && { uriBaseId: '%SRCROOT%' }) };
}

/** Stay the same when lines move; what is found several times is told apart by its number. */
function fingerprints(): (finding: Finding, place: FilePlace) => string {
  const seen = new Map<string, number>();
  return ({ rule, chart, file, object, path, excerpt, message }, place) => {
    const said = message.replaceAll(/(\bline |:)\d+/g, '$1');
    const line = object === undefined ? excerpt?.trim() : undefined;
    const parts = [rule, place.file ?? chart, file, object, path, line, said];
    const digest = sha256(JSON.stringify(parts));
    const number = (seen.get(digest) ?? 0) + 1;
    seen.set(digest, number);
    return `${digest}:${number}`;
  };
}

/** A comment stands with what it is about; the configuration does not. */
function suppressionKind({ ignoredIn }: SuppressedFinding): 'external' | 'inSource' {
  return ignoredIn === CONFIGURATION ? 'external' : 'inSource';
}
