import { YAMLException } from 'js-yaml';
import type { Problem } from '../errors.ts';
import type { FileSet } from '../fileset/fileset.ts';
import { loadGoYaml } from '../go-yaml.ts';
import { isMapping } from '../json-object.ts';

function textOf(content: Uint8Array): string {
  // Helm leaves a byte order mark out, as the decoder does.
  return new TextDecoder().decode(content);
}

function valuesProblem(content: Uint8Array): Omit<Problem, 'file'> | undefined {
  try {
    const documents = loadGoYaml(textOf(content), { duplicates: true });
    const isSound = documents.every((document) => document === null || isMapping(document));
    return isSound ? undefined : { message: 'values are a mapping' };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { reason, mark } = error;
    return { message: reason, ...(mark && { line: mark.line + 1, column: mark.column + 1 }) };
  }
}

function schemaProblem(content: Uint8Array): Omit<Problem, 'file'> | undefined {
  try {
    JSON.parse(textOf(content));
    return undefined;
  } catch (error) {
    return { message: `this is no JSON: ${(error as SyntaxError).message}` };
  }
}

const CHECKS = [
  ['values.yaml', valuesProblem],
  ['values.schema.json', schemaProblem],
] as const;

/** Why Helm would not load values.yaml and values.schema.json of a chart. */
export function valuesProblems(files: FileSet, chart: string): Problem[] {
  return CHECKS.flatMap(([path, check]) => {
    const content = files.get(path);
    const problem = content && check(content);
    return problem ? { ...problem, file: `${chart}/${path}` } : [];
  });
}
