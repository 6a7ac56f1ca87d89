import { UserError } from '../errors.ts';
import { startEngine, type EngineProcess } from './engine-process.ts';
import type { ChartReference } from './engine.ts';

/** What an engine is asked; see generator/helm-engine/server.go. */
export interface EngineRequest {
  method: 'load' | 'render' | 'lint' | 'values' | 'validate';
  chart: ChartReference;
  params: object;
}

/** What it answers. */
export interface EngineAnswer {
  result?: unknown;
  error?: { code: 'request' | 'chart' | 'internal'; message: string };
}

export interface EngineOptions {
  /** The program. */
  file: string;
  arguments?: readonly string[];
  environment: NodeJS.ProcessEnv;
  /** Milliseconds for one request; two minutes where absent. */
  timeout?: number;
}

/** Works on one request at a time, in a process that is started anew when it has died. */
export interface EngineWorker {
  /** Charts its process has worked with, so that it need not load them. */
  readonly charts: ReadonlySet<string>;
  /**
   * @throws UserError `TOOL_FAILED` when the process dies of the request or takes too long; an
   * `AbortError`.
   */
  ask(request: EngineRequest, signal?: AbortSignal): Promise<EngineAnswer>;
  /** Resolves when its process is gone. */
  end(): Promise<void>;
}

const TIMEOUT = 120_000;

export function engineWorker(options: EngineOptions): EngineWorker {
  const { timeout = TIMEOUT } = options;
  const charts = new Set<string>();
  let running: EngineProcess | undefined;
  const alive = () => {
    if (running === undefined || running.hasEnded) {
      running = startEngine(options.file, options.arguments ?? [], options.environment);
      charts.clear();
    }
    return running;
  };
  return {
    charts,
    async ask(request, signal) {
      const engine = alive();
      // A template cannot be interrupted, but its process can be ended.
      const abort = () => void engine.end('it was called off');
      const timer = setTimeout(() => {
        void engine.end(`it took more than ${timeout / 1000} s`);
      }, timeout);
      signal?.addEventListener('abort', abort);
      try {
        charts.add(keyOf(request.chart));
        const params = { ...request.chart, ...request.params };
        return (await engine.ask({ method: request.method, params })) as EngineAnswer;
      } catch (error) {
        throw signal?.aborted === true ? aborted() : failure(request, error);
      } finally {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
      }
    },
    async end() {
      await running?.end('it was called off');
    },
  };
}

export function keyOf({ path, digest }: ChartReference): string {
  return JSON.stringify([path, digest]);
}

export function aborted(): Error {
  return new DOMException('Helm was called off', 'AbortError');
}

function failure({ method, chart }: EngineRequest, error: unknown): UserError {
  const reason = error instanceof Error ? error.message : String(error);
  return new UserError('TOOL_FAILED', `Helm broke down at ${method} of ${chart.path}: ${reason}`, {
    cause: error,
    next: 'Look for a template of the chart that never ends or grows without bound.',
  });
}
