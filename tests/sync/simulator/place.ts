import type { Bytes } from '@/core/base/bytes.ts';
import { CodedError } from '@/core/base/coded-error.ts';
import type { Fetched, GetOptions, ListedFile, Target } from '@/core/sync/target.ts';
import type { MemoryPlace } from '../../support/memory-target.ts';
import type { Chance } from './chance.ts';
import type { Scheduler } from './scheduler.ts';

/** How bad the line of a place is, in per cent of calls. */
export interface Weather {
  loss: number;
  stale: number;
}

/** A target as one device sees it: a mailbox in memory behind a line that loses, repeats, cuts and shows old things. */
export class StormyTarget implements Target {
  readonly #place: MemoryPlace;
  readonly #old: Map<string, Bytes[]>;
  readonly #who: string;
  readonly #chance: Chance;
  readonly #scheduler: Scheduler;
  readonly #weather: Weather;
  readonly #alive: () => void;

  constructor(options: {
    place: MemoryPlace;
    /** Everything that ever stood under a path. */
    old: Map<string, Bytes[]>;
    who: string;
    chance: Chance;
    scheduler: Scheduler;
    weather: Weather;
    /** Throws when the device's program has ended, and ends it by chance. */
    alive: () => void;
  }) {
    this.#place = options.place;
    this.#old = options.old;
    this.#who = options.who;
    this.#chance = options.chance;
    this.#scheduler = options.scheduler;
    this.#weather = options.weather;
    this.#alive = options.alive;
  }

  async #begin(): Promise<void> {
    await this.#scheduler.gate(this.#who);
    this.#alive();
    if (this.#lost()) throw unreachable();
  }

  #lost(): boolean {
    return this.#chance.happens(this.#weather.loss);
  }

  async list(folder: string): Promise<readonly ListedFile[]> {
    await this.#begin();
    const files = await this.#place.open().list(folder);
    return this.#chance.happens(this.#weather.stale) ? files.filter(() => this.#chance.happens(70)) : files;
  }

  async get(path: string, options: GetOptions): Promise<Fetched> {
    await this.#begin();
    const fetched = await this.#place.open().get(path, options);
    if (!this.#chance.happens(this.#weather.stale)) return fetched;
    const before = this.#old.get(path) ?? [];
    const kind = this.#chance.number(3);
    if (kind === 0 || fetched.state !== 'found') return { state: 'absent' };
    if (kind === 1) return { ...fetched, tag: null, bytes: cut(fetched.bytes, this.#chance) };
    return before.length === 0
      ? fetched
      : { state: 'found', tag: null, bytes: this.#chance.pick(before).slice() };
  }

  async put(path: string, bytes: Bytes): Promise<void> {
    await this.#begin();
    const half = this.#chance.happens(this.#weather.loss / 2);
    const known = this.#old.get(path) ?? [];
    const there = this.#place.files.get(path);
    if (there !== undefined) known.push(there);
    this.#old.set(path, known);
    await this.#place.open().put(path, half ? cut(bytes, this.#chance) : bytes);
    // The answer can get lost when the deed is done.
    if (half || this.#chance.happens(this.#weather.loss / 2)) throw unreachable();
  }
}

const cut = (bytes: Bytes, chance: Chance): Bytes => bytes.slice(0, chance.number(bytes.length + 1));

const unreachable = () => new CodedError('target/unreachable', 'The line is gone.');
