import type { ComponentRule } from './rule.ts';
import type { SchemaNode } from './schema-node.ts';
import type { Json } from './types.ts';

// What stands in `charts-src`. No stage changes it.

/** charts-src/catalog.yaml. */
export interface Catalog {
  /** The folder that was loaded. */
  directory: string;
  repository: Repository;
  home: string;
  sources: string[];
  license: string;
  maintainers: { name: string; email?: string; url?: string }[];
  /** Supported Kubernetes minor versions, `1.31`. */
  kubernetes: { oldest: string; newest: string };
  /** Newest first; the first one's charts bear the plain name. */
  lines: Line[];
  charts: ChartSource[];
  components: ReadonlyMap<string, Component>;
  /** Handlebars partials of charts-src/partials by name. */
  partials: ReadonlyMap<string, SourceFile>;
}

/** Where the charts are published. */
export interface Repository {
  name: string;
  url: string;
  artifactHub?: ArtifactHub;
  /** The key that signs the charts: its fingerprint, and where its public key is. */
  signKey?: { fingerprint: string; url: string };
}

/** artifacthub-repo.yml (https://artifacthub.io/docs/topics/repositories/). */
export interface ArtifactHub {
  repositoryID?: string;
  owners?: { name: string; email: string }[];
  /** Charts that are not listed; `version` is a regular expression. */
  ignore?: { name: string; version?: string }[];
}

/** charts-src/lines/<line>.yaml: what is true of one Spark line. */
export interface Line {
  /** `4.3` */
  line: string;
  /** `4.3.0` */
  version: string;
  image: { tag: string; java: number; scala: string };
  recoveryModes: string[];
  defaults: Record<string, string | number | boolean>;
  gates: Record<string, string | number | boolean>;
}

/** charts-src/charts/<chart>/chart.yaml. */
export interface ChartSource {
  /** Folder of the chart, absolute. */
  directory: string;
  name: string;
  version: string;
  description: string;
  keywords: string[];
  icon?: string;
  category?: string;
  /** In the order of their sections in values.yaml. */
  components: string[];
  /** Names of the lines the chart is made for, newest first. */
  lines: string[];
  /** Overrides of the model's defaults, in the shape of values.yaml. */
  defaults: Record<string, Json>;
  links: { name: string; url: string }[];
  changes: { kind: string; description: string; links?: { name: string; url: string }[] }[];
  /** ci cases, tests, notes and further files. */
  files: SourceFile[];
}

/** charts-src/components/<component>: a part that charts share. */
export interface Component {
  name: string;
  /** The heading of its README.md, and the text below. */
  title: string;
  readme: string;
  /** Its part of the values model for all Spark lines, references resolved. */
  values: SchemaNode;
  rules: ComponentRule[];
  files: SourceFile[];
}

/** A file of charts-src that a chart takes over: rendered when it ends in `.hbs`, else copied. */
export interface SourceFile {
  /** Relative to charts-src, for messages. */
  source: string;
  /** Path in the chart, without `.hbs`. */
  target: string;
  content: Buffer;
  rendered: boolean;
}
