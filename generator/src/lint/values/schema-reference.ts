import { pointerKeys } from '../../json-pointer.ts';
import { isObject, own } from '../../model/json.ts';
import type { Json } from '../../model/types.ts';

/** What `#/definitions/x` refers to in a schema; undefined for what is in another file or nowhere. */
export function targetOf(root: Json, reference: string): Json | undefined {
  if (reference !== '#' && !reference.startsWith('#/')) return undefined;
  return pointerKeys(decoded(reference.slice(1))).reduce<Json | undefined>((node, key) => {
    if (Array.isArray(node)) return node[Number(key)];
    return isObject(node) ? own(node, key) : undefined;
  }, root);
}

/** A fragment of a URI, RFC 6901 section 6. */
function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    // A lone percent sign stands for itself.
    return fragment;
  }
}
