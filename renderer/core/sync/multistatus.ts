import { SaxesParser, type SaxesTagNS } from 'saxes';
import { fromUtf8 } from '../base/bytes.ts';
import { CodedError } from '../base/coded-error.ts';

/** One entry of a listing, as far as it matters here. */
export interface DavEntry {
  /** The segments of its path, decoded. */
  readonly segments: readonly string[];
  readonly collection: boolean;
  readonly size: number | null;
}

const DAV = 'DAV:';
/** A multistatus answer is six levels deep, or a little more where a server adds its own. */
const DEEPEST = 32;
/** Characters that are read before it is asked whether that was enough. */
const PIECE = 16 * 1024;

/**
 * The entries of a PROPFIND's answer (RFC 4918, 14.16): the first `most` of them, after which no more is looked at.
 *
 * The answer is read by a strict parser without a DOM: well-formed XML with namespaces in UTF-8. No document type and
 * so no entity of the server's own, nothing fetched, nothing deep. An entry whose address cannot be decoded is left
 * out, since no name of ours is such.
 *
 * Error: `target/failed` with detail.reason `listing` for anything else.
 */
export function parseMultistatus(answer: Uint8Array, most: number): DavEntry[] {
  const reader = new ListingReader(most);
  try {
    const text = fromUtf8(answer);
    for (let at = 0; at < text.length && !reader.full; at += PIECE) {
      reader.parser.write(text.slice(at, at + PIECE));
    }
    if (!reader.full) reader.parser.close();
  } catch {
    throw unreadable();
  }
  if (!reader.multistatus) throw unreadable();
  return reader.entries;
}

class ListingReader {
  readonly entries: DavEntry[] = [];
  readonly parser = new SaxesParser({ xmlns: true });
  multistatus = false;
  readonly #most: number;
  /** The elements that are open; those of other namespaces as an empty name. */
  readonly #open: string[] = [];
  #text = '';
  #href: string | null = null;
  #collection = false;
  #size: number | null = null;

  constructor(most: number) {
    this.#most = most;
    const { parser } = this;
    parser.on('doctype', refuse);
    parser.on('error', refuse);
    parser.on('opentag', (tag) => this.#enter(tag));
    parser.on('closetag', (tag) => this.#leave(tag));
    parser.on('text', (text) => {
      this.#text += text;
    });
    parser.on('cdata', (text) => {
      this.#text += text;
    });
  }

  get full(): boolean {
    return this.entries.length >= this.#most;
  }

  #enter(tag: SaxesTagNS): void {
    const name = nameOf(tag);
    if (this.#open.length === 0 && name === 'multistatus') this.multistatus = true;
    this.#open.push(name);
    if (this.#open.length > DEEPEST) refuse();
    this.#text = '';
    if (this.#isAt('multistatus/response')) {
      this.#href = null;
      this.#collection = false;
      this.#size = null;
    }
    if (this.#isAt('multistatus/response/propstat/prop/resourcetype/collection')) this.#collection = true;
  }

  #leave(_tag: SaxesTagNS): void {
    if (this.#isAt('multistatus/response/href')) this.#href ??= this.#text.trim();
    // Asked for of a file only; where it could not be told, the element is there but empty.
    if (this.#isAt('multistatus/response/propstat/prop/getcontentlength'))
      this.#size ??= sizeOf(this.#text.trim());
    if (this.#isAt('multistatus/response')) this.#keep();
    this.#open.pop();
    this.#text = '';
  }

  #keep(): void {
    const segments = this.#href === null ? null : segmentsOfAddress(this.#href);
    if (segments === null || this.full) return;
    this.entries.push({ segments, collection: this.#collection, size: this.#collection ? null : this.#size });
  }

  #isAt(path: string): boolean {
    return this.#open.length === path.split('/').length && this.#open.join('/') === path;
  }
}

/**
 * The decoded segments of a path or of a whole address, without query; empty ones (doubled or closing slashes) left
 * out. Null when it cannot be decoded, or leads through `.` or `..`, or a segment hides a slash or a control character.
 */
export function segmentsOfAddress(address: string): string[] | null {
  const path = address.replace(/^https?:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
  const segments: string[] = [];
  for (const part of path.split('/')) {
    if (part === '') continue;
    try {
      segments.push(decodeURIComponent(part));
    } catch {
      return null;
    }
  }
  return segments.every((name) => name !== '.' && name !== '..' && !/[/\\\p{Cc}]/u.test(name))
    ? segments
    : null;
}

const nameOf = (tag: SaxesTagNS): string => (tag.uri === DAV ? tag.local : '');
const sizeOf = (text: string): number | null => (/^[0-9]{1,15}$/.test(text) ? Number(text) : null);

function refuse(): never {
  throw unreadable();
}

function unreadable(): CodedError {
  return new CodedError('target/failed', 'The server answered with something that is no listing.', {
    reason: 'listing',
  });
}
