import type { Problem } from '../../errors.ts';
import { createBlob, type Descriptor } from '../../registry/artifact.ts';
import type { RegistryClient } from '../../registry/client.ts';
import { createAttachment, listReferrers, writeAttachment } from '../../registry/referrers.ts';
import type { Sbom } from './sbom.ts';

/** What there is to do about the SBOMs of a manifest. */
export interface SbomPlan {
  lacking: Sbom[];
  warnings: Problem[];
}

function attachmentOf(manifest: Descriptor, { fileName, mediaType, bytes }: Sbom) {
  const title = { 'org.opencontainers.image.title': fileName };
  return createAttachment(manifest, createBlob(mediaType, bytes, title));
}

/**
 * Which SBOMs a manifest lacks, all of them where it is not published yet. One of the same format stays, even with other bytes: tools
 * write the time of day into them, and there would be another one after each run.
 * @throws UserError DENIED, NETWORK
 */
export async function planSboms(
  client: RegistryClient,
  repository: string,
  manifest: Descriptor | undefined,
  sboms: readonly Sbom[],
): Promise<SbomPlan> {
  if (!manifest) return { lacking: [...sboms], warnings: [] };
  const plan: SbomPlan = { lacking: [], warnings: [] };
  for (const sbom of sboms) {
    const subject = { repository, digest: manifest.digest };
    const present = await listReferrers(client, subject, sbom.mediaType);
    const { digest } = attachmentOf(manifest, sbom).referrer;
    if (present.some((referrer) => referrer.digest === digest)) continue;
    if (present.every(({ artifactType }) => artifactType !== sbom.mediaType))
      plan.lacking.push(sbom);
    else
      plan.warnings.push({
        message: `another SBOM of ${sbom.mediaType} is attached already, and stays`,
        file: sbom.fileName,
      });
  }
  return plan;
}

/**
 * Attaches an SBOM to a published manifest.
 * @throws UserError DENIED, NETWORK, BUSY
 */
export function attachSbom(
  client: RegistryClient,
  repository: string,
  manifest: Descriptor,
  sbom: Sbom,
): Promise<void> {
  const subject = { repository, digest: manifest.digest };
  return writeAttachment(client, subject, attachmentOf(manifest, sbom));
}
