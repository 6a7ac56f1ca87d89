import { readKeyringFile } from '../provenance/keyring.ts';
import type { Progress } from '../progress.ts';
import {
  INDEX_FILE,
  updateDirectoryIndex,
  withDirectoryLock,
} from './directory/directory-index.ts';
import type { IndexDocument, IndexEdit } from './index-file/types.ts';

const FIELD = 'publicKeys';

/**
 * Adds public keys to the index of a folder, ASCII-armored; those it has stay.
 * @param keyring a file of keys; of a secret key the public part is taken.
 * @returns whether the index was written.
 * @throws UserError USAGE where it is no keyring; INDEX_INVALID, FILE_SYSTEM, BUSY
 */
export async function addPublicKeys(
  directory: string,
  keyring: string,
  progress: Progress,
): Promise<boolean> {
  const keys = (await readKeyringFile(keyring)).map((key) =>
    key.toPublic().armor().replaceAll('\r\n', '\n'),
  );
  return withDirectoryLock(directory, progress, () =>
    updateDirectoryIndex(directory, INDEX_FILE, ({ document }) => publicKeyEdits(document, keys)),
  );
}

/** What an index lacks of these keys. */
function publicKeyEdits(
  { head }: Pick<IndexDocument, 'head'>,
  keys: readonly string[],
): IndexEdit[] {
  const field = head.get(FIELD);
  const present = Array.isArray(field) ? field : [];
  const lacking = keys.filter((key) => !present.includes(key));
  if (lacking.length === 0) return [];
  return [{ kind: 'head', field: FIELD, value: [...present, ...new Set(lacking)] }];
}
