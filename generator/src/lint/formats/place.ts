import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Finding } from '../finding.ts';
import { isReference } from '../pull-reference.ts';

/** Where a finding is, as reports of whole repositories name it. */
export interface FilePlace {
  /**
   * The file, or the archive that it is in, seen from the working folder; absolute where it lies
   * elsewhere. Of a chart as a whole it is Chart.yaml. None for a chart that is not on this machine.
   */
  file?: string;
  line?: number;
  column?: number;
  /** The place in an archive or in a chart elsewhere, `templates/a.yaml:3:5`. */
  within?: string;
}

/** @param directory the working folder. */
export function placeOf({ chart, file, line, column }: Finding, directory: string): FilePlace {
  if (isReference(chart) || chart.endsWith('.tgz')) {
    const within = [file, line, column].filter((part) => part !== undefined).join(':');
    return {
      ...(!isReference(chart) && { file: seenFrom(directory, chart) }),
      ...(within !== '' && { within }),
    };
  }
  return {
    file: seenFrom(directory, join(chart, file ?? 'Chart.yaml')),
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
  };
}

function seenFrom(directory: string, path: string): string {
  const way = relative(directory, resolve(directory, path));
  const file = way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way) ? path : way;
  return file.split(sep).join('/');
}

/** As a reference by RFC 3986, relative to the working folder where it lies below it. */
export function uriOf(file: string): string {
  if (isAbsolute(file)) return pathToFileURL(file).href;
  return file.split('/').map(encodeURIComponent).join('/');
}
