import { join, relative } from 'node:path';
import semver from 'semver';
import { UserError } from '../errors.ts';
import type { Pins } from './pins.ts';
import { run } from '../process.ts';
import { TOOLS, type ToolName } from './tools.ts';

/** Half an hour: a slow machine compiles some hundred packages. */
export const BUILD_TIMEOUT = 1_800_000;

/** True when there is a Go that is new enough for tools/go.mod, or that fetches one by itself. */
export async function hasGo(pins: Pins, environment: NodeJS.ProcessEnv): Promise<boolean> {
  const answer = await run('go', ['env', 'GOVERSION'], {
    cwd: pins.directory,
    environment: goEnvironment(environment),
    timeout: BUILD_TIMEOUT,
  }).catch(() => undefined);
  const version = semver.coerce(answer?.exitCode === 0 ? answer.stdout : '');
  return version !== null && semver.gte(version, semver.coerce(pins.goVersion) ?? version);
}

/** What `go build` is called with, but for the place of its output. */
export function buildArguments(name: ToolName, pins: Pins): string[] {
  const tool = TOOLS[name];
  const variables = Object.entries(tool.variables(pins.version(tool.module), pins));
  const linker = ['-s', '-w', ...variables.map(([variable, value]) => `-X ${variable}=${value}`)];
  return [
    '-trimpath',
    '-mod=readonly',
    '-buildvcs=false',
    `-ldflags=${linker.join(' ')}`,
    ...(tool.package === undefined ? ownProgram(pins) : [`${tool.module}/${tool.package}`]),
  ];
}

/** From its folder, with the modules that tools/go.mod pins (https://go.dev/ref/mod#build-commands). */
function ownProgram({ directory, engine }: Pins): string[] {
  const pinned = relative(engine.directory, join(directory, 'go.mod'));
  return [`-modfile=${pinned}`, '.'];
}

/**
 * Builds a tool from tools/go.mod into a file.
 * @param onPackages told how many more packages are compiled or modules downloaded.
 * @throws UserError `TOOL_FAILED` with what Go says.
 */
export async function goBuild(
  name: ToolName,
  pins: Pins,
  file: string,
  environment: NodeJS.ProcessEnv,
  onPackages: (count: number) => void,
): Promise<void> {
  const result = await run('go', ['build', '-v', '-o', file, ...buildArguments(name, pins)], {
    cwd: TOOLS[name].package === undefined ? pins.engine.directory : pins.directory,
    environment: goEnvironment(environment),
    timeout: BUILD_TIMEOUT,
    onErrorOutput: (text) => {
      onPackages(text.split('\n').length - 1);
    },
  });
  if (result.exitCode === 0) return;
  // With -v a line that is one word names a package; the others are messages.
  const messages = result.stderr.split('\n').filter((line) => line.includes(' '));
  throw new UserError(
    'TOOL_FAILED',
    `Go could not build ${name}:\n${messages.slice(-10).join('\n')}`,
    {
      next: 'Check that Go reaches its module proxy (go env GOPROXY), then run it again.',
    },
  );
}

/** A workspace around the project must not change what is built. */
function goEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...environment, CGO_ENABLED: '0', GOWORK: 'off' };
}
