import type { ArchiveInfo } from '../../archive/archive.ts';
import type { Problem } from '../../errors.ts';
import { RequestFailure } from '../../network/failure.ts';
import { withRetries } from '../../network/retry.ts';
import { nameOfUrl } from '../../network/url.ts';
import type { Progress } from '../../progress.ts';
import { count } from '../../text.ts';
import { findEntries } from '../index-file/entry.ts';
import { openIndex } from '../index-file/open.ts';
import type { IndexDocument } from '../index-file/types.ts';
import type { ChartMuseumClient } from './client.ts';

/**
 * Waits some seconds until clients find all archives in index.yaml, which a server writes after it
 * has taken them.
 * @returns a warning for each that is not in it then.
 * @throws UserError NETWORK, DENIED, INDEX_INVALID
 */
export async function checkIndex(
  client: ChartMuseumClient,
  archives: readonly ArchiveInfo[],
  progress: Progress,
): Promise<Problem[]> {
  const url = client.indexUrl;
  let missing = archives;
  const attempt = async () => {
    const { document } = await openIndex(await client.readIndex(), nameOfUrl(url));
    missing = archives.filter((archive) => !isListed(document, archive));
    if (missing.length === 0) return;
    const message = `does not list ${count(missing.length, 'new version')}`;
    throw new RequestFailure(url, message, { isTransient: true });
  };
  if (archives.length > 0)
    await withRetries(attempt, progress).catch((error: unknown) => {
      if (!(error instanceof RequestFailure)) throw error;
    });
  return missing.map((archive) => unlisted(archive, url));
}

function isListed(document: IndexDocument, { name, version, digest }: ArchiveInfo): boolean {
  return findEntries(document, name, version).some(
    (entry) => entry.digest?.toLowerCase() === digest,
  );
}

function unlisted({ name, version }: ArchiveInfo, url: URL): Problem {
  return {
    message: `${name} ${version} is there, but the index does not list it yet, so that clients do not find it`,
    file: nameOfUrl(url),
    hint: 'ChartMuseum keeps its index in memory: --cache-interval or --always-regenerate-chart-index has it look at its storage again.',
  };
}
