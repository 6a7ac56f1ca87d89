import { join } from 'node:path';
import { blockYaml } from '../emit/yaml.ts';
import { fileSystemError } from '../errors.ts';
import { readIfPresent } from '../files/read.ts';
import { replaceFile } from '../files/replace-file.ts';
import type { ArtifactHub } from '../model/catalog.ts';
import type { Progress } from '../progress.ts';
import { withDirectoryLock } from './directory/directory-index.ts';

/** Read by Artifact Hub beside index.yaml. */
const ARTIFACT_HUB_FILE = 'artifacthub-repo.yml';

/**
 * Has a repository say on Artifact Hub whose it is; a file that says so already stays as it is.
 * @throws UserError FILE_SYSTEM, BUSY
 */
export async function writeArtifactHub(
  directory: string,
  metadata: ArtifactHub,
  progress: Progress,
): Promise<void> {
  const file = join(directory, ARTIFACT_HUB_FILE);
  const text = `${blockYaml({ ...metadata })}\n`;
  try {
    await withDirectoryLock(directory, progress, async () => {
      const present = await readIfPresent(file);
      if (present?.toString() !== text) replaceFile(file, text);
    });
  } catch (error) {
    throw fileSystemError(error, `writing ${file}`);
  }
}
