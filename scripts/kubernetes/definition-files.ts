import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { goModule } from './go-module.ts';
import { CONTROLLER_GEN, type CUSTOM_RESOURCES } from './pins.ts';

export type CustomResourceSource = (typeof CUSTOM_RESOURCES)[number];

/** The YAML files of a project that hold CustomResourceDefinitions. */
export function definitionFiles(source: CustomResourceSource): string[] {
  return 'folder' in source
    ? yamlIn(join(goModule(source.module, source.version), source.folder))
    : generate(source.module, source.version, source.packages);
}

function yamlIn(directory: string): string[] {
  const names = readdirSync(directory).filter((name) => name.endsWith('.yaml'));
  return names.map((name) => readFileSync(join(directory, name), 'utf8'));
}

/** Makes the definitions from Go types, as the project itself does. */
function generate(module: string, version: string, packages: readonly string[]): string[] {
  const cwd = mkdtempSync(join(tmpdir(), 'controller-gen-'));
  const go = (...args: string[]) => execFileSync('go', args, { cwd, stdio: 'pipe' });
  try {
    writeFileSync(join(cwd, 'go.mod'), 'module definitions\n');
    const tool = `${CONTROLLER_GEN.module}/cmd/controller-gen`;
    const paths = packages.map((name) => `${module}/${name}`);
    go('get', ...paths.map((path) => `${path}@${version}`), `${tool}@${CONTROLLER_GEN.version}`);
    const options = ['crd:crdVersions=v1', ...paths.map((path) => `paths=${path}`)];
    go('run', tool, ...options, 'output:crd:dir=definitions');
    return yamlIn(join(cwd, 'definitions'));
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}
