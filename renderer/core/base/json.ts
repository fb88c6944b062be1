export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * Canonical JSON: keys sorted by UTF-16 code units, no white space, `undefined` members left out; the same
 * value always gives the same text (the subset of RFC 8785 that our data uses: finite numbers only).
 */
export function canonical(value: Json): string {
  if (value === null || typeof value !== 'object') {
    if (typeof value === 'number' && !Number.isFinite(value)) {
      throw new TypeError('A number that is not finite has no JSON form.');
    }
    return JSON.stringify(value);
  }
  // Strings grow in place: this runs over every change that is written or compared, and lists of parts cost twice.
  if (Array.isArray(value)) {
    let text = '[';
    for (const item of value as readonly Json[]) {
      if (text.length > 1) text += ',';
      text += canonical(item);
    }
    return `${text}]`;
  }
  const object = value as { readonly [key: string]: Json | undefined };
  let text = '{';
  for (const key of Object.keys(object).sort()) {
    const member = object[key];
    if (member === undefined) continue;
    if (text.length > 1) text += ',';
    text += `${JSON.stringify(key)}:${canonical(member)}`;
  }
  return `${text}}`;
}

export function sameJson(a: Json, b: Json): boolean {
  if (a === b) return true;
  const composite = typeof a === 'object' && typeof b === 'object' && a !== null && b !== null;
  return composite && canonical(a) === canonical(b);
}
