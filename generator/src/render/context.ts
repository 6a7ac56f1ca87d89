import type { ChartModel } from '../model/types.ts';

export type Context = Readonly<Record<string, unknown>>;

/** What `<% … %>` can read; docs/authoring-templates.md has the table. */
export function templateContext(model: ChartModel): Context {
  const { catalog, source, line } = model;
  return {
    chart: {
      name: model.name,
      family: source.name,
      version: model.version,
      appVersion: model.appVersion,
      description: source.description,
    },
    line: {
      line: line.line,
      version: line.version,
      image: line.image,
      recoveryModes: line.recoveryModes,
      defaults: line.defaults,
      gates: line.gates,
    },
    components: Object.fromEntries(
      [...catalog.components.keys()].map((name) => [name, source.components.includes(name)]),
    ),
    repository: catalog.repository,
  };
}
