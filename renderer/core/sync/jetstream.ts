import { z } from 'zod';
import { type Bytes, fromUtf8, utf8 } from '../base/bytes.ts';
import { CodedError } from '../base/coded-error.ts';
import type { RelayLine, RelayReply } from './relay-line.ts';
import { ASK_INFO, ASK_MESSAGE, STREAM } from './relay-subjects.ts';

/**
 * The three questions that a device may ask JetStream (NATS ADR-8, ADR-31 and the JetStream API reference): keep this,
 * which subjects are there, what is the last message on a subject. `relay-subjects.ts` says by which names.
 *
 * Errors: the line's, `target/full`, and `target/failed` with JetStream's own number in detail.status.
 */
export interface KeptMessage {
  readonly subject: string;
  readonly sequence: number;
  header(name: string): string | null;
  readonly bytes: Bytes;
}

export interface StreamSubjects {
  /** When the stream was made: two streams with one name are told apart by it. */
  readonly created: string;
  readonly subjects: readonly string[];
}

/** How long an answer may take. Milliseconds, and more for every byte of a slow line (2 kB/s). */
export interface Patience {
  readonly answer: number;
  readonly perByte: number;
}

const patienceFor = (patience: Patience, bytes: number): number =>
  Math.ceil(patience.answer + bytes * patience.perByte);

/** Storage limits of a stream, an account or a server. */
const FULL = new Set([10002, 10023, 10028, 10047, 10077]);

const apiError = z.object({
  error: z.object({ code: z.int(), err_code: z.int().optional(), description: z.string().optional() }),
});
const acknowledgement = z.object({ stream: z.literal(STREAM), seq: z.int().min(1) });
const streamInfo = z.object({
  created: z.string().max(64),
  state: z.object({ subjects: z.record(z.string(), z.int()).nullish() }),
});

function readAnswer<T>(reply: RelayReply, schema: z.ZodType<T>): T {
  let json: unknown;
  try {
    json = JSON.parse(fromUtf8(reply.bytes));
  } catch {
    throw new CodedError('target/failed', 'The relay answers with something that is not JSON.');
  }
  const failed = apiError.safeParse(json);
  if (failed.success) throw refusal(failed.data.error);
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new CodedError('target/failed', 'The answer of the relay has another shape.');
}

function refusal(error: z.infer<typeof apiError>['error']): CodedError {
  const status = error.err_code ?? error.code;
  if (FULL.has(status)) return new CodedError('target/full', 'The relay has no room left.', { status });
  if (error.code === 503)
    return new CodedError('target/busy', 'The relay is choosing a new leader.', { status });
  return new CodedError('target/failed', 'The relay did not do what it was asked.', { status });
}

/**
 * Resolves with the message's place once most of the relay's servers hold it. `id` is the same for every attempt at
 * one message, so that one which was kept without the answer getting through is not kept twice.
 */
export async function publish(
  line: RelayLine,
  patience: Patience,
  subject: string,
  bytes: Bytes,
  headers: Readonly<Record<string, string>>,
): Promise<number> {
  const reply = await line.request(subject, bytes, {
    patience: patienceFor(patience, bytes.length),
    headers: { 'Nats-Expected-Stream': STREAM, ...headers },
  });
  return readAnswer(reply, acknowledgement).seq;
}

/** Subjects that a filter with `*` matches. */
export async function subjectsOf(
  line: RelayLine,
  patience: Patience,
  filter: string,
): Promise<StreamSubjects> {
  const question = utf8(JSON.stringify({ subjects_filter: filter }));
  const reply = await line.request(ASK_INFO, question, {
    patience: patienceFor(patience, 256 * 1024),
  });
  const { created, state } = readAnswer(reply, streamInfo);
  return { created, subjects: Object.keys(state.subjects ?? {}) };
}

/**
 * The last message on a subject, which may have `*` in it, or (`after`) the first one behind a place in the stream.
 * Null when there is none. Any server that holds the stream answers, one that lags a moment behind too.
 */
export async function lastMessage(
  line: RelayLine,
  patience: Patience,
  subject: string,
  maxBytes: number,
  after?: number,
): Promise<KeptMessage | null> {
  const question =
    after === undefined ? { last_by_subj: subject } : { seq: after + 1, next_by_subj: subject };
  const reply = await line.request(ASK_MESSAGE, utf8(JSON.stringify(question)), {
    patience: patienceFor(patience, maxBytes),
  });
  if (reply.status === 404) return null;
  if (reply.status !== null) {
    throw new CodedError('target/failed', 'The relay does not give what it holds.', { status: reply.status });
  }
  const sequence = Number(reply.header('Nats-Sequence'));
  const at = reply.header('Nats-Subject');
  if (!Number.isSafeInteger(sequence) || sequence < 1 || at === null) {
    throw new CodedError('target/failed', 'The answer of the relay has another shape.');
  }
  return { subject: at, sequence, header: (name) => reply.header(name), bytes: reply.bytes };
}
