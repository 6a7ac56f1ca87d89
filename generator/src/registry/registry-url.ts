import { isLoopback } from '../network/url.ts';

const DOCKER_HUB = 'registry-1.docker.io';

/**
 * Where a registry is asked; `docker.io` is a name for another host.
 * @param registry host and port.
 * @param plainHttp whether to talk in clear; undefined: to this machine only.
 */
export function registryUrl(registry: string, plainHttp: boolean | undefined): URL {
  const url = new URL(`https://${registry === 'docker.io' ? DOCKER_HUB : registry}`);
  const isPlain = plainHttp ?? isLoopback(url);
  return isPlain ? new URL(`http://${registry}`) : url;
}
