import { type Artifact, createArtifact, createBlob } from '../../registry/artifact.ts';

/** Where Artifact Hub looks for the metadata of a repository in a registry (its docs, Helm charts repositories). */
export const ARTIFACT_HUB_TAG = 'artifacthub.io';
const CONFIG_TYPE = 'application/vnd.cncf.artifacthub.config.v1+yaml';
const METADATA_TYPE = 'application/vnd.cncf.artifacthub.repository-metadata.layer.v1.yaml';

/** The content of an artifacthub-repo.yml as an artifact. */
export function artifactHubArtifact(metadata: Uint8Array): Artifact {
  // Some registries take no empty blob.
  const config = createBlob(CONFIG_TYPE, Buffer.from('{}'));
  const layer = createBlob(METADATA_TYPE, metadata, {
    'org.opencontainers.image.title': 'artifacthub-repo.yml',
  });
  return createArtifact(config, [layer], new Map());
}
