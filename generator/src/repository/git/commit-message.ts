import { count } from '../../text.ts';

/** What a commit of archives and their provenance files says: `demo-1.0.0` for each chart version. */
export function commitMessage(files: readonly string[]): string {
  const versions = [...new Set(files.map((file) => file.replace(/\.tgz(?:\.prov)?$/, '')))];
  if (versions.length === 1) return `Publish ${versions.join('')}\n`;
  const lines = versions.map((version) => `- ${version}\n`);
  return `Publish ${count(versions.length, 'chart version')}\n\n${lines.join('')}`;
}
