import type { ChartArchive } from '../../archive/archive.ts';
import { isStable } from '../../archive/version.ts';
import { RequestFailure } from '../../network/failure.ts';
import { withRetries } from '../../network/retry.ts';
import type { Progress } from '../../progress.ts';
import type { GitHubClient } from './client.ts';
import { fillRelease } from './fill-release.ts';
import { tagOf } from './notes.ts';
import {
  assertSame,
  assertTakesFiles,
  lackingFiles,
  type Presence,
  readPresence,
} from './presence.ts';
import type { Release } from './release.ts';

/** What a release is made of. */
export interface NewRelease {
  archive: ChartArchive;
  /** Markdown. */
  body: string;
  /** That a tag is put on. */
  commit?: string;
}

/**
 * Has a published release hold an archive and its provenance. The files are in a draft, and checked
 * there, before it is published: a release that is immutable takes none later. The draft is always
 * one of this run, as files of another's could go away between the check and the publishing.
 * @returns what GitHub has then.
 * @throws RequestFailure; UserError VERSION_EXISTS, PROVENANCE_INVALID where another has published
 *   other bytes meanwhile; DENIED for a release that is immutable and lacks a file.
 */
export function publishRelease(
  client: GitHubClient,
  { archive, body, commit }: NewRelease,
  progress: Progress,
): Promise<Presence> {
  const tag = tagOf(archive);
  let draft: Release | undefined;
  const attempt = async () => {
    const published = await client.findRelease(tag);
    if (!published) {
      const isPrerelease = !isStable(archive.version);
      const fields = { tag, body, isDraft: true, isPrerelease };
      draft ??= await client.createRelease({ ...fields, ...(commit !== undefined && { commit }) });
      await fillRelease(client, draft, archive, progress).catch(lookAgainIfGone);
      progress(`publishing release ${tag}`);
      await client.publishDraft(draft.id).catch(lookAgainIfGone);
    } else await complete(client, published, archive, progress);
    return readBack(client, archive);
  };
  const lookAgainIfGone = (error: unknown) => {
    if (!(error instanceof RequestFailure) || error.status !== 404) throw error;
    draft = undefined;
    throw new RequestFailure(error.url, 'is gone: another publisher may have removed it', {
      status: 404,
      isTransient: true,
      cause: error,
    });
  };
  return withRetries(attempt, progress);
}

/** Adds to a release that is published what it lacks. */
async function complete(
  client: GitHubClient,
  release: Release,
  archive: ChartArchive,
  progress: Progress,
): Promise<void> {
  const presence = await readPresence(client, archive, release);
  assertSame(archive, presence);
  if (lackingFiles(archive, presence).length === 0) return;
  assertTakesFiles(archive, presence);
  await fillRelease(client, release, archive, progress);
}

/** What clients find by the tag. */
async function readBack(client: GitHubClient, archive: ChartArchive): Promise<Presence> {
  const release = await client.findRelease(tagOf(archive));
  const presence = await readPresence(client, archive, release);
  assertSame(archive, presence);
  const [lacking] = lackingFiles(archive, presence);
  if (lacking === undefined) return presence;
  throw new RequestFailure(client.url, `does not show ${lacking} of ${tagOf(archive)} yet`, {
    isTransient: true,
  });
}
