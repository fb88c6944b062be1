import type { Bytes } from '@/core/base/bytes.ts';
import { newId } from '@/core/base/ids.ts';
import type { Json } from '@/core/base/json.ts';
import type { Change } from '@/core/changes/change.ts';
import { writeChange } from '@/core/changes/edit.ts';
import { allVisible, conflictsOf, foldChanges, seenOf } from '@/core/changes/register.ts';
import { keptOf } from '@/core/sync/kept.ts';
import { runRound } from '@/core/sync/round.ts';
import { RoundControl } from '@/core/sync/round-control.ts';
import { MemoryPlace } from '../../support/memory-target.ts';
import { Chance } from './chance.ts';
import { letIn } from './let-in.ts';
import { Machine } from './machine.ts';
import { faults, textsOn } from './oracle.ts';
import { StormyTarget, type Weather } from './place.ts';
import { Scheduler } from './scheduler.ts';
import { tamper } from './tamper.ts';

/**
 * One history: a team of three to eight devices whose people write, edit, delete, settle and meet at places, while the
 * lines lose, the power goes, places forget and lie, clocks jump, laptops are copied, set back and stolen. At the end
 * everything works again, all meet until nothing is new, and the oracle looks: the states are one, and nothing that
 * anybody was told was saved is missing.
 */
export interface HistoryResult {
  readonly seed: number;
  readonly wrong: readonly string[];
  /** What happened, for who looks into a failure. */
  readonly story: readonly string[];
  readonly flags: ReadonlySet<string>;
}

interface Place {
  readonly name: string;
  readonly store: MemoryPlace;
  readonly old: Map<string, Bytes[]>;
  readonly weather: Weather;
}

const FIELDS = ['title', 'narrative', 'tags/тоо', 'status', 'links/KGZ-2020-D1.2.c'] as const;
const HEALING_ROUNDS = 30;
/** Rounds in which nothing is put before all is at rest: files that looked bad are tried again within these. */
const QUIET_ROUNDS = 5;

class History {
  readonly #chance: Chance;
  readonly #scheduler: Scheduler;
  readonly #machines: Machine[] = [];
  readonly #places: Place[] = [];
  readonly #story: string[] = [];
  readonly #owed = new Map<string, Change>();
  readonly #flags = new Set<string>();
  readonly #wrong: string[] = [];
  readonly #copies: { machine: Machine; disk: Machine; owed: Set<string> }[] = [];
  #healing = false;
  #records: string[] = [];

  constructor(seed: number) {
    this.#chance = new Chance(seed);
    this.#scheduler = new Scheduler(this.#chance);
  }

