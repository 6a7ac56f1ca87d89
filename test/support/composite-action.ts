import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { temporaryFolder } from '../unit/fileset/fixture.ts';

const ACTION = fileURLToPath(new URL('../../action.yml', import.meta.url));

export interface Step {
  name?: string;
  id?: string;
  if?: string;
  uses?: string;
  run?: string;
  env?: Record<string, string>;
}

interface Action {
  inputs: Record<string, { default: string }>;
  outputs: Record<string, { value: string }>;
  runs: { steps: Step[] };
}

export const action = parse(readFileSync(ACTION, 'utf8')) as Action;

/** The step that sets up what `npm ci` has set up for these tests already. */
const INSTALL = 'npm ci';
/** As GitHub calls it for `shell: bash`. */
const BASH = ['--noprofile', '--norc', '-e', '-o', 'pipefail'];

export interface ActionRun {
  exitCode: number | null;
  outputs: Record<string, string>;
  /** What all steps printed. */
  log: string;
}

/** The value of an expression such as `inputs.name`: no more of GitHub's language is understood. */
function evaluate(expression: string, contexts: Record<string, Record<string, string>>): string {
  const [, context = '', name = ''] = /^(\w+)\.(\w+)$/.exec(expression.trim()) ?? [];
  const value = contexts[context]?.[name];
  if (value === undefined) throw new Error(`cannot evaluate ${expression}`);
  return value;
}

function expand(text: string, contexts: Record<string, Record<string, string>>): string {
  return text.replaceAll(/\$\{\{(.*?)\}\}/g, (_, expression: string) =>
    evaluate(expression, contexts),
  );
}

function isWanted(condition: string, contexts: Record<string, Record<string, string>>): boolean {
  const [, expression, unwanted] = /^(\S+) != '(.*)'$/.exec(condition) ?? [];
  if (expression === undefined) throw new Error(`cannot evaluate ${condition}`);
  return evaluate(expression, contexts) !== unwanted;
}

/** The `name=value` lines that steps leave in GITHUB_OUTPUT. */
function readOutputs(file: string): Record<string, string> {
  const lines = readFileSync(file, 'utf8').matchAll(/^(\w+)=(.*)$/gm);
  return Object.fromEntries([...lines].map(([, name = '', value = '']) => [name, value]));
}

/** Runs a script as GitHub does; what it prints. */
function bash(script: string, cwd: string, env: Record<string, string>) {
  return new Promise<{ exitCode: number | null; log: string }>((resolve) => {
    const child = execFile('bash', [...BASH, script], { cwd, env }, (_, stdout, stderr) => {
      resolve({ exitCode: child.exitCode, log: stdout + stderr });
    });
  });
}

/**
 * Runs the steps of action.yml in a checkout, each as GitHub runs it; stops at the first that fails.
 * @param environment what GitHub gives: GITHUB_REPOSITORY and the like, PATH, HOME.
 */
export async function runAction(
  workspace: string,
  inputs: Record<string, string>,
  environment: Record<string, string>,
): Promise<ActionRun> {
  const temporary = temporaryFolder();
  const github = { action_path: dirname(ACTION), actor: 'ada', token: 'github-token' };
  const defaults = Object.entries(action.inputs).map(
    ([name, { default: value }]) => [name, expand(value, { github })] as const,
  );
  const contexts = { github, inputs: { ...Object.fromEntries(defaults), ...inputs } };
  const output = join(temporary, 'output');
  writeFileSync(output, '');
  const result: ActionRun = { exitCode: 0, outputs: {}, log: '' };
  for (const step of action.runs.steps) {
    if (step.run === undefined || step.run === INSTALL) continue;
    if (step.if !== undefined && !isWanted(step.if, contexts)) continue;
    const script = join(temporary, 'script.sh');
    writeFileSync(script, step.run);
    const variables = Object.entries(step.env ?? {}).map(
      ([name, value]) => [name, expand(value, contexts)] as const,
    );
    const { exitCode, log } = await bash(script, workspace, {
      ...environment,
      NODE_ENV: 'production',
      RUNNER_TEMP: temporary,
      GITHUB_OUTPUT: output,
      GITHUB_ACTOR: github.actor,
      ...Object.fromEntries(variables),
    });
    result.log += log;
    result.exitCode = exitCode;
    if (exitCode !== 0) break;
  }
  return { ...result, outputs: readOutputs(output) };
}
