import type { Bytes } from '../base/bytes.ts';

/**
 * A connection to one server of a relay, as the target uses it: a question on a subject, one answer. The adapter
 * behind it (`renderer/relay/`) speaks the NATS protocol.
 */
export interface RelayLine {
  /** The token that stands for this device's key in the subjects it may publish on. */
  readonly publisher: string;
  /**
   * Errors: `target/unreachable` (the line broke, or no answer within `patience` milliseconds), `target/refused` (the
   * key may not ask this), `target/busy` (nobody there answers such a question at the moment).
   */
  request(subject: string, bytes: Bytes, options: RequestOptions): Promise<RelayReply>;
  /** A name that no other call gets, here or on another device. */
  freshId(): string;
  /** What is under way ends with `target/unreachable`. No error when it is closed already. */
  close(): Promise<void>;
}

export interface RequestOptions {
  readonly patience: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface RelayReply {
  /** Of the answer's headers; null where there is none, which is good news. */
  readonly status: number | null;
  header(name: string): string | null;
  readonly bytes: Bytes;
}

/** Connects to one server. Errors: a target's. */
export type DialRelay = (url: string) => Promise<RelayLine>;
