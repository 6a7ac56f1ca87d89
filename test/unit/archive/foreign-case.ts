import { chartYaml } from './fixture.ts';
import type { RawEntry } from './raw-tar.ts';

/** An archive as nobody should make it. */
export interface ForeignCase {
  what: string;
  bytes: Buffer;
  /** Part of the message where it is refused. */
  refused?: string;
  /** Why it is, although Helm loads it. */
  stricter?: string;
  /** What differs from the chart `demo` where it is read. */
  metadata?: Record<string, unknown>;
}

/** An archive by its bytes, or by its entries. */
export type Case = Omit<ForeignCase, 'bytes'> & { entries?: RawEntry[]; bytes?: Buffer };

export const chart: RawEntry = { name: 'demo/Chart.yaml', body: chartYaml() };
export const other: RawEntry = { name: 'demo/Chart.yaml', body: chartYaml('other') };
export const file = (name: string): RawEntry => ({ name, body: 'a: 1\n' });
