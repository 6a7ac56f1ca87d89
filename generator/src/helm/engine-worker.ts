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
  /** Milliseconds for one request; a minute where absent. */
  timeout?: number;
}

/** Works on one request at a time, in a process that is started anew when it has died. */
export interface EngineWorker {
  /** Charts that its process still has loaded, the latest last. */
  readonly charts: ReadonlySet<string>;
  /**
   * @throws UserError `CHART_RUNAWAY` when the process dies of the request or takes too long, its
   * cause an Error that says why; `TOOL_FAILED` when the process does not work; an `AbortError`.
   */
  ask(request: EngineRequest, signal?: AbortSignal): Promise<EngineAnswer>;
  /** Resolves when its process is gone. */
  end(): Promise<void>;
}

const TIMEOUT = 60_000;
/** As many as a process keeps, maxCharts of generator/helm-engine/recent.go. */
const CHARTS_KEPT = 8;

/** A worker whose process is started with its first request. */
export function engineWorker(options: EngineOptions): EngineWorker {
  const { timeout = TIMEOUT } = options;
  const charts = new Set<string>();
  let running: EngineProcess | undefined;
  let isReady = false;
  const alive = () => {
    if (running === undefined || running.hasEnded) {
      running = startEngine(options.file, options.arguments ?? [], options.environment);
      charts.clear();
      isReady = false;
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
        // What cannot answer this is a broken program; later on it is the chart that breaks it.
        if (!isReady) await engine.ask({ method: 'version' });
        isReady = true;
        keep(charts, keyOf(request.chart));
        const params = { ...request.chart, ...request.params };
        return (await engine.ask({ method: request.method, params })) as EngineAnswer;
      } catch (error) {
        throw signal?.aborted === true
          ? aborted()
          : failure(request, error, isReady && engine.hasEnded);
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

/** The same for references to the same content of the same chart only. */
export function keyOf({ path, digest }: ChartReference): string {
  return JSON.stringify([path, digest]);
}

/** What a request that was called off is rejected with. */
export function aborted(): Error {
  return new DOMException('Helm was called off', 'AbortError');
}

/** Adds the chart as the latest, and forgets the one that was used longest ago. */
function keep(charts: Set<string>, key: string): void {
  charts.delete(key);
  charts.add(key);
  const [oldest] = charts;
  if (charts.size > CHARTS_KEPT && oldest !== undefined) charts.delete(oldest);
}

function failure({ method, chart }: EngineRequest, error: unknown, isOfChart: boolean): UserError {
  const reason = error instanceof Error ? error.message : String(error);
  const message = `Helm broke down at ${method} of ${chart.path}: ${reason}`;
  if (!isOfChart) return new UserError('TOOL_FAILED', message, { cause: error });
  return new UserError('CHART_RUNAWAY', message, {
    cause: error,
    next: 'Look for a template of the chart that never ends or grows without bound.',
  });
}
