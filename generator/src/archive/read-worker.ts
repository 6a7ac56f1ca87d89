import { parentPort, workerData } from 'node:worker_threads';
import { readBatch, type ReadTask } from './read-batch.ts';

// A thread of read-pool.ts: tasks in, their results out.
parentPort?.on('message', (tasks: ReadTask[]) => {
  parentPort?.postMessage(readBatch(workerData as string, tasks));
});
