/**
 * What crosses between the isolated world and the main process, as text, because that is all a binding of the DevTools
 * protocol carries. `worlds/preload-world.js` speaks the same.
 *
 *   ["u"] undefined | ["v", null | boolean | string | number] | ["f", text of a number that JSON lacks]
 *   ["i", text of a bigint] | ["d", milliseconds] | ["b", base64 of a Uint8Array]
 *   ["a", [packed, ...]] | ["o", [[name, packed], ...]] | ["m", [[packed, packed], ...]] a Map | ["s", [packed, ...]] a Set
 *
 * Both sides make a structured clone first, so what cannot be cloned fails as it does in Electron; of what can, other
 * typed arrays, buffers, regular expressions, errors, blobs and cycles are refused: our contract carries none.
 */
export type Packed = readonly [kind: string, content?: unknown];

export const pack = (value: unknown): string => JSON.stringify(packed(structuredClone(value), []));

function packed(value: unknown, above: readonly object[]): Packed {
  switch (typeof value) {
    case 'undefined':
      return ['u'];
    case 'boolean':
    case 'string':
      return ['v', value];
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0)
        ? ['v', value]
        : ['f', Object.is(value, -0) ? '-0' : String(value)];
    case 'bigint':
      return ['i', String(value)];
    default:
      return packedObject(value as object | null, above);
  }
}

function packedObject(value: object | null, above: readonly object[]): Packed {
  if (value === null) return ['v', null];
  if (above.includes(value)) throw new Error('The stand-in does not carry cycles.');
  const inside = (member: unknown) => packed(member, [...above, value]);
  if (value instanceof Uint8Array) return ['b', Buffer.from(value).toString('base64')];
  if (Array.isArray(value)) return ['a', value.map(inside)];
  if (value instanceof Date) return ['d', value.getTime()];
  if (value instanceof Map) return ['m', [...value].map(([key, member]) => [inside(key), inside(member)])];
  if (value instanceof Set) return ['s', [...value].map(inside)];
  if (Object.prototype.toString.call(value) === '[object Object]') {
    return ['o', Object.entries(value).map(([name, member]) => [name, inside(member)])];
  }
  throw new Error(`The stand-in does not carry ${Object.prototype.toString.call(value)}.`);
}

export const unpack = (text: string): unknown => unpacked(JSON.parse(text) as Packed);

function unpacked([kind, content]: Packed): unknown {
  const list = content as Packed[];
  switch (kind) {
    case 'u':
      return undefined;
    case 'v':
      return content;
    case 'f':
      return Number(content);
    case 'i':
      return BigInt(content as string);
    case 'd':
      return new Date(content as number);
    case 'b':
      return new Uint8Array(Buffer.from(content as string, 'base64'));
    case 'a':
      return list.map(unpacked);
    case 's':
      return new Set(list.map(unpacked));
    case 'm':
      return new Map(
        (content as [Packed, Packed][]).map(([key, member]) => [unpacked(key), unpacked(member)]),
      );
    case 'o':
      return Object.fromEntries(
        (content as [string, Packed][]).map(([name, member]) => [name, unpacked(member)]),
      );
    default:
      throw new Error(`The stand-in knows no packed "${kind}".`);
  }
}
