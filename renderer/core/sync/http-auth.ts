import { utf8 } from '../base/bytes.ts';
import type { Random } from '../base/clock.ts';
import { clientNonce, type DigestAlgorithm, digestHex } from '../vault/http-digest.ts';

/**
 * A person's name and password for one server: Basic (RFC 7617) and Digest (RFC 7616, `auth` and the older form
 * without `qop`). Nothing is sent before the server has asked; from then on every request carries it, since a
 * refused upload would travel twice. Digest is preferred over Basic, SHA-256 over MD5.
 */
export class HttpAuth {
  readonly #user: string;
  readonly #password: string;
  readonly #random: Random;
  #answer: Basic | Digest | null = null;

  constructor(user: string, password: string, random: Random) {
    this.#user = user;
    this.#password = password;
    this.#random = random;
  }

  /** True once the server has asked for something that can be answered. */
  get asked(): boolean {
    return this.#answer !== null;
  }

  /** The `authorization` header of the next request; null before the server has asked. */
  async header(method: string, uri: string): Promise<string | null> {
    const answer = this.#answer;
    if (answer === null) return null;
    return answer.scheme === 'basic' ? this.#basic() : this.#digest(answer, method, uri);
  }

  /**
   * Takes the challenge of a 401. `sent` is the header that was refused: then only a nonce that went stale, or one
   * that another request has learnt meanwhile, is worth another try.
   */
  challenge(wwwAuthenticate: string, sent: string | null): boolean {
    const best = bestOf(parseChallenges(wwwAuthenticate));
    if (best === null) return false;
    const again = sent === null || best.stale;
    if (again) this.#answer = best.scheme === 'basic' ? { scheme: 'basic' } : best;
    return again;
  }

  /** Takes the next nonce, where the server gives one along with an answer. */
  info(authenticationInfo: string): void {
    const next = parseParams(authenticationInfo).get('nextnonce');
    const answer = this.#answer;
    if (next === undefined || !isPlain(next) || answer?.scheme !== 'digest') return;
    // The one in use goes on being counted: a count that comes twice looks like somebody's repetition.
    if (next === answer.nonce) return;
    this.#answer = { ...answer, nonce: next, count: 0 };
  }

  #basic(): string {
    let binary = '';
    for (const byte of utf8(`${this.#user}:${this.#password}`)) binary += String.fromCharCode(byte);
    return `Basic ${btoa(binary)}`;
  }

  async #digest(answer: Digest, method: string, uri: string): Promise<string> {
    // Counted before anything is awaited: no two requests may carry one count.
    answer.count += 1;
    const nc = answer.count.toString(16).padStart(8, '0');
    const { algorithm, session, nonce, realm, opaque, qop } = answer;
    const cnonce = clientNonce(this.#random);
    const hash = (...parts: string[]) => digestHex(algorithm, utf8(parts.join(':')));
    const secret = await hash(this.#user, realm, this.#password);
    const a1 = session ? await hash(secret, nonce, cnonce) : secret;
    const a2 = await hash(method, uri);
    const response = qop ? await hash(a1, nonce, nc, cnonce, 'auth', a2) : await hash(a1, nonce, a2);
    const fields = [
      isPlain(this.#user)
        ? `username=${quote(this.#user)}`
        : `username*=UTF-8''${encodeURIComponent(this.#user)}`,
      `realm=${quote(realm)}`,
      `nonce=${quote(nonce)}`,
      `uri=${quote(uri)}`,
      `response="${response}"`,
      `algorithm=${algorithm}${session ? '-sess' : ''}`,
      ...(opaque === null ? [] : [`opaque=${quote(opaque)}`]),
      ...(qop || session ? [`cnonce="${cnonce}"`] : []),
      ...(qop ? ['qop=auth', `nc=${nc}`] : []),
    ];
    return `Digest ${fields.join(', ')}`;
  }
}

interface Basic {
  readonly scheme: 'basic';
}

interface Digest {
  readonly scheme: 'digest';
  readonly algorithm: DigestAlgorithm;
  /** The secret is bound to the nonces (`-sess`). */
  readonly session: boolean;
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | null;
  readonly qop: boolean;
  /** Requests made with this nonce. */
  count: number;
}

type Usable = (Basic | Digest) & { readonly stale: boolean; readonly rank: number };

export interface Challenge {
  /** Lower case. */
  readonly scheme: string;
  /** Names in lower case. */
  readonly params: ReadonlyMap<string, string>;
}

function bestOf(challenges: readonly Challenge[]): Usable | null {
  const usable = challenges.map(understand).filter((challenge) => challenge !== null);
  return usable.sort((a, b) => b.rank - a.rank)[0] ?? null;
}

const ALGORITHM = /^(md5|sha-256)(-sess)?$/i;

function understand({ scheme, params }: Challenge): Usable | null {
  if (scheme === 'basic') return { scheme, stale: false, rank: 0 };
  if (scheme !== 'digest') return null;
  const algorithm = ALGORITHM.exec(params.get('algorithm') ?? 'MD5');
  const [realm, nonce, opaque = null] = ['realm', 'nonce', 'opaque'].map((name) => params.get(name));
  const qops = params
    .get('qop')
    ?.split(',')
    .map((qop) => qop.trim().toLowerCase());
  if (!algorithm || realm === undefined || nonce === undefined) return null;
  // What cannot be given back in a header as it came cannot be answered.
  if (![realm, nonce, opaque ?? ''].every(isPlain) || (qops !== undefined && !qops.includes('auth')))
    return null;
  const name = algorithm[1]?.toUpperCase() as DigestAlgorithm;
  return {
    scheme,
    algorithm: name,
    session: algorithm[2] !== undefined,
    realm: realm as string,
    nonce: nonce as string,
    opaque: opaque ?? null,
    qop: qops !== undefined,
    count: 0,
    stale: params.get('stale')?.toLowerCase() === 'true',
    rank: name === 'SHA-256' ? 2 : 1,
  };
}

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const PARAM = new RegExp(`(${TOKEN})\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|(${TOKEN}))`, 'y');
const SCHEME = new RegExp(`(${TOKEN})(?=[ ,]|$)`, 'y');

/** The challenges of a `www-authenticate` header (RFC 9110, 11.6.1), as far as they can be read. */
export function parseChallenges(header: string): Challenge[] {
  const challenges: { scheme: string; params: Map<string, string> }[] = [];
  for (let at = 0; at < header.length; ) {
    PARAM.lastIndex = SCHEME.lastIndex = at;
    const param = PARAM.exec(header);
    const scheme = param === null ? SCHEME.exec(header) : null;
    if (param !== null) {
      challenges.at(-1)?.params.set((param[1] as string).toLowerCase(), paramValue(param));
      at = PARAM.lastIndex;
    } else if (scheme !== null) {
      challenges.push({ scheme: (scheme[1] as string).toLowerCase(), params: new Map() });
      at = SCHEME.lastIndex;
    } else at += 1;
  }
  return challenges;
}

const parseParams = (header: string): ReadonlyMap<string, string> =>
  parseChallenges(`info ${header}`)[0]?.params ?? new Map();

const paramValue = (param: RegExpExecArray): string => param[3] ?? (param[2] ?? '').replace(/\\(.)/g, '$1');

/** Printable ASCII. */
const isPlain = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);
const quote = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;
