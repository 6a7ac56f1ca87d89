import type { ChartArchive } from '../../archive/archive.ts';
import { UserError } from '../../errors.ts';
import { sha256 } from '../../files/digest.ts';
import { RequestFailure } from '../../network/failure.ts';
import { withRetries } from '../../network/retry.ts';
import { nameOfUrl } from '../../network/url.ts';
import { provenanceName } from '../../provenance/provenance-file.ts';
import { textField } from '../../json-object.ts';
import type { Listing } from '../listing.ts';
import type { ChartMuseumClient } from './client.ts';

/** Of a provenance file. */
const LAST_LINE = '-----END PGP SIGNATURE-----';

/** What a server has of an archive. */
export interface Presence {
  /** What its API says of the version; undefined where it does not list it. */
  listing: Listing | undefined;
  /** Of the file of that name, plain hex; undefined where there is none. */
  digest: string | undefined;
  /** Is there a provenance file? Not looked for where the archive has none. */
  hasProvenance: boolean;
}

/**
 * Looks at what is there of an archive. The file is asked for too: the index can be behind it.
 * @throws UserError NETWORK, DENIED; PROVENANCE_INVALID where provenance of another archive is there.
 */
export async function readPresence(
  client: ChartMuseumClient,
  archive: ChartArchive,
): Promise<Presence> {
  const { name, version, fileName } = archive;
  const [entry, file, hasProvenance] = await Promise.all([
    client.readEntry(name, version),
    readSettled(client, fileName, (bytes) => isBeginning(bytes, archive.bytes)),
    archive.provenance !== undefined && isVouchedFor(client, archive),
  ]);
  return {
    listing: entry && listingOf(textField(entry, 'digest').toLowerCase()),
    digest: file && sha256(file),
    hasProvenance,
  };
}

/**
 * A file that is not being written: its storage can show one before it is whole. What stays in parts
 * is taken as it is.
 */
async function readSettled(
  client: ChartMuseumClient,
  file: string,
  isPart: (bytes: Buffer) => boolean,
): Promise<Uint8Array | undefined> {
  const attempt = async () => {
    const bytes = await client.readFile(file);
    if (!bytes || !isPart(Buffer.from(bytes))) return bytes;
    throw new RequestFailure(client.fileUrl(file), 'is not whole', { isTransient: true });
  };
  try {
    return await withRetries(attempt, undefined);
  } catch (error) {
    if (error instanceof RequestFailure) return client.readFile(file);
    throw error;
  }
}

function isBeginning(bytes: Uint8Array, whole: Uint8Array): boolean {
  const isShorter = bytes.length < whole.length;
  return isShorter && Buffer.compare(bytes, whole.subarray(0, bytes.length)) === 0;
}

function listingOf(digest: string): Listing {
  const digests = [digest === '' ? undefined : digest];
  return { digests, where: 'ChartMuseum has it', isRetired: false };
}

/** One that vouches for the archive stays, whoever signed it: a published signature never changes. */
async function isVouchedFor(client: ChartMuseumClient, archive: ChartArchive): Promise<boolean> {
  const file = provenanceName(archive.fileName);
  const provenance = await readSettled(client, file, (bytes) => !bytes.includes(LAST_LINE));
  if (!provenance) return false;
  // Loaded here because it takes a while and most archives are not signed.
  const { checkStatement } = await import('../../provenance/verify.ts');
  try {
    checkStatement(provenance, archive);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const where = nameOfUrl(client.fileUrl(file));
    throw new UserError(
      'PROVENANCE_INVALID',
      `${where} is about another archive: ${error.message}`,
      {
        next: 'Have it deleted in the storage of the server: its API cannot replace it.',
        cause: error,
      },
    );
  }
  return true;
}
