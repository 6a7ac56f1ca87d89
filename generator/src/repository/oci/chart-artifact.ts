import type { ChartArchive } from '../../archive/archive.ts';
import { type Artifact, createArtifact, createBlob } from '../../registry/artifact.ts';
import type { TaggedManifest } from '../../registry/manifests.ts';
import { isMapping, jsonObject, objectField, textField } from '../../json-object.ts';
import { chartAnnotations } from './annotations.ts';
import { chartConfig } from './chart-config.ts';

/** Helm's media types: pkg/registry/constants.go. */
const CONFIG_TYPE = 'application/vnd.cncf.helm.config.v1+json';
const CHART_TYPE = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';
const PROVENANCE_TYPE = 'application/vnd.cncf.helm.chart.provenance.v1.prov';
/** Of charts that were pushed by Helm 3.0 to 3.6. */
const OLD_CHART_TYPE = 'application/tar+gzip';

/** A chart as Helm pushes it (Push in pkg/registry/client.go). */
export function chartArtifact({ metadata, bytes, provenance }: ChartArchive): Artifact {
  const config = createBlob(CONFIG_TYPE, chartConfig(metadata));
  const layers = [createBlob(CHART_TYPE, bytes)];
  if (provenance) layers.push(createBlob(PROVENANCE_TYPE, provenance));
  const sorted = layers.toSorted((a, b) => (a.descriptor.digest < b.descriptor.digest ? -1 : 1));
  return createArtifact(config, sorted, chartAnnotations(metadata));
}

/** A chart that a tag names. */
export interface PublishedChart {
  /** SHA-256 of the archive, plain hex. */
  digest: string;
  hasProvenance: boolean;
}

/** The chart of a manifest; undefined where it is of something else. */
export function readChartManifest({ bytes }: TaggedManifest): PublishedChart | undefined {
  const manifest = jsonObject(bytes) ?? {};
  if (textField(objectField(manifest, 'config'), 'mediaType') !== CONFIG_TYPE) return undefined;
  const layers = (Array.isArray(manifest.layers) ? manifest.layers : []).filter(isMapping);
  const digestOf = (types: readonly string[]) => {
    const layer = layers.find((item) => types.includes(textField(item, 'mediaType')));
    return layer && textField(layer, 'digest').replace(/^sha256:/, '');
  };
  const digest = digestOf([CHART_TYPE, OLD_CHART_TYPE]);
  if (digest === undefined) return undefined;
  return { digest, hasProvenance: digestOf([PROVENANCE_TYPE]) !== undefined };
}
