import { type Bytes, concat } from './bytes.ts';
import { CodedError } from './coded-error.ts';

/** Raw deflate (RFC 1951), by the platform. */
export async function deflate(bytes: Bytes): Promise<Bytes> {
  const chunks: Bytes[] = [];
  await pump(new CompressionStream('deflate-raw'), bytes, (chunk) => chunks.push(chunk));
  return concat(...chunks);
}

/**
 * Undoes `deflate` and never holds more than `limitBytes` and one chunk of output, however much the input
 * would expand to. Errors: `deflate/too-long` (the output would pass the limit), `deflate/damaged` (not a
 * complete deflate stream).
 */
export async function inflate(bytes: Bytes, limitBytes: number): Promise<Bytes> {
  const chunks: Bytes[] = [];
  let length = 0;
  try {
    await pump(new DecompressionStream('deflate-raw'), bytes, (chunk) => {
      length += chunk.length;
      if (length > limitBytes) {
        throw new CodedError('deflate/too-long', 'The inflated data passes its limit.', { limitBytes });
      }
      chunks.push(chunk);
    });
  } catch (error) {
    if (error instanceof CodedError) throw error;
    throw new CodedError('deflate/damaged', 'The data is not a complete deflate stream.');
  }
  return concat(...chunks);
}

async function pump(
  stream: CompressionStream | DecompressionStream,
  bytes: Bytes,
  onChunk: (chunk: Bytes) => void,
): Promise<void> {
  const writer = stream.writable.getWriter();
  const reader = stream.readable.getReader();
  // The writer's promises settle with the same error as the reader's; the reader reports it.
  const ignore = () => undefined;
  writer.write(bytes).catch(ignore);
  writer.close().catch(ignore);
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    try {
      onChunk(value);
    } catch (error) {
      await reader.cancel().catch(ignore);
      throw error;
    }
  }
}
