import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';

export interface Command {
  program: string;
  args: readonly string[];
  cwd?: string;
}

/** One finished run: seconds on the clock, and the most memory the process itself held. */
export interface Run {
  seconds: number;
  mebibytes: number;
}

/** Highest resident size so far, from Linux's process table; 0 elsewhere. */
async function peakMebibytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
}

/** Runs commands one after the other and adds up their time; memory is that of the largest. */
export async function measure(commands: readonly Command[]): Promise<Run> {
  let mebibytes = 0;
  const start = process.hrtime.bigint();
  for (const { program, args, cwd } of commands) {
    const child = spawn(program, args, { cwd, stdio: 'ignore' });
    const timer = setInterval(() => {
      void peakMebibytes(child.pid ?? 0).then((now) => {
        mebibytes = Math.max(mebibytes, now);
      });
    }, 5);
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('exit', resolve);
    });
    clearInterval(timer);
    if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}`);
  }
  return { seconds: Number(process.hrtime.bigint() - start) / 1e9, mebibytes };
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
