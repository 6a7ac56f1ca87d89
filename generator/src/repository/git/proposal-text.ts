import type { ChartArchive } from '../../archive/archive.ts';
import { sha256 } from '../../files/digest.ts';
import type { PublishPlan } from '../store.ts';
import type { GitTarget } from './target.ts';

/** Enough of a digest for a name. */
const DIGEST_LENGTH = 16;

/**
 * The branch that proposes some archives: the same for the same ones, so that a second run finds it.
 * Signatures do not count, as each run makes others.
 * @param url where clients will find the target.
 */
export function proposalBranch(
  { branch, folder }: GitTarget,
  archives: readonly ChartArchive[],
  url = '',
): string {
  const files = new Set(archives.map(({ fileName, digest }) => `${fileName} ${digest}`));
  const content = [branch, folder, url, ...[...files].toSorted()].join('\n');
  return `publish-${sha256(content).slice(0, DIGEST_LENGTH)}`;
}

/** What a plan brings, as a Markdown list. */
export function proposalBody({ additions, uploads, provenance }: PublishPlan): string {
  const added = new Set(additions.map(({ digest }) => digest));
  const lines = [
    ...additions.map(({ name, version, digest }) => `\`${name} ${version}\` sha256:${digest}`),
    ...uploads
      .filter(({ digest }) => !added.has(digest))
      .map(({ fileName, digest }) => `\`${fileName}\` sha256:${digest}`),
    ...provenance.map((file) => `\`${file}\``),
  ];
  return lines.map((line) => `- ${line}\n`).join('');
}
