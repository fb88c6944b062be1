import type { Page } from 'playwright-core';
import type { TargetKind, TargetSettings } from '@/core/team-doors.ts';
import type { Pace } from '../support/faulty-line.ts';
import { PASSPHRASE } from '../support/vault.ts';
import { median, shownBytes, shownTime } from './medians.ts';
import { openPlace, type Place } from './places.ts';
import { openProfile, type Profile } from './profile.ts';

export interface SyncOptions {
  /** The built bench page's server. */
  readonly program: string;
  readonly records: number;
  /** Records that go over the slow line: as many as take minutes, not hours. */
  readonly slowRecords: number;
  readonly runs: number;
  readonly slowRuns: number;
  readonly places: readonly TargetKind[];
}

/** 50 kbit/s each way, 600 ms for a round trip. */
const SECOND_GENERATION: Pace = { bytesPerSecond: 50_000 / 8, delay: 300 };

/** One device's part of an exchange. */
interface Passage {
  readonly took: number;
  readonly bytes: number | null;
  readonly requests: number | null;
}

const STEPS = ['send', 'receive', 'edit out', 'edit in'] as const;
type Step = (typeof STEPS)[number];
type Exchange = Readonly<Record<Step, Passage>>;

/** The product on one vault, in a Chromium of its own. */
class Device {
  readonly #profile: Profile;
  readonly page: Page;
  target = '';

  private constructor(profile: Profile) {
    this.#profile = profile;
    this.page = profile.page;
  }

  static async open(program: string): Promise<Device> {
    const profile = await openProfile(program);
    const { page } = profile;
    await page.waitForFunction(() => window.openDesk !== undefined);
    await page.evaluate((passphrase) => window.openDesk?.(passphrase), PASSPHRASE);
    return new Device(profile);
  }

  async meetAt(settings: TargetSettings): Promise<void> {
    const choice = { name: 'bench', settings, automatic: false, metered: false };
    this.target = await this.page.evaluate(
      async (choice) => (await window.desk?.workspace.sync.addTarget(choice)) ?? '',
      choice,
    );
  }

  /** A round, with what it put on the place's line. */
  async round(place: Place): Promise<Passage> {
    const before = place.traffic();
    const round = await this.page.evaluate((target) => window.desk?.round(target), this.target);
    const after = place.traffic();
    if (round === undefined || round.failure !== null) throw new Error(`A round failed: ${round?.failure}`);
    const onLine = after.bytes === null || before.bytes === null ? round.bytes : after.bytes - before.bytes;
    const requests =
      after.requests === null || before.requests === null ? null : after.requests - before.requests;
    return { took: round.took, bytes: onLine, requests };
  }

  close(): Promise<void> {
    return this.#profile.close();
  }
}

/** Two devices of one team; they joined over a folder, which is not measured. */
async function team(program: string): Promise<{ one: Device; other: Device; ids: TeamIds }> {
  const [one, other] = await Promise.all([Device.open(program), Device.open(program)]);
  const calm = await openPlace('folder', { workspace: '', devices: [] }, null);
  const settings = await calm.settings('');
  const words = await one.page.evaluate(async () => {
    await window.desk?.workspace.team.found('bench');
    return (await window.desk?.workspace.team.invite('monitor'))?.words.join(' ') ?? '';
  });
  await Promise.all([one.meetAt(settings), other.meetAt(settings)]);
  await other.page.evaluate((words) => window.desk?.workspace.team.ask(words), words);
  await other.round(calm);
  await one.round(calm);
  await one.page.evaluate(async () => {
    const [asked] = (await window.desk?.workspace.team.invitations()) ?? [];
    await window.desk?.workspace.team.admit(asked?.id ?? '');
  });
  await one.round(calm);
  await other.round(calm);
  await other.page.evaluate(() => window.desk?.workspace.team.enter());
  const ids = await one.page.evaluate(async () => {
    const team = await window.desk?.workspace.team.team();
    const members = [...(team?.members ?? [])].sort((a, b) => Number(b.self) - Number(a.self));
    return { workspace: team?.workspace ?? '', devices: members.flatMap(({ devices }) => devices) };
  });
  await calm.close();
  return { one, other, ids };
}

interface TeamIds {
  readonly workspace: string;
  readonly devices: readonly string[];
}

