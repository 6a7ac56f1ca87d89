import type { Problem } from '../../errors.ts';
import type { Json } from '../../model/types.ts';
import type { Layout } from './layout.ts';

/** An entry as this program writes it: Chart.yaml, and where the archive is. */
export interface IndexEntry {
  name: string;
  version: string;
  urls: string[];
  created: string;
  digest: string;
  [field: string]: Json;
}

/** A stretch of bytes in a file; `end` is the first byte after it. */
export interface Range {
  start: number;
  end: number;
}

/** An entry where it stands in the file. */
export interface IndexedEntry {
  /** The name that it is listed under. */
  readonly chart: string;
  /** Its place among the entries of its chart, from 0. */
  readonly position: number;
  readonly range: Range;
  /** Exactly as written, `1.10` and not 1.1; undefined where there is none. */
  readonly version: string | undefined;
  /** Without a `sha256:` in front, which Helm strips. */
  readonly digest: string | undefined;
  readonly urls: readonly string[];
  /** All of it, parsed when asked for. */
  readonly data: Json;
}

/** index.yaml as it stands: its bytes, and where its charts and entries are in them. Never changed. */
export interface IndexDocument {
  /** What to call it in messages. */
  readonly file: string;
  readonly bytes: Uint8Array;
  /** Everything at the top but `entries`, in the order of the file. */
  readonly head: ReadonlyMap<string, Json>;
  /** Charts and their entries in the order of the file, those that are no good among them. */
  readonly charts: ReadonlyMap<string, readonly IndexedEntry[]>;
  /** What edits go by; undefined for a file that can be read only, see editIndex. */
  readonly layout: Layout | undefined;
}

/** A change of an index. All else keeps its bytes. */
export type IndexEdit =
  /** Put in Helm's order among the entries of the chart; not checked for being there already. */
  | { kind: 'add'; chart: string; entry: Json }
  | { kind: 'replace'; entry: IndexedEntry; by: Json }
  /** A chart without entries goes as well. */
  | { kind: 'remove'; entry: IndexedEntry }
  /** A field at the top other than `entries`; undefined removes it. */
  | { kind: 'head'; field: string; value: Json | undefined };

/** Something wrong in an index: who refuses it, passes over it or cannot use it. */
export interface IndexProblem extends Problem {
  /** Where the entry is that it is about, where it is about one. */
  chart?: string;
  position?: number;
  /** Helm refuses the whole file because of it. */
  isFatal?: true;
}

/** An index, and what Helm 3, Helm 4 or Artifact Hub would refuse, pass over or not be able to use. */
export interface CheckedIndex {
  document: IndexDocument;
  problems: readonly IndexProblem[];
}
