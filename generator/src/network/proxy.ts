import type { AgentOptions } from 'node:http';
import { UserError } from '../errors.ts';

const THIS_MACHINE = 'localhost,127.0.0.1,[::1]';

function setIn(environment: NodeJS.ProcessEnv, name: string): string | undefined {
  const values = [environment[name.toLowerCase()], environment[name]];
  return values.find((value) => value !== undefined && value !== '');
}

/**
 * The proxy that HTTPS_PROXY and NO_PROXY name, for agents, read as Helm reads them: without
 * `http://` too, and never for this machine. Undefined for none.
 * @throws UserError USAGE
 */
export function proxySettings(environment: NodeJS.ProcessEnv): AgentOptions['proxyEnv'] {
  const proxy = setIn(environment, 'HTTPS_PROXY');
  if (proxy === undefined) return undefined;
  const url = URL.parse(proxy.includes('://') ? proxy : `http://${proxy}`);
  if (!url || !/^https?:$/.test(url.protocol))
    // It may have a password in it.
    throw new UserError('USAGE', 'HTTPS_PROXY names no proxy for HTTP', {
      next: 'Write it as http://proxy.example.com:3128, or unset it.',
    });
  const direct = [setIn(environment, 'NO_PROXY'), THIS_MACHINE].filter((hosts) => hosts);
  return { https_proxy: url.href, no_proxy: direct.join(',') };
}
