import { isUtf8 } from 'node:buffer';
import { basename, join } from 'node:path';
import { type Problem, UserError } from '../errors.ts';
import type { SourceFile } from '../model/catalog.ts';
import type { ChartModel } from '../model/types.ts';
import { uniqueProblems } from '../problems.ts';
import { checkTemplate } from './check.ts';
import { templateRenderer } from './compile.ts';
import { templateContext } from './context.ts';
import { type Traced, untouched } from './lines.ts';
import { templateProblems } from './output.ts';
import { parseTemplate, type Template } from './template.ts';

export { checkValuesUsed } from './value-paths.ts';

/**
 * Every file of a chart that authors wrote, as it stands in the chart: path in the chart → text
 * of rendered files, bytes of copied ones. Templates that render to white space are left out.
 * @throws UserError TEMPLATE_INVALID with the mistakes of all files: syntax, unknown paths, helpers
 *   and partials; then those of finished templates: braces that do not pair, values not in the model.
 */
export function renderFiles(model: ChartModel): Map<string, string | Buffer> {
  const problems: Problem[] = [];
  const context = templateContext(model);
  const nameOf = ({ source }: SourceFile) => join(basename(model.catalog.directory), source);
  const sources = model.files.filter((file) => file.rendered);
  const parsed = parseAll([...sources, ...model.partials.values()], nameOf, problems);
  const partials = new Map([...model.partials].map(([name, file]) => [name, parsed.get(file)]));
  const templates = sources.flatMap((file) => parsed.get(file) ?? []);
  for (const template of templates) {
    problems.push(...checkTemplate(template, { context, partials }));
  }
  throwIfAny(model, problems);

  const render = templateRenderer(partials as Map<string, Template>, context);
  const files = new Map<string, string | Buffer>();
  for (const file of model.files) {
    const template = parsed.get(file);
    const finished = template ? render(template) : copied(nameOf(file), file.content);
    if (file.target.startsWith('templates/') && finished) {
      if (finished.text.trim() === '') continue;
      problems.push(...templateProblems(finished, model.values));
    }
    files.set(file.target, template && finished ? finished.text : file.content);
  }
  throwIfAny(model, problems);
  return files;
}

/** The charts of a catalogue share most of their files, which nothing changes. */
const parsedFiles = new WeakMap<SourceFile, Template>();

/** Reads all templates; adds what is wrong with those that cannot be read. */
function parseAll(
  files: readonly SourceFile[],
  nameOf: (file: SourceFile) => string,
  problems: Problem[],
): Map<SourceFile, Template> {
  const templates = new Map<SourceFile, Template>();
  for (const file of files) {
    try {
      const template = parsedFiles.get(file) ?? parseTemplate(nameOf(file), file.content);
      parsedFiles.set(file, template);
      templates.set(file, template);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(...error.problems);
    }
  }
  return templates;
}

/** A file that is not rendered; undefined where it is not text. */
function copied(file: string, content: Buffer): Traced | undefined {
  return isUtf8(content) ? untouched({ file, text: content.toString('utf8') }) : undefined;
}

function throwIfAny(model: ChartModel, problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  throw new UserError('TEMPLATE_INVALID', `the templates of ${model.name} have mistakes`, {
    problems: uniqueProblems(problems),
  });
}
