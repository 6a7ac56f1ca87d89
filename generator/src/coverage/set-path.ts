import type { Json } from '../model/types.ts';
import type { Values } from './overrides.ts';

/** `key`, `[key.with.dots]` or `[0]`, as the first step of a path or a further one. */
const STEP =
  /(?:^|(?!^)\.)(?:\[(?<quoted>[^[\],{}=]+)\]|(?<key>[^.[\],{}=]+))|\[(?<index>\d{1,4})\]/y;

/**
 * The values that an entry of `set` in a suite means: `image.tag`, `list[0].name`,
 * `sparkConf.[spark.ui.port]`.
 * See https://github.com/helm-unittest/helm-unittest/blob/main/DOCUMENT.md#test-suite.
 * @returns undefined for what is no path.
 */
export function valuesAt(path: string, value: Json): Values | undefined {
  const steps = stepsOf(path);
  if (steps === undefined) return undefined;
  return steps.reduceRight<Json>(
    (inner, step) =>
      typeof step === 'number'
        ? [...Array.from({ length: step }, () => null), inner]
        : Object.fromEntries([[step, inner]]),
    value,
  ) as Values;
}

function stepsOf(path: string): (string | number)[] | undefined {
  const steps: (string | number)[] = [];
  const pattern = new RegExp(STEP);
  while (pattern.lastIndex < path.length) {
    const { quoted, key, index } = pattern.exec(path)?.groups ?? {};
    const name = quoted ?? key;
    if (name !== undefined) steps.push(name);
    else if (index !== undefined) steps.push(Number(index));
    else return undefined;
  }
  return steps.length === 0 ? undefined : steps;
}
