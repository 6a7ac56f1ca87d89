import type { Catalog, ChartSource, Line, SourceFile } from './catalog.ts';
import type { Rule } from './rule.ts';
import type { SchemaNode } from './schema-node.ts';

/** What JSON can say. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** One chart of one Spark line, complete: what every emitter reads. */
export interface ChartModel {
  catalog: Catalog;
  source: ChartSource;
  line: Line;
  /** `spark`, or `spark-4-2` for an older line. */
  name: string;
  /** True for the newest line. */
  newest: boolean;
  version: string;
  appVersion: string;
  components: { name: string; title: string; readme: string }[];
  /** The values model: an object node, all properties of all components in order. */
  values: SchemaNode;
  rules: Rule[];
  /** Templates, ci cases, tests, notes and further files. */
  files: SourceFile[];
  /** Handlebars partials of charts-src/partials by name. */
  partials: ReadonlyMap<string, SourceFile>;
}
