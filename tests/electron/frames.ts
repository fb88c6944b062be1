/**
 * What the killed writer writes and its test expects: frame `seq` is
 * `u32 length of the body | u32 seq | body`, and every byte of it follows from `seq`.
 */
const HEAD = 8;

export function frame(seq: number): Uint8Array<ArrayBuffer> {
  // From a few bytes to several pages, so that a kill also falls into the middle of a write.
  const length = 1 + ((seq * 7919) % 20_000);
  const bytes = new Uint8Array(HEAD + length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, length);
  view.setUint32(4, seq);
  for (let i = 0; i < length; i++) bytes[HEAD + i] = (seq * 31 + i * 17) & 0xff;
  return bytes;
}

/** How many whole, right frames from 0 on the bytes begin with, and where they end. */
export function wholeFrames(bytes: Uint8Array): { readonly count: number; readonly end: number } {
  let end = 0;
  for (let count = 0; ; count++) {
    const expected = frame(count);
    const found = bytes.subarray(end, end + expected.length);
    if (found.length < expected.length || Buffer.compare(found, expected) !== 0) return { count, end };
    end += expected.length;
  }
}
