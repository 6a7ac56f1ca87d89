import { availableParallelism } from 'node:os';
import {
  aborted,
  engineWorker,
  keyOf,
  type EngineAnswer,
  type EngineOptions,
  type EngineRequest,
  type EngineWorker,
} from './engine-worker.ts';

/** Engines that share requests. */
export interface EnginePool {
  readonly processes: number;
  /** See {@link EngineWorker}; a request that waits for its turn can be called off as well. */
  ask(request: EngineRequest, signal?: AbortSignal): Promise<EngineAnswer>;
  /** Calls off what waits or is under way; resolves when all processes are gone. */
  end(): Promise<void>;
}

interface Job {
  request: EngineRequest;
  signal: AbortSignal;
  resolve: (answer: EngineAnswer | Promise<EngineAnswer>) => void;
}

/** As many engines as there are cores, each started when it is needed. */
export function startPool(options: EngineOptions & { processes?: number }): EnginePool {
  const { processes = availableParallelism() } = options;
  const workers = Array.from({ length: processes }, () => engineWorker(options));
  const idle = new Set(workers);
  const queue = new Set<Job>();
  const ending = new AbortController();

  const dispatch = () => {
    for (const job of queue) {
      const worker = choose(idle, job.request);
      if (worker === undefined) return;
      queue.delete(job);
      idle.delete(worker);
      const answer = worker.ask(job.request, job.signal);
      job.resolve(answer);
      const next = () => {
        idle.add(worker);
        dispatch();
      };
      answer.then(next, next);
    }
  };

  return {
    processes,
    ask(request, given) {
      const signal = AbortSignal.any([ending.signal, ...(given === undefined ? [] : [given])]);
      return new Promise((resolve, reject) => {
        if (signal.aborted) {
          reject(aborted());
          return;
        }
        const job = { request, signal, resolve };
        signal.addEventListener('abort', () => {
          if (queue.delete(job)) reject(aborted());
        });
        queue.add(job);
        dispatch();
      });
    },
    async end() {
      ending.abort();
      await Promise.all(workers.map((worker) => worker.end()));
    },
  };
}

/** One that has the chart, else the one that has worked with the fewest. */
function choose(idle: ReadonlySet<EngineWorker>, { chart }: EngineRequest) {
  const workers = [...idle];
  const key = keyOf(chart);
  return (
    workers.find(({ charts }) => charts.has(key)) ??
    workers.toSorted((a, b) => a.charts.size - b.charts.size)[0]
  );
}
