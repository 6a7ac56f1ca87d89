import type { Credentials } from '../network/request.ts';
import { UserError } from '../errors.ts';
import { withoutLogin } from '../network/without-login.ts';
import type { Sboms } from './oci/sbom.ts';
import { refuseOverwrite } from './overwriting.ts';
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
  /** Propose what changes on a branch at GitHub by a pull request. */
  pullRequest?: boolean;
  /** The content of artifacthub-repo.yml, for registries. */
  artifactHub?: Uint8Array;
  /** What is attached to charts in registries. */
  sboms?: Sboms;
  /** Replace versions that are there with other bytes, at targets that can do so safely. */
  allowOverwrite?: boolean;
}

const SCHEME = /^([a-z][a-z0-9+.-]+):\/\//i;
/** Meant as an address, `oci:host` or `git@host:path`; a single letter is a drive. */
const ADDRESS = /^(?:git\+|[\w.+-]{2,}(?:@[\w.-]+)?:)/i;
const KNOWN =
  'a folder, github:owner/repository (with @tag the index in a release), git+https://…#branch, git+ssh://…, git+file://…, oci://registry/path or chartmuseum+https://…';

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
 * @param target a folder, `github:<owner>/<repository>#<branch>`, `github:<owner>/<repository>@<tag>`,
 *   `git+<url>#<branch>`, `oci://<registry>/<path>` or `chartmuseum+<url>`.
 * @throws UserError USAGE
 */
export async function openStore(target: string, options: StoreOptions): Promise<Store> {
  const [, scheme] = SCHEME.exec(target) ?? [];
  const { url, pullRequest = false, ...registry } = options;
  if (scheme === 'oci') {
    refuseUrl(target, options);
    const { OciStore } = await import('./oci/oci-store.ts');
    return new OciStore(target, registry);
  }
  if (/^github:/i.test(target)) {
    refuseUrl(target, options);
    refuseOverwrite(target, 'repository of releases', options);
    const { GitHubStore } = await import('./github/github-store.ts');
    return new GitHubStore(target, { pullRequest });
  }
  if (scheme?.startsWith('chartmuseum+') === true) {
    refuseUrl(target, options);
    refuseOverwrite(target, 'server of charts', options);
    const { ChartMuseumStore } = await import('./chartmuseum/chartmuseum-store.ts');
    return new ChartMuseumStore(target, registry);
  }
  if (scheme?.startsWith('git+') === true) {
    const { GitStore } = await import('./git/git-store.ts');
    const { allowOverwrite = false } = options;
    const place = { allowOverwrite, ...(url !== undefined && { url }) };
    if (!pullRequest) return new GitStore(target, place);
    const { pullRequestsFor } = await import('./github/pull-requests.ts');
    return new GitStore(target, { ...place, proposals: pullRequestsFor(target) });
  }
  if (scheme !== undefined)
    throw new UserError('USAGE', `${scheme}:// is no kind of target`, { next: `Name ${KNOWN}.` });
  requireFolderName(target);
  refuseOverwrite(target, 'folder', options);
  const { DirectoryStore } = await import('./directory/directory-store.ts');
  return new DirectoryStore(target, url === undefined ? {} : { url });
}