async function exchange(
  program: string,
  kind: TargetKind,
  records: number,
  pace: Pace | null,
): Promise<Exchange> {
  const { one, other, ids } = await team(program);
  const place = await openPlace(kind, ids, pace);
  try {
    for (const [i, device] of [one, other].entries()) {
      await device.meetAt(await place.settings(ids.devices[i] as string));
    }
    await one.page.evaluate((count) => window.desk?.fill(count), records);
    const send = await one.round(place);
    const receive = await other.round(place);
    // The receipt, so that an edit is measured and not what was left over.
    await one.round(place);
    await one.page.evaluate(() => window.desk?.edit());
    const passages = {
      send,
      receive,
      'edit out': await one.round(place),
      'edit in': await other.round(place),
    };
    const hashes = await Promise.all(
      [one, other].map((device) =>
        device.page.evaluate(() => window.desk?.workspace.observations.stateHash()),
      ),
    );
    if (hashes[0] === undefined || hashes[0] !== hashes[1]) throw new Error('The two devices differ.');
    return passages;
  } finally {
    await Promise.all([one.close(), other.close()]);
    await place.close();
  }
}

async function pouch(program: string, records: number): Promise<{ all: number; edit: number }> {
  const device = await Device.open(program);
  const times = await device.page.evaluate((count) => window.replicatePouch?.(count), records);
  await device.close();
  if (times === undefined) throw new Error('The bench page is not ready.');
  return times;
}

function row(name: string, exchanges: readonly Exchange[]): string {
  const cells = STEPS.map((step) => {
    const of = (member: keyof Passage) => median(exchanges.map((one) => one[step][member] ?? Number.NaN));
    const requests = of('requests');
    const counted = Number.isNaN(requests) ? '' : `, ${requests} requests`;
    return `${shownTime(of('took'))}, ${shownBytes(of('bytes'))}${counted}`;
  });
  return `| ${name} | ${cells.join(' | ')} |`;
}

/**
 * Exchange between two devices: everything to one that holds nothing yet, then a single edit. Real folder, Apache and
 * nats-server, the last two behind a line that counts; in the same run PouchDB replicates the same records from one
 * of its databases to another in one page. PouchDB over HTTP cannot run here: the only servers for it that run on Node
 * (express-pouchdb, pouchdb-server) need Express 4.14 and leave pull requests of years open, and CouchDB is not in Debian.
 */
export async function benchSync(options: SyncOptions): Promise<void> {
  const { program, records, slowRecords, runs, slowRuns, places } = options;
  const fast = new Map<TargetKind, Exchange[]>();
  const pouches: { all: number; edit: number }[] = [];
  for (let run = 0; run < runs; run++) {
    for (const kind of places) {
      const made = await exchange(program, kind, records, null);
      fast.set(kind, [...(fast.get(kind) ?? []), made]);
      console.error(`${kind} run ${run + 1}: ${JSON.stringify(made)}`);
    }
    pouches.push(await pouch(program, records));
    console.error(`pouchdb run ${run + 1}: ${JSON.stringify(pouches.at(-1))}`);
  }
  const slow = new Map<TargetKind, Exchange[]>();
  for (let run = 0; run < slowRuns; run++) {
    for (const kind of places) {
      if (kind === 'folder') continue;
      const made = await exchange(program, kind, slowRecords, SECOND_GENERATION);
      slow.set(kind, [...(slow.get(kind) ?? []), made]);
      console.error(`${kind} over 2G run ${run + 1}: ${JSON.stringify(made)}`);
    }
  }
  const head = (count: number) =>
    `| ${count} observations | out of one device | into a fresh one | one edit out | one edit in |\n|---|---|---|---|---|`;
  console.log(
    `\nExchange, medians of ${runs}; times with sealing, verifying and storing.\n\n${head(records)}`,
  );
  for (const [kind, exchanges] of fast) console.log(row(`Baikoo, ${kind}`, exchanges));
  const all = shownTime(median(pouches.map((one) => one.all)));
  const edit = shownTime(median(pouches.map((one) => one.edit)));
  console.log(`| PouchDB, database to database in one page | - | ${all} | - | ${edit} |`);
  if (slow.size === 0) return;
  console.log(
    `\nOver 50 kbit/s each way and 600 ms a round trip, really throttled, medians of ${slowRuns}.\n\n${head(slowRecords)}`,
  );
  for (const [kind, exchanges] of slow) console.log(row(`Baikoo, ${kind}`, exchanges));
}
