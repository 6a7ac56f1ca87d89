import type { ChartArchive } from '../../archive/archive.ts';
import { UserError } from '../../errors.ts';
import { networkError, RequestFailure } from '../../network/failure.ts';
import { withRetries } from '../../network/retry.ts';
import { nameOfUrl } from '../../network/url.ts';
import type { Progress } from '../../progress.ts';
import { provenanceName } from '../../provenance/provenance-file.ts';
import type { ChartMuseumClient } from './client.ts';
import { type Presence, readPresence } from './presence.ts';

/** What is to be uploaded, and what was there of it when that was planned. */
export interface Upload {
  archive: ChartArchive;
  presence: Presence;
}

/**
 * Uploads what a server lacks of an archive and reads it back, until nothing is lacking. What others
 * upload meanwhile, or an upload before this one whose answer was lost, counts as there.
 * @throws UserError VERSION_EXISTS where it is there with other bytes then; PROVENANCE_INVALID,
 * NETWORK, DENIED
 */
export async function upload(
  client: ChartMuseumClient,
  { archive, presence }: Upload,
  progress: Progress,
): Promise<void> {
  let isFirst = true;
  const attempt = async () => {
    await write(client, { archive, presence }, isFirst);
    isFirst = false;
    presence = await readPresence(client, archive);
    assertSame(client, archive, presence);
    const lacking = lackingFile(archive, presence);
    if (lacking === undefined) return;
    throw new RequestFailure(client.fileUrl(lacking), 'was uploaded and is not there', {
      isTransient: true,
    });
  };
  try {
    await withRetries(attempt, progress);
  } catch (error) {
    throw error instanceof RequestFailure ? lost(error) : error;
  }
}

function lackingFile(
  { fileName, provenance }: ChartArchive,
  { digest, hasProvenance }: Presence,
): string | undefined {
  if (digest === undefined) return fileName;
  return provenance && !hasProvenance ? provenanceName(fileName) : undefined;
}

/**
 * Both in one request at first, and only at first: it is refused whole where one of them is there, or
 * where an older server finds another name in the provenance, that of a maintainer.
 */
async function write(
  client: ChartMuseumClient,
  { archive: { fileName, bytes, provenance }, presence: { digest, hasProvenance } }: Upload,
  isFirst: boolean,
): Promise<void> {
  const missing = hasProvenance ? undefined : provenance;
  if (isFirst && digest === undefined && missing)
    return client.writeSigned(fileName, bytes, missing);
  if (digest === undefined) await client.writeFile('charts', bytes);
  if (missing) await client.writeFile('prov', missing);
}

function assertSame(
  client: ChartMuseumClient,
  { name, version, digest, fileName }: ChartArchive,
  present: Presence,
): void {
  if (present.digest === undefined || present.digest === digest) return;
  throw new UserError(
    'VERSION_EXISTS',
    `${nameOfUrl(client.fileUrl(fileName))} was uploaded by another meanwhile: ${name} ${version} is sha256:${digest}, the repository has its file as sha256:${present.digest}`,
    {
      next: 'Find out who uploads the same version. A published version never changes: raise `version`.',
    },
  );
}

/** Some servers answer as if they had kept a file, and older ones put provenance under other names. */
function lost(failure: RequestFailure): UserError {
  const { message } = networkError(failure, failure.url);
  return new UserError('NETWORK', message, {
    next: 'Run it again; if that does not help, ask those who run the server, for provenance whether it is new enough to keep it.',
    cause: failure,
  });
}
