import { compareKeys } from './key-order.ts';
import type { ChartLayout, Collection } from './layout.ts';
import type { Slot } from './splices.ts';

/** New charts go where their names belong where all are sorted, else to the end. */
export function placeCharts(
  { items }: Collection<ChartLayout>,
  staying: readonly Slot<string>[],
  added: readonly (readonly [name: string, text: string])[],
): Slot<string>[] {
  const orders = [compareKeys, (a: string, b: string) => Number(a > b) - Number(a < b)];
  const names = items.map(({ key }) => key);
  const order = orders.find((compare) =>
    names.every((name, index) => index === 0 || compare(names[index - 1] ?? '', name) < 0),
  );
  const waiting = order ? added.toSorted(([a], [b]) => order(a, b)) : [...added];
  const slots: Slot<string>[] = [];
  const take = () => {
    const [next] = waiting.splice(0, 1);
    if (next) slots.push({ kind: 'written', value: next[1] });
  };
  for (const slot of staying) {
    const name = names[slot.position ?? 0] ?? '';
    while (order && waiting[0] && order(waiting[0][0], name) < 0) take();
    slots.push(slot);
  }
  while (waiting.length > 0) take();
  return slots;
}
