import { textField } from '../../json-object.ts';
import { numberedObject } from './answer.ts';

/** A release (https://docs.github.com/rest/releases/releases). */
export interface Release {
  id: number;
  tag: string;
  /** Seen by those who may write only; its files have no lasting address. */
  isDraft: boolean;
  /** Takes no file and loses none. */
  isImmutable: boolean;
  /** Markdown. */
  body: string;
  /** Template of the address that takes files. */
  uploadUrl: string;
}

/** A file of a release (https://docs.github.com/rest/releases/assets). */
export interface Asset {
  id: number;
  name: string;
  size: number;
  /** SHA-256, plain hex; undefined where GitHub has not worked it out. */
  digest: string | undefined;
  /** False for one that is on its way, or whose upload was cut off (`starter`). */
  isWhole: boolean;
}

const SHA256 = /^sha256:([\da-f]{64})$/;

/** @throws UserError NETWORK for what is no release. */
export function releaseOf(value: unknown): Release {
  const release = numberedObject(value, 'id');
  return {
    id: release.id,
    tag: textField(release, 'tag_name'),
    isDraft: release.draft === true,
    isImmutable: release.immutable === true,
    body: textField(release, 'body'),
    uploadUrl: textField(release, 'upload_url'),
  };
}

/** @throws UserError NETWORK for what is no asset. */
export function assetOf(value: unknown): Asset {
  const asset = numberedObject(value, 'id');
  return {
    id: asset.id,
    name: textField(asset, 'name'),
    size: typeof asset.size === 'number' ? asset.size : 0,
    digest: SHA256.exec(textField(asset, 'digest'))?.[1],
    isWhole: textField(asset, 'state') === 'uploaded',
  };
}
