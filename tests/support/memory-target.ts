import type { Bytes } from '@/core/base/bytes.ts';
import { CodedError, type ErrorDetail } from '@/core/base/coded-error.ts';
import {
  type Fetched,
  type GetOptions,
  LISTING_LIMIT,
  type ListedFile,
  type OpenTarget,
  TARGET_PATH,
} from '@/core/sync/target.ts';

export type TargetMethod = 'list' | 'get' | 'put';

/** What happens to one call. A `put` leaves behind only its first `keep` bytes, or nothing where `keep` is absent. */
export interface TargetFault {
  readonly code: string;
  readonly detail?: ErrorDetail;
  readonly keep?: number;
}

/**
 * What a call will suffer; null for nothing. `call` counts the calls of this place from 1, so that a test or a
 * seeded simulator can fail any one of them and do so again.
 */
export type Mishap = (call: number, method: TargetMethod, path: string) => TargetFault | null;

/**
 * A mailbox in memory that several targets open, with a real one's promises and, on request, its accidents. What a
 * hostile place would do (forget, replace, rename, repeat) a test does to `files` by hand.
 */
export class MemoryPlace {
  readonly files = new Map<string, Bytes>();
  /** How often each method was called, and the bytes that went each way. */
  readonly counts = { list: 0, get: 0, put: 0, bytesIn: 0, bytesOut: 0 };
  readOnly = false;
  /** No line: every call is `target/unreachable`. */
  cut = false;
  /** Most bytes that it holds. */
  capacity = Number.POSITIVE_INFINITY;
  mishap: Mishap | null = null;
  #calls = 0;
  #versions = new Map<string, { readonly bytes: Bytes; readonly tag: string }>();
  #version = 0;

  /** The `nth` call from now on suffers this, once. */
  failCall(nth: number, fault: TargetFault): void {
    const at = this.#calls + nth;
    const before = this.mishap;
    this.mishap = (call, method, path) => (call === at ? fault : (before?.(call, method, path) ?? null));
  }

  open(): OpenTarget {
    return new MemoryTarget(this);
  }

  /** Counts a call and lets its accident happen. */
  begin(method: TargetMethod, path: string, bytes?: Bytes): void {
    this.counts[method] += 1;
    this.#calls += 1;
    if (this.cut) throw new CodedError('target/unreachable', 'The memory target is cut off.');
    const fault = this.mishap?.(this.#calls, method, path);
    if (!fault) return;
    if (bytes && fault.keep !== undefined) this.files.set(path, bytes.slice(0, fault.keep));
    throw new CodedError(fault.code, 'The memory target was told to fail.', fault.detail);
  }

  /** A new one whenever the file at the path is another one than before. */
  tagOf(path: string, bytes: Bytes): string {
    const known = this.#versions.get(path);
    if (known?.bytes === bytes) return known.tag;
    this.#version += 1;
    const tag = `"${this.#version}"`;
    this.#versions.set(path, { bytes, tag });
    return tag;
  }

  get size(): number {
    let size = 0;
    for (const bytes of this.files.values()) size += bytes.length;
    return size;
  }
}

class MemoryTarget implements OpenTarget {
  readonly #place: MemoryPlace;
  #closed = false;

  constructor(place: MemoryPlace) {
    this.#place = place;
  }

  async list(folder: string): Promise<readonly ListedFile[]> {
    this.#begin('list', folder);
    const listed: ListedFile[] = [];
    for (const [path, bytes] of this.#place.files) {
      const name = path.slice(folder.length + 1);
      if (!path.startsWith(`${folder}/`) || name.includes('/')) continue;
      if (listed.length < LISTING_LIMIT) listed.push({ name, size: bytes.length });
    }
    return listed;
  }

  async get(path: string, { maxBytes, unless }: GetOptions): Promise<Fetched> {
    this.#begin('get', path);
    const bytes = this.#place.files.get(path);
    if (bytes === undefined) return { state: 'absent' };
    const tag = this.#place.tagOf(path, bytes);
    if (unless === tag) return { state: 'unchanged' };
    if (bytes.length > maxBytes) throw new CodedError('target/too-long', 'The file is too long.');
    this.#place.counts.bytesIn += bytes.length;
    return { state: 'found', bytes: bytes.slice(), tag };
  }

  async put(path: string, bytes: Bytes): Promise<void> {
    if (!TARGET_PATH.test(path)) throw new CodedError('target/failed', 'This is no path of a target.');
    const kept = bytes.slice();
    this.#begin('put', path, kept);
    const place = this.#place;
    if (place.readOnly) throw new CodedError('target/read-only', 'The memory target is read-only.');
    if (place.size - (place.files.get(path)?.length ?? 0) + kept.length > place.capacity) {
      throw new CodedError('target/full', 'The memory target is full.');
    }
    place.files.set(path, kept);
    place.counts.bytesOut += kept.length;
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  #begin(method: TargetMethod, path: string, bytes?: Bytes): void {
    if (this.#closed) throw new CodedError('target/unreachable', 'The target was closed.');
    this.#place.begin(method, path, bytes);
  }
}
