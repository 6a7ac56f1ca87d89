/** One answered request. It holds no header that carries credentials, and no query, which may. */
export interface Access {
  /** When the request came in. */
  time: Date;
  remote: string;
  /** Who proved to be who; undefined for everybody else. */
  user: string | undefined;
  method: string;
  /** As it was asked for, without the query. */
  path: string;
  protocol: string;
  status: number;
  /** Of the body that was handed to the network. */
  bytes: number;
  milliseconds: number;
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/**
 * One line of the Common Log Format (https://httpd.apache.org/docs/2.4/logs.html#common), in UTC.
 * What could break the line or a terminal is escaped.
 */
export function formatAccess(access: Access): string {
  const { remote, user = '-', method, path, protocol, status, bytes } = access;
  const request = escapeField(`${method} ${path} ${protocol}`);
  const name = escapeField(user).replaceAll(' ', String.raw`\x20`);
  return `${remote} - ${name} [${formatTime(access.time)}] "${request}" ${status} ${bytes}`;
}

function formatTime(time: Date): string {
  const [, year = '', month = '1', day = '', clock = ''] =
    /^(\d+)-(\d+)-(\d+)T([\d:]+)/.exec(time.toISOString()) ?? [];
  return `${day}/${MONTHS[Number(month) - 1] ?? ''}/${year}:${clock} +0000`;
}

function escapeField(text: string): string {
  return text.replaceAll(
    /[^ !#-[\]-~]/g,
    (character) => String.raw`\x` + character.charCodeAt(0).toString(16).padStart(2, '0'),
  );
}
