import { type ChartMetadata, readYamlFields } from './metadata.ts';
import { METADATA_FIELDS } from './metadata-shape.ts';
import type { Json } from '../model/types.ts';

/** A chart that another one needs, as Chart.yaml and lock files have it. */
export interface Dependency {
  name: string;
  /** URL of a repository; empty where the chart stands in charts/. */
  repository: string;
  /** A range of versions; in a lock file one version. */
  version?: string;
  [field: string]: Json | undefined;
}

/** Chart.lock: the versions that ranges came to. */
export interface Lock {
  /** Name, repository and version of each. */
  dependencies: readonly Dependency[];
  /** Of what was asked for and what it came to, see lockDigest in dependencies/lock.ts. */
  digest: string;
}

/** Where the lock of a chart stands; v1 charts have it beside requirements.yaml. */
export function lockPath({ apiVersion }: ChartMetadata): 'Chart.lock' | 'requirements.lock' {
  return apiVersion === 'v1' ? 'requirements.lock' : 'Chart.lock';
}

/**
 * @param file what to call it in messages.
 * @throws UserError CHART_INVALID
 */
export function readLock(content: Uint8Array, file: string): Lock {
  const source = { file, code: 'CHART_INVALID' } as const;
  const { dependencies = [], digest = '' } = readYamlFields(content, source, {
    dependencies: METADATA_FIELDS.dependencies ?? 'texts',
    digest: 'text',
  });
  return { dependencies: dependencies as Dependency[], digest: digest as string };
}
