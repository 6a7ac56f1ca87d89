import { validRange } from 'semver';
import type { Authored, AuthoredFiles } from './authored-files.ts';
import type { ComponentRule } from './rule.ts';
import type { YamlSource } from './yaml-source.ts';

/** An entry of rules.yaml. */
interface AuthoredRule {
  id: string;
  refuse?: string;
  warn?: string;
  message: string;
  description?: string;
  each?: string;
  'x-lines'?: string;
}

/** The rules of all components by the component's name; their ids are unique over all. */
export function loadRules(files: AuthoredFiles): Map<string, ComponentRule[]> {
  const owners = new Map<string, string>();
  return new Map(
    files.names('components').flatMap((name) => {
      const path = `components/${name}/rules.yaml`;
      const file = files.tree.has(path) && files.yaml<AuthoredRule[]>(path, 'rules');
      if (!file) return [];
      checkRules(file, files, owners);
      const rules = file.data.map((rule, index) => componentRule(rule, file.source, index));
      return [[name, rules] as const];
    }),
  );
}

function componentRule(rule: AuthoredRule, source: YamlSource, index: number): ComponentRule {
  const { id, refuse, warn, message, description, each, 'x-lines': lines } = rule;
  const level = refuse === undefined ? 'warn' : 'refuse';
  return {
    id,
    placeOf: (part, character) =>
      source.placeInText([index, part === 'message' ? part : level], character),
    level,
    condition: refuse ?? warn ?? '',
    message,
    description: description ?? withoutActions(message),
    ...(each === undefined ? {} : { each }),
    ...(lines === undefined ? {} : { lines }),
  };
}

/** @param owners ids of rules so far and the files that hold them. */
function checkRules(
  { data, source }: Authored<AuthoredRule[]>,
  { problems }: AuthoredFiles,
  owners: Map<string, string>,
): void {
  for (const [index, rule] of data.entries()) {
    if ((rule.refuse === undefined) === (rule.warn === undefined)) {
      problems.push(source.problem([index], 'a rule has either "refuse" or "warn"'));
    }
    const lines = rule['x-lines'];
    if (lines !== undefined && validRange(lines) === null) {
      const message = `"${lines}" is not a range of versions such as >=4.0.0`;
      problems.push(source.problem([index, 'x-lines'], message));
    }
    const owner = owners.get(rule.id);
    if (owner !== undefined) {
      problems.push(source.problem([index, 'id'], `${owner} has a rule "${rule.id}" already`));
    }
    owners.set(rule.id, source.file);
  }
}

/** `worker.memory ({{ … }}) is too much` as a sentence for all cases: `worker.memory is too much`. */
function withoutActions(message: string): string {
  return message
    .replaceAll(/ ?\(\{\{[^}]*\}\}\)/g, '')
    .replaceAll(/\{\{[^}]*\}\}/g, '…')
    .trim();
}
