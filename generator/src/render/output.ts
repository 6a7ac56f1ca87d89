import type { Problem } from '../errors.ts';
import type { SchemaNode } from '../model/schema-node.ts';
import { goSyntaxProblems } from './go-blocks.ts';
import { problemIn, type Traced } from './lines.ts';
import { explainUnknown, valuePaths } from './value-paths.ts';

const OBJECT = '[object Object]';

/** What copied files must be as well; rendered ones are made so. */
const UNTIDY: readonly [RegExp, string][] = [
  [/\r/, 'the line ends with a carriage return'],
  [/[ \t]+$/m, 'the line ends with blanks'],
  [/[^\n]$/, 'the last line has no line feed'],
  [/\n\n$/, 'the file ends with empty lines'],
];

/** What is wrong with a finished file of templates/, which Helm will read. */
export function templateProblems(template: Traced, values: SchemaNode): Problem[] {
  const { text } = template;
  const problems = goSyntaxProblems(text).map((problem) =>
    problemIn(template, problem, problem.message),
  );
  const object = text.indexOf(OBJECT);
  if (object !== -1) {
    const place = { offset: object, length: OBJECT.length };
    problems.push(problemIn(template, place, 'an object was printed as text'));
  }
  for (const [pattern, message] of UNTIDY) {
    const found = pattern.exec(text);
    if (found) problems.push(problemIn(template, { offset: found.index, length: 1 }, message));
  }
  for (const path of valuePaths(text)) {
    const unknown = explainUnknown(values, path.keys);
    if (unknown) problems.push(problemIn(template, path, unknown.message, unknown.hint));
  }
  return problems;
}
