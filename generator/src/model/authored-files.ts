import { basename } from 'node:path';
import type { Problem } from '../errors.ts';
import { checkAuthored } from './authored-schemas.ts';
import type { AuthoredKind } from './authored-schemas.ts';
import { namesIn } from './layout.ts';
import type { SourceTree } from './layout.ts';
import { parseYaml } from './yaml-source.ts';
import type { YamlSource } from './yaml-source.ts';

/** An authored file that met its schema: its data, and where its parts stand. */
export interface Authored<T> {
  data: T;
  source: YamlSource;
}

/** The files of charts-src as they are read, and everything that is wrong with them. */
export class AuthoredFiles {
  readonly directory: string;
  readonly tree: SourceTree;
  readonly problems: Problem[] = [];

  constructor(directory: string, tree: SourceTree) {
    this.directory = directory;
    this.tree = tree;
  }

  /** Path of a file as problems name it: `charts-src/catalog.yaml`. */
  named(path: string): string {
    return `${basename(this.directory)}/${path}`;
  }

  /** Names of the folders or files right below a folder, without their ending. */
  names(folder: string): string[] {
    return namesIn(this.tree, folder);
  }

  /** A file's content; a problem where it is missing. */
  content(path: string): Buffer | undefined {
    const content = this.tree.get(path);
    if (!content) this.problems.push({ file: this.named(path), message: 'the file is missing' });
    return content;
  }

  /** A YAML file that meets its schema; undefined, with its problems noted, where it does not. */
  yaml<T>(path: string, kind: AuthoredKind): Authored<T> | undefined {
    const content = this.content(path);
    const source = content && parseYaml(this.named(path), content, this.problems);
    if (source?.data === null) {
      this.problems.push({ file: this.named(path), message: 'the file is empty' });
      return undefined;
    }
    if (!source || !checkAuthored(kind, source, this.problems)) return undefined;
    return { data: source.data as T, source };
  }
}
