import { delimiter, isAbsolute, join } from 'node:path';
import semver from 'semver';
import { UserError } from '../errors.ts';
import { silent, type Progress } from '../progress.ts';
import { buildTool } from './build.ts';
import { builtToolPath } from './cache.ts';
import { hasGo } from './go.ts';
import { readPins, type Pins } from './pins.ts';
import { executableFile, isExecutable, run } from '../process.ts';
import { TOOLS, type Tool, type ToolName } from './tools.ts';

/**
 * The path of a tool: from PATH when its version is the pinned one or a newer one of the same
 * major version, else from the cache, else built into the cache with Go.
 * @throws UserError `TOOL_MISSING` when there is neither the tool nor Go, `TOOL_FAILED` when Go
 * cannot build it, `FILE_SYSTEM` when the cache cannot be written.
 */
export async function findTool(
  name: ToolName,
  progress: Progress = silent,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const pins = await readPins();
  const installed = await findOnPath(TOOLS[name], pins, progress, environment);
  if (installed !== undefined) return installed;
  const built = builtToolPath(name, pins, environment);
  if (await isExecutable(built)) return built;
  if (await hasGo(pins, environment)) return buildTool(name, pins, progress, environment);
  throw missing(TOOLS[name], pins);
}

async function findOnPath(
  tool: Tool,
  pins: Pins,
  progress: Progress,
  environment: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const pinned = pins.version(tool.module);
  // A relative folder would make the tool depend on where the command is run.
  const directories = (environment.PATH ?? '').split(delimiter).filter(isAbsolute);
  for (const directory of directories)
    for (const command of tool.commands) {
      const file = join(directory, executableFile(command));
      if (!(await isExecutable(file))) continue;
      const version = await askVersion(file, tool, environment);
      if (version !== undefined && isUsable(version, pinned)) return file;
      progress(`${file} is ${version ?? 'of unknown version'}, not ${pinned}: not used`);
    }
  return undefined;
}

/** Same major version, not older. */
function isUsable(version: string, pinned: string): boolean {
  return semver.major(version) === semver.major(pinned) && semver.gte(version, pinned);
}

async function askVersion(
  file: string,
  tool: Tool,
  environment: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const options = { environment, timeout: 20_000 };
  const answer = await run(file, tool.versionArguments, options).catch(() => undefined);
  const text = /\d+\.\d+\.\d+[^\s"]*/.exec(answer?.exitCode === 0 ? answer.stdout : '')?.[0];
  return semver.valid(text) ?? undefined;
}

function missing(tool: Tool, pins: Pins): UserError {
  const version = pins.version(tool.module);
  const [command] = tool.commands;
  const withGo = `install Go ${pins.goVersion} or newer (https://go.dev/dl, check with: go version) and run this again: it builds ${tool.title} once`;
  const check = [command, ...tool.versionArguments].join(' ');
  const byHand = `install ${tool.title} ${version} or a newer ${semver.major(version)}.x (${tool.manual}, check with: ${check})`;
  return new UserError(
    'TOOL_MISSING',
    `${tool.title} ${version} is needed: it is not there, nor is Go to build it with`,
    { next: command === undefined ? `Please ${withGo}.` : `Either ${withGo}; or ${byHand}.` },
  );
}
