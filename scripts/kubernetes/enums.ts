import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../../generator/src/model/types.ts';
import type { Enums } from './built-in.ts';
import { goModule } from './go-module.ts';
import { KUBERNETES } from './pins.ts';

/** The start of a type, the start of a property (five tabs), the values of an enumeration. */
const LINE =
  /^func schema_k8sio_api_(\w+)\(|^\t{5}"([^"]+)": \{$|^\t+Enum: +\[\]interface\{\}\{(.*)\},$/gm;

/**
 * Enumerations, which the OpenAPI document does not have, from the Go code that it is made of.
 * The API server refuses other values.
 */
export function readEnums(version: string): Enums {
  const module = goModule(KUBERNETES, version);
  const code = join(module, 'pkg', 'generated', 'openapi', 'zz_generated.openapi.go');
  const enums = new Map<string, Json[]>();
  let type = '';
  let property = '';
  for (const [, nextType, nextProperty, values] of readFileSync(code, 'utf8').matchAll(LINE)) {
    if (nextType !== undefined) type = nextType;
    else if (nextProperty !== undefined) property = nextProperty;
    else {
      const name = `io.k8s.api.${type.replaceAll('_', '.')}`;
      enums.set(`${name} ${property}`, JSON.parse(`[${values ?? ''}]`) as Json[]);
    }
  }
  return enums;
}
