import { positionAt } from '../../render/position.ts';
import type { Rule } from '../rule.ts';
import { isLibrary, templateRunOf } from '../values/value-uses.ts';

/** A named template that nothing includes. */
export const unusedTemplate: Rule = {
  id: 'unused-template',
  severity: 'info',
  summary: 'No template includes a named template.',
  reason: 'It is dead code, or its name is misspelt where it should be included.',
  remedy: 'Remove the named template, or include it.',
  chart(chart) {
    const { trace, named } = templateRunOf(chart);
    if (isLibrary(chart) || trace.isOpaque) return [];
    return named
      .filter(({ name, file }) => file.startsWith('templates/') && !trace.called.has(name))
      .map(({ name, file, offset }) => ({
        message: `no template includes "${name}"`,
        place: { file, ...positionAt(chart.files.get(file) ?? '', offset) },
      }));
  },
};
