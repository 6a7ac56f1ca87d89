import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError, type ErrorCode } from '../errors.ts';
import { isLoopback } from '../network/url.ts';
import { withoutLogin } from '../network/without-login.ts';
import type { Progress } from '../progress.ts';
import { readErrorOutput } from './error-output.ts';
import { runHelm, withHelm } from './helm.ts';

export interface PullOptions {
  /** Talk to registries without TLS; for those on this machine only. */
  plainHttp: boolean;
  progress: Progress;
}

/** What to pull. */
export interface ChartReference {
  /** `oci://registry/path[:version|@digest]`, or the URL of an archive. */
  chart: string;
  /** A version, or a range as Helm's dependencies have it, of which the newest is taken. */
  version?: string;
}

const BY_HAND =
  'Pull it with helm pull where you are logged in, and work with the archive that it writes.';

/** What Helm 4 says, credentials first: `basic credential not found`. */
const REFUSALS: readonly { said: RegExp; code: ErrorCode; message: string; next?: string }[] = [
  {
    said: /credential not found|status code 40[13]|\b40[13] \w|unauthorized|denied/i,
    code: 'NETWORK',
    message: 'needs a login, and none of yours is used here',
    next: BY_HAND,
  },
  {
    said: /server gave HTTP response to HTTPS client/,
    code: 'NETWORK',
    message: 'is served without TLS',
    next: 'Add --plain-http for a registry on this machine.',
  },
  {
    said: /: not found$|status code 404|404 Not Found|could not locate a version/i,
    code: 'USAGE',
    message: 'is not there',
    next: 'Check name and version.',
  },
  {
    said: /^(?:invalid reference|improper constraint)/,
    code: 'USAGE',
    message: 'is no reference of a chart',
  },
];

/**
 * Pulls charts from registries and servers with Helm, without the user's logins and repositories.
 * @returns paths of the archives in `directory`, in the order of the references.
 * @throws UserError `USAGE` for what is not there, `NETWORK` for what cannot be reached or asks for
 *   a login, and see {@link withHelm}.
 */
export async function pullCharts(
  references: readonly ChartReference[],
  directory: string,
  { plainHttp, progress }: PullOptions,
): Promise<string[]> {
  for (const { chart } of references) assertSafe(chart, plainHttp);
  return withHelm('helm-4', progress, async (helm) => {
    const archives: string[] = [];
    for (const [index, reference] of references.entries()) {
      progress(`pulling ${reference.chart}`);
      const destination = join(directory, String(index));
      await mkdir(destination, { recursive: true });
      const flags = [`--destination=${destination}`, ...(plainHttp ? ['--plain-http'] : [])];
      const { exitCode, stderr } = await runHelm(helm, [
        'pull',
        ...chartAndVersion(reference),
        ...flags,
      ]);
      const [archive] = await readdir(destination);
      if (exitCode !== 0 || archive === undefined) throw refusal(reference.chart, stderr);
      archives.push(join(destination, archive));
    }
    return archives;
  });
}

function chartAndVersion({ chart, version }: ChartReference): string[] {
  if (version !== undefined) return [chart, `--version=${version}`];
  // As a tag Helm would not take a version with build metadata.
  const [, untagged, tag] = /^(oci:\/\/.+\/[^/@:]+):([^/@:]+)$/.exec(chart) ?? [];
  return untagged === undefined ? [chart] : [untagged, `--version=${tag ?? ''}`];
}

/** What goes over the network is encrypted. */
function assertSafe(reference: string, plainHttp: boolean): void {
  const named = withoutLogin(reference);
  const url = URL.parse(reference);
  if (url !== null && (url.username !== '' || url.password !== ''))
    throw new UserError('USAGE', `${named} has a login in it, which reports would show`, {
      next: BY_HAND,
    });
  if (url === null || url.host === '' || /\s/.test(reference))
    throw new UserError('USAGE', `${named} is no reference of a chart`);
  if (!isLoopback(url) && (plainHttp || url.protocol === 'http:'))
    throw new UserError('USAGE', `${reference} is not on this machine: it takes TLS`, {
      next: 'Leave out --plain-http, and write https:// in place of http://.',
    });
}

function refusal(reference: string, output: string): UserError {
  const said = readErrorOutput(output).message;
  const known = REFUSALS.find((entry) => entry.said.test(said));
  if (known === undefined)
    return new UserError('NETWORK', `${reference} cannot be pulled: ${said}`, {
      next: 'Check the name of the server and the connection to it.',
    });
  const { code, message, next } = known;
  return new UserError(code, `${reference} ${message}: ${said}`, {
    ...(next !== undefined && { next }),
  });
}
