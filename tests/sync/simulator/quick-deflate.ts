import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Bytes } from '@/core/base/bytes.ts';
import { CodedError } from '@/core/base/coded-error.ts';

/** Bundled in the place of `deflate.ts`, as `quick-primitives.ts` is: the same bytes without a stream for each. */
export const deflate = async (bytes: Bytes): Promise<Bytes> => Uint8Array.from(deflateRawSync(bytes));

export async function inflate(bytes: Bytes, limitBytes: number): Promise<Bytes> {
  try {
    return Uint8Array.from(inflateRawSync(bytes, { maxOutputLength: limitBytes }));
  } catch (error) {
    if (error instanceof RangeError) {
      throw new CodedError('deflate/too-long', 'The inflated data passes its limit.', { limitBytes });
    }
    throw new CodedError('deflate/damaged', 'The data is not a complete deflate stream.');
  }
}
