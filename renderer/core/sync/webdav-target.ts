import type { Bytes } from '../base/bytes.ts';
import { utf8 } from '../base/bytes.ts';
import type { Random } from '../base/clock.ts';
import { CodedError } from '../base/coded-error.ts';
import type { Host, HttpCall } from '../host/host.ts';
import { HttpAuth } from './http-auth.ts';
import { parseMultistatus, segmentsOfAddress } from './multistatus.ts';
import {
  type Fetched,
  type GetOptions,
  LISTING_LIMIT,
  type ListedFile,
  type OpenTarget,
  TARGET_PATH,
} from './target.ts';
import { type Answer, failureOf, readAnswer, tagOf } from './webdav-answer.ts';

export interface WebdavSettings {
  /** `https://` address of a collection; spaces and letters may be percent-encoded or not. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** SHA-256 of a certificate that the person compared, lower-case hexadecimal; null while authorities vouch. */
  readonly fingerprint: string | null;
}

/** How long a line may be silent: a 2G line pauses for half a minute and goes on. */
const QUIET_SECONDS = 60;
/** The most that the host waits. */
const MOST_QUIET = 300;
/** Bytes a second of the slowest line that is of use. */
const SLOWEST = 2_000;
/** A page has six connections to its host, which the vault's own calls need as well. */
const MOST_AT_ONCE = 3;
/** A kilobyte for each entry; reading a hostile one keeps the vault's worker for a second or two. */
const LONGEST_LISTING = 2 * 1024 * 1024;
const NOTHING = new Uint8Array(0);
const LISTING_REQUEST = utf8(
  '<?xml version="1.0" encoding="utf-8"?>' +
    '<propfind xmlns="DAV:"><prop><resourcetype/><getcontentlength/></prop></propfind>',
);

/**
 * A target in a WebDAV collection (RFC 4918): Nextcloud, ownCloud, Apache.
 *
 * It asks little of a server: PROPFIND, GET, HEAD, PUT and MKCOL; no locks, no moves, no tags that can be relied on. A
 * `put` makes the collections on the way, sends, and asks how long the file is now. Nothing is tried again in here but
 * what costs no waiting: an answered challenge, a collection that went missing. When to come back is the round's affair.
 *
 * Errors of opening: `target/failed` with detail.reason `address`.
 */
export async function openWebdavTarget(
  host: Pick<Host, 'http'>,
  settings: WebdavSettings,
  random: Random,
): Promise<OpenTarget> {
  const { origin, base } = readAddress(settings.url);
  return new WebdavTarget(host.http, origin, base, settings, random);
}

class WebdavTarget implements OpenTarget {
  readonly #http: Host['http'];
  readonly #origin: string;
  /** The decoded segments of the collection's own path. */
  readonly #base: readonly string[];
  readonly #fingerprint: string | null;
  readonly #auth: HttpAuth;
  #line: Promise<string> | null = null;
  #closed = false;
  /** Collections that were there when we last looked, by their path below the base; shared while one is looked for. */
  readonly #known = new Map<string, Promise<void>>();
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(
    http: Host['http'],
    origin: string,
    base: readonly string[],
    settings: WebdavSettings,
    random: Random,
  ) {
    this.#http = http;
    this.#origin = origin;
    this.#base = base;
    this.#fingerprint = settings.fingerprint;
    this.#auth = new HttpAuth(settings.user, settings.password, random);
  }

