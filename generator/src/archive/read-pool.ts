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
  /** How many are read so far. */
  onRead: (count: number) => void;
  /** Threads; as many as are worth it by default, 0 for none. */
  workers?: number | undefined;
}

function threadsFor(archives: number): number {
  if (archives < ARCHIVES_WORTH_THREADS) return 0;
  return Math.min(availableParallelism(), MAX_THREADS);
}

function batchesOf(tasks: readonly ReadTask[]): ReadTask[][] {
  const starts = Array.from({ length: Math.ceil(tasks.length / BATCH_SIZE) }, (_, at) => at);
  return starts.map((at) => tasks.slice(at * BATCH_SIZE, (at + 1) * BATCH_SIZE));
}

type Queue = Iterator<[number, ReadTask[]], undefined>;
type OnResults = (batch: number, results: ReadResult[]) => void;

/** Has a thread read batches until none is left; fails when it ends before that. */
function runThread(worker: Worker, queue: Queue, onResults: OnResults): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    let batch = 0;
    const next = () => {
      const step = queue.next();
      if (step.done === true) {
        resolve();
        return;
      }
      batch = step.value[0];
      worker.postMessage(step.value[1]);
    };
    worker.on('message', (results: ReadResult[]) => {
      onResults(batch, results);
      next();
    });
    worker.once('error', reject);
    worker.once('exit', (code) => {
      reject(new Error(`a thread that reads archives ended with ${code}`));
    });
    next();
  });
}

async function runThreads(
  directory: string,
  threads: number,
  queue: Queue,
  onResults: OnResults,
): Promise<void> {
  const options = { workerData: directory, resourceLimits: RESOURCE_LIMITS };
  const workers = Array.from({ length: threads }, () => new Worker(WORKER, options));
  try {
    await Promise.all(workers.map((worker) => runThread(worker, queue, onResults)));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/**
 * Reads archives of a folder on several cores.
 * @returns a result for each task, in their order.
 * @throws Error when a thread ends before its work, for example for lack of memory.
 */
export async function readOnThreads(
  directory: string,
  tasks: readonly ReadTask[],
  { onRead, workers = threadsFor(tasks.length) }: ReadPoolOptions,
): Promise<ReadResult[]> {
  const batches = batchesOf(tasks);
  const results: ReadResult[][] = [];
  let read = 0;
  const onResults = (batch: number, part: ReadResult[]) => {
    results[batch] = part;
    read += part.length;
    onRead(read);
  };
  const queue = batches.entries();
  if (workers > 0) await runThreads(directory, Math.min(workers, batches.length), queue, onResults);
  for (const [batch, part] of queue) {
    onResults(batch, readBatch(directory, part));
    // Signals and progress come through in between.
    await new Promise(setImmediate);
  }
  return results.flat();
}
