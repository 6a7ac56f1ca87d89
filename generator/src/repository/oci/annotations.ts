import type { ChartMetadata } from '../../archive/metadata.ts';
import { sourceDate } from '../../archive/source-date.ts';
import type { GoJson } from '../../go-json.ts';
import { loadedMetadata, sortedByBytes } from './chart-config.ts';

const PREFIX = 'org.opencontainers.image.';
/** What no annotation of a chart changes. */
const FIXED = new Set([`${PREFIX}title`, `${PREFIX}version`]);

type Maintainer = Partial<Record<string, string>>;

/**
 * What Helm says of a chart in its manifest (pkg/registry/chart.go), but for when it was created:
 * Helm takes the time of the archive's file, which makes another manifest of every copy. Here it is
 * what SOURCE_DATE_EPOCH or an annotation of the chart asks for, and else left out.
 * @throws UserError USAGE for a SOURCE_DATE_EPOCH that is none.
 */
export function chartAnnotations(metadata: ChartMetadata): Map<string, string> {
  const { description, home, sources, maintainers, annotations } = loadedMetadata(metadata);
  const image = {
    description: textOf(description),
    title: metadata.name,
    version: metadata.version,
    url: textOf(home),
    created:
      sourceDate()
        ?.toISOString()
        .replace(/\.\d+Z$/, 'Z') ?? '',
    source: textOf(Array.isArray(sources) ? (sources as GoJson[])[0] : undefined),
    authors: authorsOf(Array.isArray(maintainers) ? (maintainers as Maintainer[]) : []),
  };
  const told = Object.entries(image)
    .filter(([, value]) => value.trim() !== '')
    .map(([key, value]) => [`${PREFIX}${key}`, value] as const);
  const own = annotations instanceof Map ? [...(annotations as Map<string, string>)] : [];
  const taken = own.filter(([key]) => !FIXED.has(key));
  return sortedByBytes(new Map([...told, ...taken]));
}

function textOf(value: GoJson | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** `Name (email), Name2 (email2)`. */
function authorsOf(maintainers: readonly Maintainer[]): string {
  return maintainers
    .map(({ name = '', email = '' }) => name + (email === '' ? '' : ` (${email})`))
    .join(', ');
}
