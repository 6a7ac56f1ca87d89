import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

export interface Command {
  program: string;
  args: readonly string[];
  environment?: NodeJS.ProcessEnv;
}

/** Commands of which each reads what the one before it prints. */
export type Pipeline = readonly Command[];

/** One finished run: seconds on the clock, and the most memory all its processes held together. */
export interface Run {
  seconds: number;
  mebibytes: number;
}

/** Runs pipelines, so many at once, and adds nothing else. */
export async function measure(pipelines: readonly Pipeline[], atOnce: number): Promise<Run> {
  const running = new Set<number>();
  let mebibytes = 0;
  const sample = async () => {
    const sizes = await Promise.all([...running].map(treeMebibytes));
    mebibytes = Math.max(
      mebibytes,
      sizes.reduce((sum, size) => sum + size, 0),
    );
  };
  const timer = setInterval(() => void sample(), 20);
  const start = process.hrtime.bigint();
  const queue = pipelines.values();
  const work = async () => {
    for (const pipeline of queue) await runPipeline(pipeline, running);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  clearInterval(timer);
  return { seconds, mebibytes };
}

async function runPipeline(pipeline: Pipeline, running: Set<number>): Promise<void> {
  let before: ChildProcess | undefined;
  const ends: Promise<void>[] = [];
  for (const [index, command] of pipeline.entries()) {
    const { program, args, environment } = command;
    const isLast = index === pipeline.length - 1;
    const child = spawn(program, args, {
      env: { ...process.env, ...environment },
      stdio: [index === 0 ? 'ignore' : 'pipe', isLast ? 'ignore' : 'pipe', 'ignore'],
    });
    if (child.stdin) before?.stdout?.pipe(child.stdin);
    before = child;
    ends.push(endOf(child, command, running));
  }
  await Promise.all(ends);
}

function endOf(child: ChildProcess, command: Command, running: Set<number>): Promise<void> {
  const { pid = 0 } = child;
  running.add(pid);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      running.delete(pid);
      const call = [command.program, ...command.args].join(' ');
      if (code === 0) resolve();
      else reject(new Error(`${call} ended with ${String(code)}`));
    });
  });
}

/** Resident memory of a process and its descendants, from Linux's process table; 0 elsewhere. */
async function treeMebibytes(pid: number): Promise<number> {
  const directory = `/proc/${pid}`;
  const [status, children] = await Promise.all(
    [`${directory}/status`, `${directory}/task/${pid}/children`].map((file) =>
      readFile(file, 'utf8').catch(() => ''),
    ),
  );
  const own = Number(/^VmRSS:\s+(\d+) kB/m.exec(status ?? '')?.[1] ?? 0) / 1024;
  const pids = (children ?? '').split(' ').filter(Boolean).map(Number);
  const others = await Promise.all(pids.map(treeMebibytes));
  return others.reduce((sum, size) => sum + size, own);
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const runFile = promisify(execFile);

/** Runs a program that measures itself and prints the seconds. */
export async function measureInside({ program, args, environment }: Command): Promise<Run> {
  const env = { ...process.env, ...environment };
  const { stdout } = await runFile(program, args, { env });
  return { seconds: Number(stdout), mebibytes: 0 };
}