  async list(folder: string): Promise<readonly ListedFile[]> {
    const segments = this.#segments(folder);
    const answer = await this.#request('PROPFIND', collection(segments), {
      headers: { depth: '1', 'content-type': 'application/xml; charset=utf-8' },
      body: LISTING_REQUEST,
      maxBytes: LONGEST_LISTING,
    });
    if (answer.status === 404) return [];
    if (answer.status !== 207) throw failureOf(answer);
    const entries = parseMultistatus(answer.body, LISTING_LIMIT + 1);
    const below = entries.filter((entry) => startsWith(entry.segments, segments));
    // A listing that does not name what it lists is of something else: not to be taken for an empty one.
    if (!below.some((entry) => entry.segments.length === segments.length)) throw foreignListing();
    const files = new Map<string, ListedFile>();
    for (const { segments: path, collection, size } of below) {
      const name = path[segments.length];
      if (path.length === segments.length + 1 && name !== undefined && !collection)
        files.set(name, { name, size });
    }
    return [...files.values()];
  }

  async get(path: string, { maxBytes, unless }: GetOptions): Promise<Fetched> {
    const known = tagOf(unless);
    const answer = await this.#request('GET', encode(this.#segments(path)), {
      headers: known === null ? {} : { 'if-none-match': known },
      maxBytes,
    });
    if (answer.status === 304 && known !== null) return { state: 'unchanged' };
    if (answer.status === 404 || answer.status === 410) return { state: 'absent' };
    // 206 and the like would be a part of it. What is packed was not asked for and may be anything when unpacked.
    if (answer.status !== 200 || (answer.headers['content-encoding'] ?? 'identity') !== 'identity') {
      throw failureOf(answer);
    }
    return { state: 'found', bytes: answer.body.slice() as Bytes, tag: tagOf(answer.headers.etag) };
  }

  async put(path: string, bytes: Bytes): Promise<void> {
    if (!TARGET_PATH.test(path)) throw new CodedError('target/failed', 'This is no path of a target.');
    const parent = path.split('/').slice(0, -1);
    await this.#ensure(parent);
    let answer = await this.#send(path, bytes);
    if (answer.status === 404 || answer.status === 409) {
      // Somebody has removed a collection that we knew.
      this.#known.clear();
      await this.#ensure(parent);
      answer = await this.#send(path, bytes);
    }
    if (![200, 201, 204].includes(answer.status)) throw failureOf(answer);
    await this.#checkLength(path, bytes.length);
  }

  async close(): Promise<void> {
    this.#closed = true;
    const line = await this.#line?.catch(() => null);
    if (line) await this.#http.close(line);
  }

  #send(path: string, bytes: Bytes): Promise<Answer> {
    return this.#request('PUT', encode(this.#segments(path)), {
      headers: { 'content-type': 'application/octet-stream' },
      body: bytes,
    });
  }

  async #checkLength(path: string, length: number): Promise<void> {
    const answer = await this.#request('HEAD', encode(this.#segments(path)), {});
    if (answer.status !== 200) throw failureOf(answer);
    const reported = answer.headers['content-length'];
    if (reported !== undefined && Number(reported) !== length) {
      throw new CodedError('target/failed', 'The server holds another length than was sent.', {
        reason: 'length',
        sent: length,
        held: Number(reported),
      });
    }
  }

  /** The collection below the base is there when it resolves. */
  #ensure(below: readonly string[]): Promise<void> {
    const key = below.join('/');
    const known = this.#known.get(key);
    if (known) return known;
    const making = below.length === 0 ? this.#ensureBase() : this.#make(below);
    this.#known.set(key, making);
    making.catch(() => {
      if (this.#known.get(key) === making) this.#known.delete(key);
    });
    return making;
  }

  async #make(below: readonly string[]): Promise<void> {
    // Asked before the first upload: a body that meets a challenge would travel twice.
    if (!this.#auth.asked) await this.#ensure([]);
    const make = () => this.#request('MKCOL', collection([...this.#base, ...below]), {});
    let answer = await make();
    if (answer.status === 409 || answer.status === 404) {
      await this.#ensure(below.slice(0, -1));
      answer = await make();
    }
    // 405: there is something by that name already. Where two make one at the same moment, Apache says 403 to one.
    if (answer.status === 201 || answer.status === 405) return;
    if ((await this.#look(below)).status !== 207) throw failureOf(answer);
  }

  #look(below: readonly string[]): Promise<Answer> {
    const headers = { depth: '0', 'content-type': 'application/xml; charset=utf-8' };
    return this.#request('PROPFIND', collection([...this.#base, ...below]), {
      headers,
      body: LISTING_REQUEST,
    });
  }

  async #ensureBase(): Promise<void> {
    const seen = await this.#look([]);
    if (seen.status === 207) return;
    if (seen.status !== 404) throw failureOf(seen);
    const made = await this.#request('MKCOL', collection(this.#base), {});
    if (made.status !== 201 && made.status !== 405) throw failureOf(made);
  }

  async #request(method: HttpCall['method'], path: string, request: Partial<Request>): Promise<Answer> {
    const { headers = {}, body = NOTHING, maxBytes = 64 * 1024 } = request;
    // Once for the challenge and once for a nonce that went stale.
    for (let tries = 1; ; tries++) {
      const authorization = await this.#auth.header(method, path);
      const call: HttpCall = {
        method,
        path,
        headers: authorization === null ? headers : { ...headers, authorization },
        maxBytes,
        // What was sent lies in the system's buffers, and nothing seems to move, while a slow line carries it.
        quietSeconds: Math.min(MOST_QUIET, QUIET_SECONDS + Math.ceil(body.length / SLOWEST)),
      };
      const answer = await this.#inTurn(() => this.#exchange(call, body));
      const info = answer.headers['authentication-info'];
      if (info !== undefined) this.#auth.info(info);
      const challenge = answer.headers['www-authenticate'];
      const again = answer.status === 401 && challenge !== undefined && tries < 3;
      if (!again || !this.#auth.challenge(challenge, authorization)) return answer;
    }
  }

  async #exchange(call: HttpCall, body: Uint8Array): Promise<Answer> {
    if (this.#closed) throw closedError();
    try {
      this.#line ??= this.#http.open(this.#origin, this.#fingerprint);
      return readAnswer(await this.#http.request(await this.#line, call, body));
    } catch (error) {
      if (this.#closed) throw closedError();
      const coded =
        error instanceof CodedError ? error : new CodedError('target/failed', 'The request failed.');
      // The host has let go of the line, or of all of them: the next call asks for another.
      if (coded.detail.errno === 'CLOSED' || !coded.code.startsWith('target/')) this.#line = null;
      if (coded.code.startsWith('target/')) throw coded;
      throw new CodedError('target/failed', 'The request was not made.', { reason: coded.code });
    }
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= MOST_AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running += 1;
    try {
      return await work();
    } finally {
      // Whoever waits longest takes over the place.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }

  /** Of a path below the base, whose names may be those of a listing. Error: `target/failed` for a path that is none. */
  #segments(path: string): string[] {
    const names = path.split('/');
    if (names.some((name) => name === '' || name === '.' || name === '..')) {
      throw new CodedError('target/failed', 'This is no path of a target.');
    }
    return [...this.#base, ...names];
  }
}

interface Request {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly maxBytes: number;
}

/** Error: `target/failed` with detail.reason `address`. */
function readAddress(address: string): { origin: string; base: string[] } {
  const url = URL.canParse(address) ? new URL(address) : null;
  const base = url === null ? null : segmentsOfAddress(url.pathname);
  const plain = url?.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (url === null || base === null || !plain || url.protocol !== 'https:') {
    throw new CodedError('target/failed', 'This is not the https address of a collection.', {
      reason: 'address',
    });
  }
  return { origin: url.origin, base };
}

const encode = (segments: readonly string[]): string => `/${segments.map(encodeURIComponent).join('/')}`;
const collection = (segments: readonly string[]): string =>
  segments.length === 0 ? '/' : `${encode(segments)}/`;
const startsWith = (path: readonly string[], beginning: readonly string[]): boolean =>
  beginning.every((name, i) => path[i] === name);

const closedError = () => new CodedError('target/unreachable', 'The target was closed.');
const foreignListing = () =>
  new CodedError('target/failed', 'The server listed something else.', { reason: 'listing' });
