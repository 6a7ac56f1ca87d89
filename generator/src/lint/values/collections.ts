import { any, opaque, type Call, type Implementation } from './call.ts';
import { noteParts, noteRead } from './frame.ts';
import {
  elementsOf,
  fieldOf,
  keysOf,
  mapOf,
  ofEach,
  oneOf,
  textOf,
  UNKNOWN,
  type Alternatives,
} from './known.ts';
import { consume } from './trace.ts';

/** The first, the last or any element of a list. */
export const element: Implementation = ({ values: [list = UNKNOWN] }) => ofEach(list, elementsOf);

/** The parts of a collection at keys one below the other. */
function partAt(
  { frame, offset }: Call,
  whole: Alternatives,
  keys: readonly Alternatives[],
  depth = keys.length,
): Alternatives {
  noteParts(whole, frame, offset, depth);
  const part = keys.reduce(
    (value, key) =>
      ofEach(value, (known) =>
        ofEach(key, (name) => {
          const text = textOf(name);
          return text === undefined ? elementsOf(known) : fieldOf(known, text);
        }),
      ),
    whole,
  );
  noteRead(part, frame, offset);
  return part;
}

export const part: Implementation = (call) => {
  const [whole = UNKNOWN, ...keys] = call.values;
  return partAt(call, whole, keys);
};

export const dig: Implementation = (call) => {
  const keys = call.values.slice(0, -2);
  const [preset = UNKNOWN, whole = UNKNOWN] = call.values.slice(-2);
  return oneOf(partAt(call, whole, keys, 1), preset);
};

export const pluck: Implementation = (call) => {
  const [key = UNKNOWN, ...wholes] = call.values;
  return [{ type: 'list', items: oneOf(...wholes.map((whole) => partAt(call, whole, [key]))) }];
};

export const dict: Implementation = (call) => {
  const entries: [string, Alternatives][] = [];
  for (let index = 0; index < call.values.length; index += 2) {
    const [key, ...others] = (call.values[index] ?? UNKNOWN).map(textOf);
    if (key === undefined || others.length > 0) return opaque(call);
    entries.unshift([key, call.values[index + 1] ?? UNKNOWN]);
  }
  const map = mapOf(entries);
  return map ? [map] : opaque(call);
};

export const list: Implementation = ({ values }) => [{ type: 'list', items: oneOf(...values) }];

export const append: Implementation = ({ values: [all = UNKNOWN, item = UNKNOWN] }) =>
  oneOf(all, [{ type: 'list', items: item }]);

/** They change their first argument. */
export const merge: Implementation = (call) => {
  for (const known of call.values[0] ?? []) {
    if (known.type === 'value') call.frame.trace.written.push(known.path);
    if (known.type === 'context') call.frame.trace.isOpaque = true;
  }
  return any(call);
};

export const set: Implementation = (call) => {
  const [target = UNKNOWN, key = UNKNOWN, value = UNKNOWN] = call.values;
  const { trace } = call.frame;
  consume(trace, value);
  for (const known of target) {
    const names = key.map(textOf);
    if (known.type === 'value')
      trace.written.push(...names.map((name) => [...known.path, name ?? null]));
    const mayBeValues = names.some((name) => name === undefined || name === 'Values');
    if (known.type === 'context' && mayBeValues) trace.isOpaque = true;
  }
  // What was set may be read back.
  return oneOf(target, UNKNOWN);
};

export const keys: Implementation = ({ values: [map = UNKNOWN], frame, offset }) => {
  noteRead(ofEach(map, elementsOf), frame, offset);
  return [{ type: 'list', items: ofEach(map, keysOf) }];
};
