import { GAP, type Alternatives } from './known.ts';

/** What `print` and `printf` give, with a gap for what is not known. */
export function formatText({
  name,
  values,
}: {
  name: string;
  values: readonly Alternatives[];
}): string {
  const texts = values.map((value) => {
    const [known, ...others] = value;
    return known?.type === 'text' && others.length === 0 ? known.text : GAP;
  });
  if (name === 'print') return texts.join('');
  const [format = GAP, ...given] = texts;
  let next = 0;
  return format.replaceAll(/%(?:%|[-+ #0]*\d*(?:\.\d+)?[a-zA-Z])/g, (verb) => {
    if (verb === '%%') return '%';
    next += 1;
    return given[next - 1] ?? GAP;
  });
}
