import { join } from 'node:path';
import { fileSystemError } from '../errors.ts';
import { lockOf, withLock } from '../files/lock.ts';
import { replaceFile } from '../files/replace-file.ts';
import type { Progress } from '../progress.ts';
import type { Finding } from './finding.ts';
import { readForFix, refuseChart } from './fix-refusal.ts';
import { fixText, type FixableFinding } from './fix-text.ts';

/** A finding that was mended, or why it was not. */
export interface FixResult {
  rule: string;
  chart: string;
  /** Path in the chart. */
  file: string;
  line: number;
  /** Absent for what was mended. */
  refusal?: string;
}

const WAIT_MILLISECONDS = 10_000;

/**
 * Changes the lines of charts whose findings bring a fix. Left alone is what was changed since it
 * was read, what the generator or somebody else writes, and everything outside a chart's folder.
 * @returns a result for each finding with a fix, in their order.
 * @throws UserError `BUSY` when another process mends the chart, `FILE_SYSTEM`.
 */
export async function fixFindings(
  findings: readonly Finding[],
  progress: Progress,
): Promise<FixResult[]> {
  const results: FixResult[] = [];
  const fixable = findings.filter(isFixable);
  for (const chart of new Set(fixable.map((finding) => finding.chart))) {
    const ofChart = fixable.filter((finding) => finding.chart === chart);
    const refusal = await refuseChart(chart);
    if (refusal !== undefined) {
      results.push(...ofChart.map((finding) => resultOf(finding, refusal)));
      continue;
    }
    const lock = { progress, busy: `is mending ${chart}`, waitMilliseconds: WAIT_MILLISECONDS };
    try {
      results.push(...(await withLock(lockOf(chart), lock, () => fixChart(chart, ofChart))));
    } catch (error) {
      throw fileSystemError(error, `mending ${chart}`);
    }
  }
  return results;
}

function isFixable(finding: Finding): finding is FixableFinding {
  return finding.fix !== undefined && finding.file !== undefined && finding.line !== undefined;
}

async function fixChart(chart: string, findings: readonly FixableFinding[]): Promise<FixResult[]> {
  const results: FixResult[] = [];
  for (const file of new Set(findings.map((finding) => finding.file))) {
    const ofFile = findings.filter((finding) => finding.file === file);
    const content = await readForFix(chart, file);
    if ('refusal' in content) {
      results.push(...ofFile.map((finding) => resultOf(finding, content.refusal)));
      continue;
    }
    const { text, refusals } = fixText(content.text, ofFile);
    if (text !== content.text) replaceFile(join(chart, file), text);
    results.push(...ofFile.map((finding) => resultOf(finding, refusals.get(finding))));
  }
  return results;
}

function resultOf({ rule, chart, file, line }: FixableFinding, refusal?: string): FixResult {
  return { rule, chart, file, line, ...(refusal !== undefined && { refusal }) };
}
