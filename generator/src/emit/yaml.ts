import { stringify } from 'yaml';
import type { Json } from '../model/types.ts';

/**
 * YAML options for text that Helm reads: it takes YAML 1.1, where `yes` and `1_000` are no
 * strings, so those are quoted; lines are never folded.
 */
export const HELM_YAML = { compat: 'yaml-1.1', lineWidth: 0 } as const;

/** A value as block YAML without the newline at its end. */
export function blockYaml(value: Json): string {
  const text = stringify(value, HELM_YAML);
  // Text with empty lines at its end would take in the empty lines that follow it.
  const isOpen = /[|>]\d?\+$/m.test(text);
  return (isOpen ? stringify(value, { ...HELM_YAML, blockQuote: false }) : text).replace(/\n$/, '');
}

/** A value on one line: `[a, b]`, `{ a: 1 }`. */
export function flowYaml(value: Json): string {
  const options = { ...HELM_YAML, collectionStyle: 'flow', blockQuote: false } as const;
  return stringify(value, options)
    .replaceAll(/\s*\n\s*/g, ' ')
    .trim();
}
