import type { Rule } from '../rule.ts';

/** A rendered document that is not YAML, or has one key twice. */
export const renderedYaml: Rule = {
  id: 'rendered-yaml',
  severity: 'error',
  summary: 'A rendered document is not valid YAML.',
  reason:
    'Helm lets some of it pass, such as a key that stands twice; one of the two is then lost.',
  remedy: 'Look at the output of `helm template --debug` at this line.',
  source: 'https://yaml.org/spec/1.2.2/#3213-node-comparison',
  rendering({ manifests }) {
    return manifests.flatMap((manifest) => {
      if (manifest.invalid === undefined) return [];
      const { message, line } = manifest.invalid;
      return [
        {
          message: `the rendered YAML is wrong: ${message}`,
          place: { manifest, ...(line !== undefined && { line }) },
        },
      ];
    });
  },
};
