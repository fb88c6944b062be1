/**
 * Counts the messages in what a browser or host sends over WebSocket: data frames after the request that opens the
 * line (RFC 6455, section 5.2). Chunks come in order; a frame may be spread over several.
 */
export function frameCounter(): { hear(chunk: Buffer): void; count(): number } {
  let opened = false;
  let waiting: Buffer = Buffer.alloc(0);
  let skip = 0;
  let frames = 0;
  return {
    hear(chunk) {
      waiting = Buffer.concat([waiting, chunk]);
      if (!opened) {
        const end = waiting.indexOf('\r\n\r\n');
        if (end < 0) return;
        opened = true;
        waiting = waiting.subarray(end + 4);
      }
      for (;;) {
        const passed = Math.min(skip, waiting.length);
        skip -= passed;
        waiting = waiting.subarray(passed);
        const length = frameLength(waiting);
        if (skip > 0 || length === null) return;
        const opcode = (waiting[0] as number) & 0x0f;
        if (opcode === 1 || opcode === 2) frames += 1;
        skip = length;
      }
    },
    count: () => frames,
  };
}

/** Of the whole frame with its header; null while the header is not there in full. */
function frameLength(bytes: Buffer): number | null {
  if (bytes.length < 2) return null;
  const second = bytes[1] as number;
  const mask = second & 0x80 ? 4 : 0;
  const short = second & 0x7f;
  if (short < 126) return 2 + mask + short;
  if (short === 126) return bytes.length < 4 ? null : 4 + mask + bytes.readUInt16BE(2);
  return bytes.length < 10 ? null : 10 + mask + Number(bytes.readBigUInt64BE(2));
}
