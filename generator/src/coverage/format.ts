import { printable } from '../text.ts';
import type { ChartCoverage, UncoveredValue } from './coverage.ts';

/** The most trials that are named. */
const NAMED = 3;

/** The coverage of a chart as text for people: a line for the chart, and one for each gap. */
export function formatCoverage({ chart, values, covered, uncovered }: ChartCoverage): string {
  const head = `${chart}: ${covered} of ${values} values covered`;
  const gaps = uncovered.map((value) => `  ${formatGap(chart, value)}`);
  return printable([head, ...gaps].join('\n'));
}

function formatGap(chart: string, { file, line, path, ...gap }: UncoveredValue): string {
  const place = [`${chart}/${file}`, ...(line === undefined ? [] : [line])].join(':');
  return `${place}  ${path}  ${reason(gap)}`;
}

function reason({ reason, trials }: Pick<UncoveredValue, 'reason' | 'trials'>): string {
  const others = trials.length - NAMED;
  const names = trials.slice(0, NAMED).join(', ') + (others > 0 ? ` and ${others} more` : '');
  switch (reason) {
    case 'unset':
      return 'no case and no test sets it to anything but its default';
    case 'no-effect':
      return `changes nothing that is rendered; it is set in ${names}`;
    case 'refused':
      return `the chart refuses to render where it is set: ${names}`;
  }
}
