import type { Credentials } from '../network/request.ts';
import { UserError } from '../errors.ts';
import { withoutLogin } from '../network/without-login.ts';
import type { Store } from './store.ts';

export interface StoreOptions {
  /** Where clients will find a folder or branch; without it its index names files relative to itself. */
  url?: string;
  /** Login for ChartMuseum, and for registries in place of those that Helm and Docker keep. */
  credentials?: Credentials;
  /** Talk to registries in clear; where absent to those on this machine only. */
  plainHttp?: boolean;
  /** Certificates (PEM) of the authorities that vouch for a registry or ChartMuseum. */
  caFile?: string;
  /** The content of artifacthub-repo.yml, for registries. */
  artifactHub?: Uint8Array;
}

const SCHEME = /^([a-z][a-z0-9+.-]+):\/\//i;
/** Meant as an address, `oci:host` or `git@host:path`; a single letter is a drive. */
const ADDRESS = /^(?:git\+|[\w.+-]{2,}(?:@[\w.-]+)?:)/i;
const KNOWN =
  'a folder, github:owner/repository, git+https://…#branch, git+ssh://…, git+file://…, oci://registry/path or chartmuseum+https://…';

function refuseUrl(target: string, { url }: StoreOptions): void {
  if (url !== undefined)
    throw new UserError(
      'USAGE',
      `clients find charts where ${withoutLogin(target)} is, so --url says nothing of it`,
      {
        next: 'Leave --url out, or publish there on its own.',
      },
    );
}

/** A mistyped address must not make a folder of its name, nor an empty variable publish to where it runs. */
function requireFolderName(target: string): void {
  const [address] = ADDRESS.exec(target) ?? [];
  if (target !== '' && address === undefined) return;
  const what =
    address === undefined
      ? 'a target is empty'
      : `a target that begins with ${JSON.stringify(address)} is no folder`;
  throw new UserError('USAGE', what, {
    next: `Name ${KNOWN}; a folder of such a name as ./${address ?? ''}….`,
  });
}

/**
 * The place that a target names; loads only what that kind of place needs.
 * @param target a folder, `github:<owner>/<repository>#<branch>`, `git+<url>#<branch>`,
 *   `oci://<registry>/<path>` or `chartmuseum+<url>`.
 * @throws UserError USAGE
 */
export async function openStore(target: string, options: StoreOptions): Promise<Store> {
  const [, scheme] = SCHEME.exec(target) ?? [];
  const { url, ...registry } = options;
  if (scheme === 'oci') {
    refuseUrl(target, options);
    const { OciStore } = await import('./oci/oci-store.ts');
    return new OciStore(target, registry);
  }
  if (/^github:/i.test(target)) {
    refuseUrl(target, options);
    const { GitHubStore } = await import('./github/github-store.ts');
    return new GitHubStore(target);
  }
  if (scheme?.startsWith('chartmuseum+') === true) {
    refuseUrl(target, options);
    const { ChartMuseumStore } = await import('./chartmuseum/chartmuseum-store.ts');
    return new ChartMuseumStore(target, registry);
  }
  if (scheme?.startsWith('git+') === true) {
    const { GitStore } = await import('./git/git-store.ts');
    return new GitStore(target, url === undefined ? {} : { url });
  }
  if (scheme !== undefined)
    throw new UserError('USAGE', `${scheme}:// is no kind of target`, { next: `Name ${KNOWN}.` });
  requireFolderName(target);
  const { DirectoryStore } = await import('./directory/directory-store.ts');
  return new DirectoryStore(target, url === undefined ? {} : { url });
}
