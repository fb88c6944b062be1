import { CodedError } from './coded-error.ts';

/**
 * A head and bytes in one piece, where only bytes can cross:
 * `u32 big-endian: length of the head | head: JSON, UTF-8 | the bytes, to the end`.
 */
export function encodeFrame(head: unknown, body: Uint8Array | null): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(JSON.stringify(head));
  const frame = new Uint8Array(4 + text.length + (body?.length ?? 0));
  new DataView(frame.buffer).setUint32(0, text.length);
  frame.set(text, 4);
  if (body) frame.set(body, 4 + text.length);
  return frame;
}

/** Errors: `host/refused` when it is not a frame or its head is over `maxHead` bytes. The body is a view of `frame`. */
export function decodeFrame(frame: Uint8Array, maxHead: number): { head: unknown; body: Uint8Array } {
  if (frame.length < 4) throw new CodedError('host/refused', 'A frame is at least four bytes long.');
  const length = new DataView(frame.buffer, frame.byteOffset, 4).getUint32(0);
  if (length > maxHead || 4 + length > frame.length) {
    throw new CodedError('host/refused', 'The length of the head of a frame is out of bounds.');
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(frame.slice(4, 4 + length));
    return { head: JSON.parse(text), body: frame.subarray(4 + length) };
  } catch {
    throw new CodedError('host/refused', 'The head of a frame is not JSON in UTF-8.');
  }
}
