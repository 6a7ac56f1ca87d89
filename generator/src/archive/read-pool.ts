import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { readBatch, type ReadResult, type ReadTask } from './read-batch.ts';

/** Enough that a message costs little beside the work, few enough that all threads end together. */
const BATCH_SIZE = 32;
/** Threads take about as long to start as one needs for these. */
const ARCHIVES_WORTH_THREADS = 200;
/** Each costs some 20 MiB; the disk is what more would wait for. */
const MAX_THREADS = 8;

/** Little room for what is gone soon: it is collected sooner. */
const RESOURCE_LIMITS = { maxYoungGenerationSizeMb: 2 };

/** Beside this module, compiled or not. */
const WORKER = new URL(`./read-worker${extname(import.meta.url)}`, import.meta.url);

export interface ReadPoolOptions {
  /**
   * Given the results of some tasks as they come, and where the first of these is among all. The
   * thread that they are from reads on meanwhile, but no further than it takes to be done with them.
   */
  use: (results: readonly ReadResult[], start: number) => void | Promise<void>;
  /** Threads; as many as are worth it by default, 0 for none. */
  workers?: number | undefined;
}

function threadsFor(archives: number): number {
  if (archives < ARCHIVES_WORTH_THREADS) return 0;
  return Math.min(availableParallelism(), MAX_THREADS);
}

interface Batch {
  start: number;
  tasks: readonly ReadTask[];
}

function* batchesOf(tasks: readonly ReadTask[]): Generator<Batch> {
  for (let start = 0; start < tasks.length; start += BATCH_SIZE)
    yield { start, tasks: tasks.slice(start, start + BATCH_SIZE) };
}

/** The results of tasks from a thread; fails when it ends before that. */
function ask(worker: Worker, tasks: readonly ReadTask[]): Promise<ReadResult[]> {
  return new Promise((resolve, reject) => {
    worker.removeAllListeners();
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => {
      reject(new Error(`a thread that reads archives ended with ${code}`));
    });
    worker.postMessage(tasks);
  });
}

/** Has a thread read batches until none is left. */
async function runThread(
  worker: Worker,
  batches: Iterator<Batch>,
  use: ReadPoolOptions['use'],
): Promise<void> {
  let used: unknown;
  for (let step = batches.next(); step.done !== true; step = batches.next()) {
    const { start, tasks } = step.value;
    const [results] = await Promise.all([ask(worker, tasks), used]);
    used = use(results, start);
  }
  await used;
}

async function runThreads(
  directory: string,
  threads: number,
  batches: Iterator<Batch>,
  use: ReadPoolOptions['use'],
): Promise<void> {
  const options = { workerData: directory, resourceLimits: RESOURCE_LIMITS };
  const workers = Array.from({ length: threads }, () => new Worker(WORKER, options));
  try {
    await Promise.all(workers.map((worker) => runThread(worker, batches, use)));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/**
 * Reads archives of a folder on several cores.
 * @throws Error when a thread ends before its work, for example for lack of memory; what `use` throws.
 */
export async function readOnThreads(
  directory: string,
  tasks: readonly ReadTask[],
  { use, workers = threadsFor(tasks.length) }: ReadPoolOptions,
): Promise<void> {
  const threads = Math.min(workers, Math.ceil(tasks.length / BATCH_SIZE));
  const batches = batchesOf(tasks);
  if (threads > 0) await runThreads(directory, threads, batches, use);
  for (const { start, tasks: batch } of batches) {
    await use(readBatch(directory, batch), start);
    // Signals and progress come through in between.
    await new Promise(setImmediate);
  }
}
