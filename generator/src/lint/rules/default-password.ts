import { nameOf } from '../manifests.ts';
import { defaultSecrets } from '../objects/default-secrets.ts';
import { podTemplates } from '../objects/pods.ts';
import { isSecretName, isSecretText } from '../objects/secret-names.ts';
import { secretTexts, variables, type NamedText } from '../objects/secrets.ts';
import { literalsOf } from '../objects/template-literals.ts';
import type { LintedRendering, Observation, Rule } from '../rule.ts';

/** Secrets that everybody has who has the chart. */
export const defaultPassword: Rule = {
  id: 'default-password',
  severity: 'error',
  summary: 'A password, token or key comes from the defaults of the chart or stands in a template.',
  reason: 'It is the same in every installation, and whoever has the chart knows it.',
  remedy:
    'Leave the default empty and ask for the value with `required`, take it from an existing Secret, or make a random one and keep it with `lookup`.',
  source: 'https://cwe.mitre.org/data/definitions/1392.html',
  rendering(rendering) {
    const { chart, objects } = rendering;
    const secrets = secretTexts(objects).filter(({ text }) => isSecretText(text));
    const named = variables(podTemplates(objects)).filter(({ name }) => isSecretName(name));
    const places = new Map<string, NamedText>();
    for (const entry of [...secrets, ...named])
      if (!places.has(entry.text)) places.set(entry.text, entry);
    const ofValues = defaultSecrets(chart).flatMap(({ name, text, place }): Observation[] => {
      const entry = places.get(text);
      if (entry === undefined) return [];
      const message = `the default of ${name} becomes ${entry.name} of ${nameOf(entry.object)}`;
      return [{ message, place }];
    });
    return [...ofValues, ...secrets.flatMap((entry) => ofTemplate(rendering, entry))];
  },
};

function ofTemplate({ chart }: LintedRendering, entry: NamedText): Observation[] {
  const { object, name, text, path } = entry;
  if (!isSecretName(name)) return [];
  const template = chart.files.get(object.manifest.file) ?? '';
  const literals = literalsOf(template, name);
  const encoded = Buffer.from(text).toString('base64');
  if (!literals.includes(text) && !literals.includes(encoded)) return [];
  const message = `${name} of ${nameOf(object)} stands in the template`;
  return [{ message, place: { object, path } }];
}
