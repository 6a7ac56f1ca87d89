import type { Problem } from '../errors.ts';

/** The data that flows from `charts-src` to the emitters. No stage changes it. */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/**
 * One node of the values model: JSON Schema 2020-12 with our `x-` keywords. In a resolved
 * model no `$ref` to a fragment is left and properties stand in the order of values.yaml.
 */
export interface SchemaNode {
  type?: string | string[];
  title?: string;
  description?: string;
  default?: Json;
  examples?: Json[];
  deprecated?: boolean;
  enum?: Json[];
  const?: Json;
  properties?: Record<string, SchemaNode>;
  additionalProperties?: boolean | SchemaNode;
  patternProperties?: Record<string, SchemaNode>;
  propertyNames?: SchemaNode;
  items?: SchemaNode;
  required?: string[];
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  multipleOf?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  minProperties?: number;
  maxProperties?: number;
  uniqueItems?: boolean;
  pattern?: string;
  allOf?: SchemaNode[];
  anyOf?: SchemaNode[];
  oneOf?: SchemaNode[];
  not?: SchemaNode;
  if?: SchemaNode;
  then?: SchemaNode;
  else?: SchemaNode;
  /** Starts a section of values.yaml and of the README; on properties of the root only. */
  'x-section'?: string;
  /** What the value gives to who installs the chart: a row of the README's table of features. */
  'x-feature'?: string;
  /** Chart version that brought the value. */
  'x-since'?: string;
  /** Spark lines that have the value, a semver range such as `>=4.0`; removed when resolved. */
  'x-lines'?: string;
  /** A type of the Kubernetes API, `core/v1.Toleration`, in place of `type` and `properties`. */
  'x-kubernetes'?: string;
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

/** A place in rules.yaml, with the line to show. */
export type RulePlace = Pick<Problem, 'file' | 'line' | 'column' | 'excerpt'>;

/** A check across values, in Helm's template language; see docs/authoring.md. */
export interface Rule {
  id: string;
  /** Where a character of its condition or message is written; blanks do not count. */
  placeOf: (part: 'condition' | 'message', character: number) => RulePlace;
  /** Refused rules stop the install, warned ones are shown in the notes. */
  level: 'refuse' | 'warn';
  /** A Go template pipeline that is true when the rule is broken. */
  condition: string;
  /** The sentence to show; may hold Go template actions. */
  message: string;
  /** What the README says of the rule; the message without its actions where absent. */
  description: string;
  /** Named template, without the chart's prefix, that includes the rule once for each of several. */
  each?: string;
}

/** A rule of a component, for all Spark lines or a range of them. */
export interface ComponentRule extends Rule {
  lines?: string;
}

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
