import { UserError } from '../errors.ts';
import type { FileSet } from '../fileset/fileset.ts';
import type { ChartModel } from '../model/types.ts';
import { checkValuesUsed, renderFiles } from '../render/index.ts';
import { emitChartYaml } from './chart-yaml.ts';
import { emitHelmignore } from './helmignore.ts';
import { emitReadme } from './readme.ts';
import { atItsRule, ruleTemplates } from './rules.ts';
import { emitValuesSchema } from './values-schema.ts';
import { emitValuesYaml } from './values-yaml.ts';

/**
 * All files of a chart.
 * @throws UserError TEMPLATE_INVALID with the mistakes of its templates, those of rules included,
 *   and with values that the model lacks or no template uses.
 */
export function emitChart(model: ChartModel): FileSet {
  const rendered = render(model);
  const chart = new Map<string, string | Buffer>([
    ...rendered,
    ['.helmignore', emitHelmignore()],
    ['Chart.yaml', emitChartYaml(model)],
    ['README.md', emitReadme(model, (rendered.get('README.md') ?? '').toString())],
    ['values.schema.json', emitValuesSchema(model)],
    ['values.yaml', emitValuesYaml(model)],
  ]);
  return new Map([...chart].map(([path, content]) => [path, Buffer.from(content)]));
}

/** The files of the authors and the templates of rules, rendered and checked. */
function render(model: ChartModel): Map<string, string | Buffer> {
  const files = [...model.files, ...ruleTemplates(model.rules)];
  try {
    const rendered = renderFiles({ ...model, files });
    checkValuesUsed(model.values, rendered);
    return rendered;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const problems = error.problems.map((problem) => atItsRule(problem, model.rules));
    throw new UserError(error.code, error.message, { problems, cause: error });
  }
}
