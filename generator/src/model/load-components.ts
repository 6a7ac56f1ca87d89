import type { AuthoredFiles } from './authored-files.ts';
import { checkKeywords } from './check-keywords.ts';
import { checkProperties } from './check-values.ts';
import { componentFiles } from './layout.ts';
import { loadFragments } from './load-fragments.ts';
import { loadRules } from './load-rules.ts';
import type { LocatedNode } from './locations.ts';
import type { AuthoredNode, ReferenceResolver } from './references.ts';
import type { Component } from './catalog.ts';

/** The components of charts-src by name; those whose mistakes hide their model are left out. */
export function loadComponents(files: AuthoredFiles): Map<string, Component> {
  const references = loadFragments(files);
  const rules = loadRules(files);
  return new Map(
    files.names('components').flatMap((name) => {
      const values = loadValues(files, name, references);
      const readme = loadReadme(files, name);
      if (!values || !readme) return [];
      const parts = { rules: rules.get(name) ?? [], files: componentFiles(files.tree, name) };
      return [[name, { name, ...readme, values, ...parts }] as const];
    }),
  );
}

function loadValues(
  files: AuthoredFiles,
  name: string,
  references: ReferenceResolver,
): LocatedNode | undefined {
  const model = files.yaml<AuthoredNode>(`components/${name}/model.yaml`, 'model');
  if (!model) return undefined;
  const location = { source: model.source, path: [] };
  const isSound = checkKeywords(model.data, location, files.problems, { sections: true });
  const values = references.resolve(model.data, location);
  if (!isSound || !values) return undefined;
  checkProperties(values, files.problems);
  return values;
}

/** README.md of a component: a heading and a paragraph. */
function loadReadme(
  files: AuthoredFiles,
  name: string,
): Pick<Component, 'title' | 'readme'> | undefined {
  const path = `components/${name}/README.md`;
  const content = files.content(path);
  if (!content) return undefined;
  const [, title = '', readme = ''] = /^# (.+)\n([^]*)$/.exec(content.toString('utf8')) ?? [];
  if (readme.trim() !== '') return { title: title.trim(), readme: readme.trim() };
  const message = 'a heading and a paragraph are expected';
  files.problems.push({ file: files.named(path), message, line: 1, column: 1 });
  return undefined;
}
