import { LineCounter, parseAllDocuments } from 'yaml';
import { UserError } from '../errors.ts';
import { YamlSource } from '../model/yaml-source.ts';

/**
 * The documents of a YAML file as charts have it: anchors, aliases and merge keys (`<<`) are taken.
 * @param file its path, for messages.
 * @throws UserError `CHART_INVALID` where it is no YAML.
 */
export function readYamlDocuments(file: string, text: string): YamlSource[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    prettyErrors: false,
    merge: true,
  });
  if (!Array.isArray(documents)) return [];
  return documents.map((document) => {
    const [error] = document.errors;
    if (error) throw invalid(file, error.message, lines.linePos(error.pos[0]).line);
    try {
      return new YamlSource(file, text, document, lines);
    } catch (error) {
      // Aliases that expand to too much.
      throw invalid(file, error instanceof Error ? error.message : String(error));
    }
  });
}

function invalid(file: string, message: string, line?: number): UserError {
  const problem = { file, message, ...(line !== undefined && { line }) };
  return new UserError('CHART_INVALID', `${file} is no YAML`, { problems: [problem] });
}
