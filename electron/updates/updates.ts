import type { UpdateCheck } from '../../renderer/core/base/release.ts';
import { CodedError } from '../../renderer/core/host/contract.ts';
import { type Disk, onDisk } from '../disk.ts';
import { fetchRelease } from './fetch-release.ts';
import { keep, type Remembered, recall } from './memory.ts';
import { compareVersions, openRelease } from './release.ts';
import type { UpdateSource } from './source.ts';

/**
 * The update check. What it defends against: a server, or anybody on the line, that announces a version the publisher
 * never signed, or one older than was announced before; the signature and the memory of the newest release refuse
 * both. What it cannot tell: whether a newer release is being withheld. Nothing is downloaded or installed, so that
 * the worst a stolen key can do is to send people to the page that is built in.
 *
 * No clock decides about a release. A clock that is wrong asks too often or too seldom, at most once a day.
 */
export interface UpdatesOptions {
  readonly disk: Disk;
  /** The vault's folder, as the system spells it. */
  readonly home: string;
  /** The version that runs. */
  readonly version: string;
  readonly source: UpdateSource | null;
  /** Milliseconds since 1970. */
  readonly today?: () => number;
  /** See `FetchOptions.ca`. */
  readonly ca?: string;
}

export interface Updates {
  readonly host: UpdateCheck;
  /** Asks when that was turned on and a week is over; resolves, without an error, when that is done. */
  askIfDue(): Promise<void>;
  /** Gives up a question under way; nothing is asked any more. */
  close(): void;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

export function createUpdates(options: UpdatesOptions): Updates {
  const { disk, home, version, source } = options;
  const today = options.today ?? Date.now;
  const closing = new AbortController();
  let memory: Promise<Remembered> | null = null;
  let checking: Promise<void> | null = null;
  const known = () => (memory ??= recall(disk, home));

  /** Kept in memory whatever the disk says: a read-only vault can still be told about a newer version. */
  async function remember(edit: Partial<Remembered>): Promise<void> {
    const next = { ...(await known()), ...edit };
    memory = Promise.resolve(next);
    await keep(disk, home, next);
  }

  async function state() {
    const { weekly, checkedAt, release } = await known();
    const newer = release !== null && compareVersions(release.version, version) > 0 ? release : null;
    return {
      source: source && { server: new URL(source.manifest).host, page: source.page },
      weekly: weekly && source !== null,
      checkedAt,
      newer,
    };
  }

  async function ask(): Promise<void> {
    if (source === null) throw new CodedError('update/no-source', 'This build has no update address.');
    await remember({ askedAt: new Date(today()).toISOString() }).catch(() => {});
    const answer = await fetchRelease(source.manifest, {
      signal: closing.signal,
      ...(options.ca !== undefined && { ca: options.ca }),
    });
    const release = openRelease(answer, source.key);
    const { release: before } = await known();
    for (const older of [version, before?.version ?? version]) {
      if (compareVersions(release.version, older) < 0) {
        throw new CodedError('update/rollback', 'The announced version is older than one known already.', {
          version: release.version,
        });
      }
    }
    await remember({ checkedAt: new Date(today()).toISOString(), release }).catch(() => {});
  }

  /** One question at a time; whoever asks meanwhile gets its answer. */
  const check = (): Promise<void> => {
    checking ??= ask().finally(() => {
      checking = null;
    });
    return checking;
  };

  async function askIfDue(): Promise<void> {
    const { weekly, checkedAt, askedAt } = await known();
    if (!weekly || source === null || closing.signal.aborted) return;
    if (isYounger(checkedAt, WEEK, today()) || isYounger(askedAt, DAY, today())) return;
    // A question that nobody asked aloud fails silently; the settings show when the last answer came.
    await check().catch(() => {});
  }
  // Looked at often, because a laptop that sleeps keeps no long timer.
  const timer = setInterval(() => void askIfDue(), HOUR);
  timer.unref();

  return {
    host: {
      state,
      async setWeekly(on) {
        // On the disk first: a choice that the next run would not know of is not shown as made.
        await onDisk(async () => keep(disk, home, { ...(await known()), weekly: on }));
        memory = Promise.resolve({ ...(await known()), weekly: on });
        if (on) void askIfDue();
        return state();
      },
      async check() {
        await check();
        return state();
      },
    },
    askIfDue,
    close() {
      clearInterval(timer);
      closing.abort();
    },
  };
}

/** A time that lies ahead of the clock says nothing. */
function isYounger(time: string | null, age: number, now: number): boolean {
  if (time === null) return false;
  const passed = now - Date.parse(time);
  return passed >= 0 && passed < age;
}
