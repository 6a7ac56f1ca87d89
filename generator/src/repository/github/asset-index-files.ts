import { INDEX_FILE } from '../directory/directory-index.ts';
import type { Asset } from './release.ts';

/** `index-7.yaml`, one that is being uploaded to become it, and one that is to be served. */
const [NUMBERED, DRAFT, COPY] = [
  /^index-([1-9]\d{0,14})\.yaml$/,
  /^index-([1-9]\d{0,14})-draft-[\da-f]+\.yaml$/,
  /^index-([1-9]\d{0,14})-copy\.yaml$/,
];

/** The name of a state of the index. */
export function numberedName(number: number): string {
  return `index-${number}.yaml`;
}

/** The name of a file that may become a state. @param id of its own for each attempt. */
export function draftName(number: number, id: string): string {
  return `index-${number}-draft-${id}.yaml`;
}

/** The name of a file that is to take the place of the one that is served. */
export function copyName(number: number): string {
  return `index-${number}-copy.yaml`;
}

/** The files of a release that holds an index. */
export interface IndexFiles {
  /** The index, whatever is served; its number is 0 where nobody has numbered it. */
  head: { number: number; asset: Asset | undefined };
  /** What clients read. */
  served: Asset | undefined;
  /** Of the head, to be served. */
  copy: Asset | undefined;
  /** What no run needs any more. */
  leftovers: Asset[];
}

function numberIn({ name }: Asset, pattern: RegExp | undefined): number {
  return Number(pattern?.exec(name)?.[1] ?? 0);
}

/** Tells what the files of a release are. */
export function indexFilesOf(assets: readonly Asset[]): IndexFiles {
  const served = assets.find(({ name }) => name === INDEX_FILE);
  const states = assets.filter((asset) => asset.isWhole && numberIn(asset, NUMBERED) > 0);
  const number = Math.max(0, ...states.map((asset) => numberIn(asset, NUMBERED)));
  const last = states.find((asset) => numberIn(asset, NUMBERED) === number);
  const isOver = (asset: Asset) =>
    [DRAFT, COPY].some((pattern) => {
      const own = numberIn(asset, pattern);
      return own > 0 && own <= number;
    });
  return {
    head: { number, asset: last ?? (served?.isWhole === true ? served : undefined) },
    served,
    copy: assets.find(({ name }) => name === copyName(number)),
    leftovers: [
      ...states.filter((asset) => numberIn(asset, NUMBERED) < number),
      ...assets.filter(isOver),
    ],
  };
}
