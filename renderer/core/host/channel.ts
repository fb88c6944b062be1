import { z } from 'zod';

/** What may cross the boundary on one channel. */
export interface ChannelSpec {
  readonly doc: string;
  readonly params: z.ZodType<readonly unknown[]>;
  readonly result: z.ZodType;
  /** The call carries the window's claim and is `host/busy` without a living one. */
  readonly claimed: boolean;
  /** Position of the parameter that is bytes. */
  readonly bytesParam?: number;
  /** True when the result is bytes (or null). */
  readonly bytesResult?: true;
  /** Most bytes that one call may carry towards the host. */
  readonly maxBytes: number;
  /** True when the call touches nothing of the vault and may take long: it waits for no other, and no other for it. */
  readonly aside?: true;
}

// zod's faster parser compiles code, which the window's content policy forbids and would report.
z.config({ jitless: true });

export const MiB = 1024 * 1024;

/** By its tag, because a Uint8Array of another realm (an IPC bridge, a test's window) is not an instance of ours. */
export const bytes = z.custom<Uint8Array>(
  (value) => ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === '[object Uint8Array]',
);

export const nothing = z.tuple([]);
