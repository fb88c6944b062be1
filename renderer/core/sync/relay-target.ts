import { type Bytes, concat, toHex } from '../base/bytes.ts';
import { CodedError } from '../base/coded-error.ts';
import { sha256 } from '../vault/primitives.ts';
import { type KeptMessage, lastMessage, type Patience, publish, subjectsOf } from './jetstream.ts';
import type { RelayLine } from './relay-line.ts';
import type { RelayLines } from './relay-lines.ts';
import {
  askedSubject,
  fileSubject,
  folderFilter,
  HASH,
  LENGTH,
  listedNames,
  PART,
  PARTS,
  partSubject,
  readFileSubject,
} from './relay-subjects.ts';
import { type Fetched, type GetOptions, LISTING_LIMIT, type ListedFile, type OpenTarget } from './target.ts';

/** A server that lags behind what this device put a moment ago is asked again so often, with a pause between. */
const LAG_TRIES = 12;
const LAG_PAUSE = 250;

/**
 * A relay: a NATS server or cluster with one stream that only grows (`relay-subjects.ts` tells how it holds files).
 * A tag is `<when the stream was made>/<place in it>`, so that a stream which was made anew shares none.
 */
export class RelayTarget implements OpenTarget {
  readonly #lines: RelayLines;
  readonly #patience: Patience;
  readonly #pause: (milliseconds: number) => Promise<void>;
  /** The places of what this device put, by path. */
  readonly #put = new Map<string, number>();
  #created: Promise<string> | null = null;

  constructor(lines: RelayLines, patience: Patience, pause: (milliseconds: number) => Promise<void>) {
    this.#lines = lines;
    this.#patience = patience;
    this.#pause = pause;
  }

  async list(folder: string): Promise<readonly ListedFile[]> {
    const filter = folderFilter(folder);
    if (filter === null) return [];
    const { subjects } = await this.#lines.use((line) => subjectsOf(line, this.#patience, filter));
    return listedNames(subjects)
      .slice(0, LISTING_LIMIT)
      .map((name) => ({ name, size: null }));
  }

  async get(path: string, options: GetOptions): Promise<Fetched> {
    const subject = askedSubject(path);
    if (subject === null) return { state: 'absent' };
    // Asked together: on a slow line the way there and back is what takes long.
    const [created, known] = await Promise.all([this.#streamCreated(), this.#knownTo(options, subject)]);
    if (known !== null && known.created === created && known.state === 'unchanged')
      return { state: 'unchanged' };
    const message = await this.#newest(subject, path, options.maxBytes);
    if (message === null) return { state: 'absent' };
    const tag = `${created}/${message.sequence}`;
    if (tag === options.unless) return { state: 'unchanged' };
    const bytes = await this.#contentOf(message, options.maxBytes);
    return bytes === null ? { state: 'absent' } : { state: 'found', bytes, tag };
  }

  async put(path: string, bytes: Bytes): Promise<void> {
    // The publisher is not known before there is a line; any stands for it here.
    if (fileSubject('*', path) === null) {
      throw new CodedError('target/failed', 'This is no path of a target.');
    }
    const headers = bytes.length > PART ? await this.#putParts(bytes) : {};
    const sequence = await this.#keep((line) => fileSubject(line.publisher, path) as string, {
      bytes: bytes.length > PART ? new Uint8Array(0) : bytes,
      headers,
    });
    this.#put.set(path, Math.max(sequence, this.#put.get(path) ?? 0));
  }

  close(): Promise<void> {
    return this.#lines.close();
  }

  /** Whether anything came behind the place that a tag names; null where there is no tag of ours. */
  async #knownTo(
    { unless, maxBytes }: GetOptions,
    subject: string,
  ): Promise<{ created: string; state: 'unchanged' | 'newer' } | null> {
    const tag = /^([^/]{1,64})\/([1-9][0-9]{0,15})$/.exec(unless ?? '');
    if (tag === null) return null;
    const after = Number(tag[2]);
    const newer = await this.#lines.use((line) =>
      lastMessage(line, this.#patience, subject, maxBytes, after),
    );
    return { created: tag[1] as string, state: newer === null ? 'unchanged' : 'newer' };
  }

  /** The last message, which is not older than what this device itself put there. */
  async #newest(subject: string, path: string, maxBytes: number): Promise<KeptMessage | null> {
    for (let attempt = 1; ; attempt++) {
      const message = await this.#lines.use((line) => lastMessage(line, this.#patience, subject, maxBytes));
      const lags = (message?.sequence ?? 0) < (this.#put.get(path) ?? 0);
      if (!lags || attempt === LAG_TRIES) return message;
      await this.#pause(LAG_PAUSE);
    }
  }

  /** Null when a part of it is not there, or not what it should be. */
  async #contentOf(message: KeptMessage, maxBytes: number): Promise<Bytes | null> {
    const parts = Number(message.header(PARTS) ?? 0);
    const length = parts === 0 ? message.bytes.length : Number(message.header(LENGTH));
    if (length > maxBytes) throw tooLong(length, maxBytes);
    if (parts === 0) return message.bytes;
    const hash = message.header(HASH) ?? '';
    const publisher = readFileSubject(message.subject)?.publisher ?? '';
    if (!/^[0-9a-f]{32}$/.test(hash) || parts !== Math.ceil(length / PART)) return null;
    const pieces: Bytes[] = [];
    for (let part = 0; part < parts; part++) {
      const piece = await this.#lines.use((line) =>
        lastMessage(line, this.#patience, partSubject(publisher, hash, part), PART),
      );
      if (piece === null || piece.bytes.length > PART) return null;
      pieces.push(piece.bytes);
    }
    const bytes = concat(...pieces);
    return bytes.length === length && (await hashOf(bytes)) === hash ? bytes : null;
  }

  /** Puts the parts that are not there yet, and resolves with the headers that tell of them. */
  async #putParts(bytes: Bytes): Promise<Record<string, string>> {
    const hash = await hashOf(bytes);
    const parts = Math.ceil(bytes.length / PART);
    const { subjects } = await this.#lines.use((line) =>
      subjectsOf(line, this.#patience, partSubject(line.publisher, hash, '*')),
    );
    const there = new Set(subjects.map((subject) => subject.slice(subject.lastIndexOf('.') + 1)));
    for (let part = 0; part < parts; part++) {
      if (there.has(String(part))) continue;
      await this.#keep((line) => partSubject(line.publisher, hash, part), {
        bytes: bytes.slice(part * PART, (part + 1) * PART),
        headers: {},
      });
    }
    return { [PARTS]: String(parts), [LENGTH]: String(bytes.length), [HASH]: hash };
  }

  async #keep(
    subjectFor: (line: RelayLine) => string,
    { bytes, headers }: { bytes: Bytes; headers: Record<string, string> },
  ): Promise<number> {
    let id: string | null = null;
    return this.#lines.use((line) => {
      id ??= line.freshId();
      return publish(line, this.#patience, subjectFor(line), bytes, { ...headers, 'Nats-Msg-Id': id });
    });
  }

  #streamCreated(): Promise<string> {
    this.#created ??= this.#lines
      .use((line) => subjectsOf(line, this.#patience, partSubject(line.publisher, 'none', '*')))
      .then(
        ({ created }) => created,
        (error) => {
          this.#created = null;
          throw error;
        },
      );
    return this.#created;
  }
}

const hashOf = async (bytes: Bytes): Promise<string> => toHex((await sha256(bytes)).subarray(0, 16));

function tooLong(length: number, maxBytes: number): CodedError {
  return new CodedError('target/too-long', 'The file is longer than was asked for.', { length, maxBytes });
}
