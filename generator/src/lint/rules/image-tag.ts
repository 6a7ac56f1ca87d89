import type { Json } from '../../model/types.ts';
import { nameOf } from '../manifests.ts';
import { ownPods } from '../objects/own-pods.ts';
import { readImageReference } from '../objects/image-reference.ts';
import {
  containersOf,
  describeContainer,
  objectOf,
  objectsIn,
  type PodTemplate,
} from '../objects/pods.ts';
import type { ObjectPath, Observation, Rule } from '../rule.ts';

/** Images that are not the same tomorrow. */
export const imageTag: Rule = {
  id: 'image-tag',
  severity: 'warning',
  summary: 'An image has no tag or the tag `latest`, or its name is not valid.',
  reason:
    'Such a tag is moved: nodes run different versions of it, and a rollback brings nothing back. An image whose name is not valid cannot be pulled.',
  remedy: 'Name a version as the tag, or a digest.',
  source: 'https://kubernetes.io/docs/concepts/containers/images/#image-names',
  rendering(rendering) {
    return ownPods(rendering).flatMap((pod) =>
      imagesOf(pod).flatMap(({ subject, image, path }) => {
        const found = judge(image);
        if (found === undefined) return [];
        const { severity, text } = found;
        return [
          {
            message: `${subject} ${text}`,
            ...(severity && { severity }),
            place: { object: pod.object, path },
          },
        ];
      }),
    );
  },
};

interface Image {
  subject: string;
  image: Json | undefined;
  path: ObjectPath;
}

/** The images of containers and of image volumes. */
function imagesOf(pod: PodTemplate): Image[] {
  const { object, path, spec } = pod;
  return [
    ...containersOf(pod).map((container) => ({
      subject: describeContainer(container),
      image: container.body.image,
      path: [...container.path, 'image'],
    })),
    ...objectsIn(spec.volumes)
      .filter(({ item }) => objectOf(item.image).reference != null)
      .map(({ item, index }) => ({
        subject: `volume ${typeof item.name === 'string' ? item.name : '?'} of ${nameOf(object)}`,
        image: objectOf(item.image).reference,
        path: [...path, 'spec', 'volumes', index, 'image', 'reference'],
      })),
  ];
}

function judge(
  image: Json | undefined,
): (Pick<Observation, 'severity'> & { text: string }) | undefined {
  if (image == null || image === '') return { severity: 'error', text: 'has no image' };
  if (typeof image !== 'string') return undefined;
  const reference = readImageReference(image);
  if (reference === undefined)
    return {
      severity: 'error',
      text: `has the image ${JSON.stringify(image)}, which is no valid name`,
    };
  const { name, tag, digest } = reference;
  if (digest !== undefined) return undefined;
  if (tag === undefined) return { text: `has the image ${name} without a tag` };
  return tag === 'latest' ? { text: `has the image ${name} with the tag latest` } : undefined;
}
