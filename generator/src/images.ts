import { UserError } from './errors.ts';
import type { HelmEngine } from './helm/engine.ts';
import { withEngine } from './helm/with-engine.ts';
import { nameOf, readManifests } from './lint/manifests.ts';
import {
  containersOf,
  describeContainer,
  objectOf,
  objectsIn,
  podTemplates,
  type PodTemplate,
} from './lint/objects/pods.ts';
import type { Json } from './model/types.ts';
import type { Progress } from './progress.ts';

/** An image that a rendered chart needs, and what runs or mounts it. */
export interface NeededImage {
  /** As the manifests write it. */
  image: string;
  /** `container master of StatefulSet/demo-master`, `volume jars of Pod/demo` */
  usedBy: string[];
}

/** The images of one chart, sorted. */
export interface ChartImages {
  /** The chart's path as it was given. */
  chart: string;
  images: NeededImage[];
}

export interface ImageOptions {
  /** Values files to render with, later ones win; the chart's defaults where there is none. */
  valuesFiles: readonly string[];
  /** `1.34`; the newest that Helm knows where absent. */
  kubeVersion?: string;
  progress: Progress;
}

/**
 * The images that charts need when they are installed with given values, those of hooks and tests
 * included: what to copy into a registry of one's own. Custom resources are not looked into.
 * @param paths folders and archives of charts.
 * @throws UserError `CHART_INVALID` for a chart that Helm does not render with these values,
 *   `TOOL_MISSING` and `TOOL_FAILED` for Helm.
 */
export async function chartImages(
  paths: readonly string[],
  { progress, ...options }: ImageOptions,
): Promise<ChartImages[]> {
  return withEngine(progress, async (engine) => {
    const charts: ChartImages[] = [];
    for (const chart of paths)
      charts.push({ chart, images: await imagesOf(engine, chart, options) });
    return charts;
  });
}

async function imagesOf(
  engine: HelmEngine,
  path: string,
  options: Omit<ImageOptions, 'progress'>,
): Promise<NeededImage[]> {
  const rendering = await engine.render({ path, digest: path }, options);
  if (!rendering.ok)
    throw new UserError('CHART_INVALID', `${path} does not render: ${rendering.message}`, {
      next: 'Name values files that it renders with, by --values.',
    });
  const images = new Map<string, string[]>();
  const { objects } = readManifests(rendering.manifests);
  for (const [image, user] of podTemplates(objects).flatMap(imagesOfPod)) {
    images.set(image, [...(images.get(image) ?? []), user]);
  }
  return [...images].map(([image, usedBy]) => ({ image, usedBy })).sort(byImage);
}

/** Images with what needs them: containers, and volumes (https://kubernetes.io/docs/concepts/storage/volumes/#image). */
function imagesOfPod(pod: PodTemplate): [image: string, user: string][] {
  const used: [Json | undefined, string][] = [
    ...containersOf(pod).map((container): [Json | undefined, string] => [
      container.body.image,
      describeContainer(container),
    ]),
    ...objectsIn(pod.spec.volumes).map(({ item }): [Json | undefined, string] => [
      objectOf(item.image).reference,
      `volume ${typeof item.name === 'string' ? item.name : '?'} of ${nameOf(pod.object)}`,
    ]),
  ];
  return used.flatMap(([image, user]) => (typeof image === 'string' ? [[image, user]] : []));
}

function byImage(a: NeededImage, b: NeededImage): number {
  return a.image < b.image ? -1 : 1;
}