  async run(seed: number): Promise<HistoryResult> {
    const chance = this.#chance;
    const loss = chance.pick([0, 0, 10, 30]);
    for (let i = 0; i <= chance.number(3); i++) {
      this.#places.push({
        name: `place${i}`,
        store: new MemoryPlace(),
        old: new Map(),
        weather: { loss, stale: chance.pick([0, 0, 10]) },
      });
    }
    await this.#gather(3 + chance.number(chance.happens(10) ? 6 : 2));
    const steps = 12 + chance.number(24);
    for (let step = 0; step < steps; step++) await this.#step();
    await this.#heal();
    return { seed, wrong: this.#wrong, story: this.#story, flags: this.#flags };
  }

  #tell(line: string): void {
    this.#story.push(line);
  }

  /** Founder and newcomers, by the product's own way in. */
  async #gather(count: number): Promise<void> {
    const founder = new Machine('m0', this.#chance);
    await founder.start();
    this.#machines.push(founder);
    await founder.team.found('team');
    while (this.#machines.length < count) {
      if (!founder.on) await founder.start();
      await this.#join();
    }
  }

  async #join(): Promise<void> {
    let founder: Machine | undefined;
    for (const machine of this.#up()) {
      if ((await machine.team.team())?.role === 'coordinator') founder ??= machine;
    }
    if (founder === undefined) return;
    const newcomer = new Machine(`m${this.#machines.length}`, this.#chance);
    await newcomer.start();
    try {
      await this.#admit(founder, newcomer);
    } catch {
      // The power went meanwhile: the newcomer goes home with what they wrote.
      this.#crash(founder);
      for (const text of newcomer.acknowledged.keys()) this.#owed.delete(text);
      return;
    }
    this.#machines.push(newcomer);
    this.#tell(`${founder.name} admits ${newcomer.name}`);
  }

  async #admit(founder: Machine, newcomer: Machine): Promise<void> {
    if (this.#chance.happens(50)) await this.#write(newcomer);
    await letIn(founder, newcomer, this.#chance.happens(30) ? 'coordinator' : 'monitor');
  }

  #up(): Machine[] {
    return this.#machines.filter((machine) => machine.on && !machine.stolen);
  }

  async #step(): Promise<void> {
    const chance = this.#chance;
    const up = this.#up();
    if (up.length === 0) return this.#restart();
    const machine = chance.pick(up);
    const dice = chance.number(100);
    if (dice < 38) await this.#write(machine);
    else if (dice < 72) await this.#rounds();
    else if (dice < 78) await this.#restart();
    else if (dice < 82) this.#crash(machine);
    else if (dice < 88) this.#tamper();
    else if (dice < 91) this.#jump(machine);
    else if (dice < 93) this.#loseCache(machine);
    else if (dice < 95) await this.#copy(machine);
    else if (dice < 97) await this.#setBack();
    else if (dice < 98) await this.#steal(machine);
    else await this.#join();
  }

  /** A person writes in a record: one they know, as a rule, or the title of `on`. */
  async #write(machine: Machine, on: string | null = null): Promise<void> {
    const { session } = machine;
    const chance = this.#chance;
    const known = this.#records.filter((record) => session.store.row(record) !== undefined);
    const record = on ?? (known.length > 0 && chance.happens(70) ? chance.pick(known) : newId(chance));
    const from = session.store.counter(session.device.device);
    // Now and then the power goes while it is being written.
    if (chance.happens(4)) machine.host.disk.cutPower(1 + chance.number(2), chance.number(400));
    try {
      const changes = await session.store.changes(record);
      const state = changes.length === 0 ? null : foldChanges(changes);
      const edited: Record<string, Json> = {};
      let seen: Record<string, readonly string[]> = state === null ? {} : { ...seenOf(state) };
      const conflicts = state === null ? [] : conflictsOf(state);
      if (on !== null) edited.title = this.#value();
      else if (conflicts.length > 0 && chance.happens(40)) {
        const field = chance.pick(conflicts);
        edited[field] = state?.registers[field]?.[0]?.value ?? null;
      } else if (state !== null && chance.happens(10)) {
        edited.deleted = state.deletion === 'none';
        seen = { deleted: allVisible(state) };
      } else {
        for (let i = 0; i <= chance.number(3); i++) edited[chance.pick(FIELDS)] = this.#value();
      }
      // A form that was open for long knows only a part of what is visible by now.
      if (chance.happens(15)) seen = Object.fromEntries(Object.entries(seen).map(([name]) => [name, []]));
      await session.write((pen) => [
        writeChange(pen, session.clock, { record, type: 'observation' }, edited, seen),
      ]);
      if (!this.#records.includes(record)) this.#records.push(record);
      await machine.acknowledge(record, from);
      for (const [text, change] of machine.acknowledged) this.#owed.set(text, change);
      this.#tell(`${machine.name} writes ${Object.keys(edited)} of ${record.slice(0, 4)}`);
      if (chance.happens(40)) await session.store.flush();
    } catch {
      this.#crash(machine);
    }
  }

  #value(): Json {
    return `сөз ${this.#chance.number(1_000_000)}`;
  }

  /** Some of the devices meet at places at the same time. */
  async #rounds(): Promise<void> {
    const chance = this.#chance;
    const up = this.#up();
    const some = up.filter(() => chance.happens(45));
    if (some.length === 0) some.push(chance.pick(up));
    const tasks = new Map<string, () => Promise<void>>();
    for (const machine of some) {
      const place = chance.pick(this.#places);
      tasks.set(machine.name, () => this.#round(machine, place));
    }
    await this.#scheduler.run(tasks);
  }

  async #round(machine: Machine, place: Place): Promise<void> {
    const chance = this.#chance;
    const life = machine.life;
    const target = new StormyTarget({
      place: place.store,
      old: place.old,
      who: machine.name,
      chance,
      scheduler: this.#scheduler,
      weather: place.weather,
      alive: () => {
        if (!this.#healing && chance.happens(0.4)) machine.host.disk.cutPower(1, chance.number(3_000));
        if (!this.#healing && chance.happens(0.4)) machine.crash();
        machine.alive(life);
      },
    });
    try {
      const { session } = machine;
      await runRound({
        ledger: session,
        target,
        memory: session.state.target(place.name),
        name: place.name,
        control: new RoundControl(machine.clock),
      });
      if (!this.#healing && chance.happens(50)) await session.store.flush();
      this.#tell(`${machine.name} meets ${place.name}`);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : null;
      this.#tell(`${machine.name} is cut off at ${place.name} (${code ?? error})`);
      if (code === null || !code.startsWith('target/')) this.#crash(machine);
      if (code === null && !(error instanceof Error && error.constructor.name === 'PowerCut')) {
        this.#wrong.push(`${machine.name}: ${error instanceof Error ? error.stack : error}`);
      }
    }
  }

  #crash(machine: Machine): void {
    if (machine.on) this.#noteFlags(machine);
    machine.crash();
    this.#tell(`${machine.name} goes off`);
  }

  async #restart(): Promise<void> {
    const off = this.#machines.filter((machine) => !machine.on && !machine.stolen);
    const machine = this.#chance.pick(off.length > 0 ? off : this.#up());
    this.#crash(machine);
    await machine.start();
    this.#tell(`${machine.name} starts`);
  }

  #tamper(): void {
    const place = this.#chance.pick(this.#places);
    this.#tell(`${place.name}: ${tamper(place.store, place.old, this.#chance)}`);
  }

  #jump(machine: Machine): void {
    const years = this.#chance.number(21) - 10;
    machine.clock.time += years * 365 * 86_400_000;
    this.#tell(`${machine.name}'s clock jumps ${years} years`);
  }

  #loseCache(machine: Machine): void {
    this.#crash(machine);
    machine.cache.entries.clear();
    this.#tell(`${machine.name} loses its cache`);
  }

  /** A laptop is copied, disk and all, and both go on. */
  async #copy(machine: Machine): Promise<void> {
    this.#crash(machine);
    const copy = new Machine(`m${this.#machines.length}`, this.#chance, machine);
    for (const [text, change] of machine.acknowledged) copy.acknowledged.set(text, change);
    this.#machines.push(copy);
    await machine.start();
    await copy.start();
    this.#tell(`${machine.name} is copied as ${copy.name}`);
    if (!this.#chance.happens(60)) return;
    // Both people go on with what they had before them, one of them twice.
    const record = machine.session.store.rows[0]?.id ?? null;
    for (const writer of [machine, copy, machine]) if (writer.on) await this.#write(writer, record);
  }

  /** A backup is made, or an older one is put back in place of the disk: what was written since is gone with it. */
  async #setBack(): Promise<void> {
    const [copy] = this.#copies;
    if (copy === undefined) {
      const machine = this.#chance.pick(this.#up());
      this.#crash(machine);
      const disk = new Machine('backup', this.#chance, machine);
      this.#copies.push({ machine, disk, owed: new Set(machine.acknowledged.keys()) });
      await machine.start();
      this.#tell(`a backup is made of ${machine.name}`);
      return;
    }
    this.#copies.shift();
    const { machine, disk, owed } = copy;
    if (machine.stolen) return;
    if (!machine.on) await machine.start();
    const safe = await this.#elsewhere(machine);
    const had = await textsOn(machine);
    this.#crash(machine);
    machine.host = disk.host;
    machine.cache = disk.cache;
    for (const text of [...machine.acknowledged.keys()]) {
      if (owed.has(text) || safe.has(text)) continue;
      // Whoever else has it owes it still, until they are lost as well.
      machine.acknowledged.delete(text);
      if (!this.#ownedByOthers(machine, text)) this.#owed.delete(text);
    }
    await machine.start();
    // What somebody who is gone by now was told that this one holds went with its disk, unless another has it too.
    const living = await Promise.all(this.#up().map(textsOn));
    for (const text of had) {
      const isOwned = this.#machines.some((one) => !one.stolen && one.acknowledged.has(text));
      if (!isOwned && !living.some((texts) => texts.has(text))) this.#owed.delete(text);
    }
    this.#tell(`${machine.name} is set back to its backup`);
  }

  #ownedByOthers(machine: Machine, text: string): boolean {
    return this.#machines.some((other) => other !== machine && !other.stolen && other.acknowledged.has(text));
  }

  /** A laptop is gone for good. What it was told is held elsewhere must be there at the end. */
  async #steal(machine: Machine): Promise<void> {
    const others = this.#machines.filter((one) => one !== machine && !one.stolen);
    if (this.#machines.some((one) => one.stolen) || others.length < 2) return;
    const safe = await this.#elsewhere(machine);
    for (const text of machine.acknowledged.keys()) {
      if (!safe.has(text) && !this.#ownedByOthers(machine, text)) this.#owed.delete(text);
    }
    this.#crash(machine);
    machine.stolen = true;
    this.#tell(`${machine.name} is stolen`);
  }

  /** Acknowledged changes of which the machine knows by receipts that a device other than a lost one holds them. */
  async #elsewhere(machine: Machine): Promise<Set<string>> {
    const { state, device } = machine.session;
    const safe = new Set<string>();
    // A receipt counts as long as nobody who gave it was set back since.
    if (this.#story.some((line) => line.endsWith('is set back to its backup'))) return safe;
    for (const [text, change] of machine.acknowledged) {
      if (keptOf(state, device.device, [change]).state === 'held') safe.add(text);
    }
    return safe;
  }

  #noteFlags(machine: Machine): void {
    for (const { code } of machine.session.state.flags) this.#flags.add(code);
  }

  /** Everything works again; all meet at one place until nothing is new. */
  async #heal(): Promise<void> {
    this.#healing = true;
    for (const place of this.#places) Object.assign(place.weather, { loss: 0, stale: 0 });
    const living = this.#machines.filter((machine) => !machine.stolen);
    for (const machine of living) {
      // Accidents that were still to come are called off.
      machine.host.disk.restart();
      if (!machine.on) await machine.start();
    }
    const [meeting] = this.#places as [Place];
    let quiet = 0;
    const doubtful = () =>
      living.some((machine) => Object.keys(machine.session.state.target(meeting.name).bad).length > 0);
    for (let i = 0; quiet < (doubtful() ? QUIET_ROUNDS : 1); i++) {
      const puts = meeting.store.counts.put;
      for (const machine of living) {
        if (!machine.on) await machine.start();
        await this.#round(machine, meeting);
      }
      quiet = meeting.store.counts.put === puts ? quiet + 1 : 0;
      if (i < HEALING_ROUNDS) continue;
      this.#wrong.push('the rounds never come to rest');
      break;
    }
    for (const machine of living) this.#noteFlags(machine);
    if (this.#wrong.length === 0) this.#wrong.push(...(await faults(living, this.#owed)));
  }
}

/** Runs the history of a seed. The same seed gives the same history, byte for byte. */
export async function runHistory(seed: number): Promise<HistoryResult> {
  // The session brings its cache up after a while of the wall clock; here the history decides when.
  const { setTimeout: later } = globalThis;
  globalThis.setTimeout = (() => 0) as unknown as typeof setTimeout;
  try {
    return await new History(seed).run(seed);
  } finally {
    globalThis.setTimeout = later;
  }
}
