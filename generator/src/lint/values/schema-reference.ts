import { isObject, own } from '../../model/json.ts';
import type { Json } from '../../model/types.ts';

/** What `#/definitions/x` refers to in a schema; undefined for what is in another file or nowhere. */
export function targetOf(root: Json, reference: string): Json | undefined {
  const pointer = /^#((?:\/[^/]*)*)$/.exec(reference)?.[1];
  return pointer
    ?.split('/')
    .slice(1)
    .reduce<Json | undefined>((node, key) => {
      const name = unescape(key);
      if (Array.isArray(node)) return node[Number(name)];
      return isObject(node) ? own(node, name) : undefined;
    }, root);
}

/** https://datatracker.ietf.org/doc/html/rfc6901#section-6 */
function unescape(key: string): string {
  let name = key;
  try {
    name = decodeURIComponent(key);
  } catch {
    // A lone percent sign stands for itself.
  }
  return name.replaceAll('~1', '/').replaceAll('~0', '~');
}
