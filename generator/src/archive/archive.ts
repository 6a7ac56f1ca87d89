import { sha256 } from '../files/digest.ts';
import type { ChartMetadata } from './metadata.ts';

/** What an index says of an archive. */
export interface ArchiveInfo {
  name: string;
  version: string;
  /** `<name>-<version>.tgz`, the name Helm gives it. */
  fileName: string;
  /** SHA-256 of the bytes, plain hex as in index.yaml. */
  digest: string;
  size: number;
  metadata: ChartMetadata;
}

/** A packed chart in memory. */
export interface ChartArchive extends ArchiveInfo {
  bytes: Uint8Array;
  /** The content of `<fileName>.prov`, where the chart is signed. */
  provenance?: Uint8Array;
}

/** What an index says of a packed chart, under the name that Helm gives it. */
export function describeArchive(bytes: Uint8Array, metadata: ChartMetadata): ChartArchive {
  const { name, version } = metadata;
  return {
    name,
    version,
    fileName: `${name}-${version}.tgz`,
    digest: sha256(bytes),
    size: bytes.length,
    metadata,
    bytes,
  };
}
