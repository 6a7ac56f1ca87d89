import { hostname } from 'node:os';
import { isIPv6 } from 'node:net';

/** The port that Helm 2's `helm serve` had. */
export const DEFAULT_PORT = 8879;
/** Of this machine, for this machine alone. */
export const LOOPBACK = '127.0.0.1';

const EVERY_ADDRESS = new Set(['0.0.0.0', '::']);

/** `http://127.0.0.1:8879`; the name of this machine where a server listens on all its addresses. */
export function serverUrl(scheme: 'http' | 'https', host: string, port: number): string {
  const name = EVERY_ADDRESS.has(host) ? hostname() : host;
  return `${scheme}://${isIPv6(name) ? `[${name}]` : name}:${port}`;
}

/** What Helm needs for a server beside its URL; names of files, and of a user. */
export interface HelmAccess {
  certificate: string | undefined;
  password: string | undefined;
  username: string | undefined;
}

/** The command that makes a server known to Helm 3 and 4, for a POSIX shell. */
export function helmRepoAdd(url: string, access: HelmAccess): string {
  const { certificate, password, username } = access;
  return [
    `helm repo add spark-charts ${url}`,
    ...(certificate === undefined ? [] : [`--ca-file ${shellWord(certificate)}`]),
    ...(username === undefined ? [] : [`--username ${shellWord(username)} --password-stdin`]),
    ...(password === undefined ? [] : [`< ${shellWord(password)}`]),
  ].join(' ');
}

function shellWord(text: string): string {
  return /^[\w./@+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
