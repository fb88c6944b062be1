import { isoSeconds } from '../base/clock.ts';
import { CodedError, codeOf, toWire } from '../base/coded-error.ts';
import { newId } from '../base/ids.ts';
import type { Json } from '../base/json.ts';
import type { Host } from '../host/host.ts';
import { countUpTo, isHandedOver, isHeldByAnother, keptOf } from '../sync/kept.ts';
import { runRound } from '../sync/round.ts';
import { RoundControl, Stopped } from '../sync/round-control.ts';
import { exchangeJoinFiles } from '../sync/round-join.ts';
import { openForRound } from '../sync/round-target.ts';
import type { OpenTarget } from '../sync/target.ts';
import { shows } from '../sync/target-memory.ts';
import type {
  Kept,
  RoundProgress,
  RoundReport,
  SyncDoor,
  SyncOverview,
  TargetChoice,
  TargetSettings,
  TargetState,
} from '../team-doors.ts';
import type { WorkspaceEvent } from '../workspace.ts';
import type { Session } from './session.ts';
import { type RoundEnd, SyncClock } from './sync-clock.ts';
import type { TeamRoom } from './team-room.ts';

const TARGET = 'target/';
/** Between two looks at the speed of a round, in milliseconds. */
const LOOK = 5_000;
const UNREACHABLE = 'target/unreachable';

/** Opens a target; whatever it needs of the machine comes from the host. Errors: a target's. */
export type OpenTargetOf = (settings: TargetSettings, host: Host) => Promise<OpenTarget>;

export interface SyncPorts {
  readonly session: Session;
  readonly team: TeamRoom;
  readonly host: Host;
  readonly openTarget: OpenTargetOf;
  /** Asks the person for a folder; null when cancelled or where no window can ask. */
  readonly chooseFolder: () => Promise<string | null>;
  readonly emit: (event: WorkspaceEvent) => void;
}

interface AskedRound {
  readonly target: string;
  readonly control: RoundControl;
}

/** Exchange with other devices by way of targets: which there are, how rounds went, what is where. */
export class SyncRoom implements SyncDoor {
  readonly #session: Session;
  readonly #ports: SyncPorts;
  readonly #clock: SyncClock;
  #turn: Promise<unknown> = Promise.resolve();
  /** Rounds that were asked for and have not ended, in their order; the first is under way. */
  #rounds: readonly AskedRound[] = [];
  #running: RoundProgress | null = null;
  #closed = false;

  constructor(ports: SyncPorts) {
    this.#ports = ports;
    this.#session = ports.session;
    this.#clock = new SyncClock({
      targets: () => this.#ids().filter((id) => this.#byItself(id)),
      run: async (id) => {
        if (this.#rounds.some(({ target }) => target === id)) return;
        if (await this.#isStillAway(id)) this.#clock.ended(id, 'away');
        else await this.run(id);
      },
      wall: this.#session.clock,
    });
    this.#clock.start();
    // It goes out soon where that is allowed.
    this.#session.onWritten(() => this.#clock.wake());
  }

  #ids(): string[] {
    return this.#session.state.localNames(TARGET).map((name) => name.slice(TARGET.length));
  }

  #choice(id: string): TargetChoice {
    const kept = this.#session.state.local(TARGET + id);
    if (kept === null) throw new CodedError('target/unknown', 'There is no such target.');
    return kept as unknown as TargetChoice;
  }

  #byItself(id: string): boolean {
    const { automatic, metered } = this.#choice(id);
    return automatic && !metered && this.#hasBusiness();
  }

  #hasBusiness(): boolean {
    const { waiting, answers, request } = this.#ports.team.desk();
    const joining = waiting.length + answers.length > 0 || request !== null;
    return this.#session.state.membership !== null || joining;
  }

  async overview(): Promise<SyncOverview> {
    const { state, device, store } = this.#session;
    const devices = this.#ownDevices();
    const changes = devices.reduce((sum, own) => sum + store.counter(own), 0);
    return {
      targets: this.#ids().map((id) => this.#targetState(id, changes)),
      running: this.#running,
      queued: this.#rounds.slice(1).flatMap((round) => (round.control.stopped ? [] : [round.target])),
      own: {
        changes,
        handedOver: countUpTo(state, device.device, devices, isHandedOver(state, device.device)),
        held: countUpTo(state, device.device, devices, isHeldByAnother(state, device.device)),
      },
      flags: state.flags,
    };
  }

  #ownDevices(): string[] {
    const { state, device } = this.#session;
    const roster = state.membership?.roster;
    const known = [...(roster?.devices.values() ?? [])].filter((one) => one.member === device.member);
    return [...new Set([device.device, ...known.map((one) => one.device), ...Object.keys(state.former)])];
  }

  #targetState(id: string, changes: number): TargetState {
    const { state, device } = this.#session;
    const { name, settings, automatic, metered } = this.#choice(id);
    const memory = state.target(id, addressesOf(settings));
    const there = countUpTo(state, device.device, this.#ownDevices(), (packer, chain, pack) =>
      shows(memory.shown, packer, chain, pack),
    );
    return {
      id,
      name,
      kind: settings.kind,
      address: addressesOf(settings).join(', '),
      automatic,
      metered,
      lastRound: memory.report,
      waiting: Math.max(0, changes - there),
    };
  }

  async kept(ids: readonly string[]): Promise<readonly Kept[]> {
    const { state, device, store } = this.#session;
    const changes = await store.changesOf(ids);
    return changes.map((known) => keptOf(state, device.device, known));
  }

  async addTarget(choice: TargetChoice): Promise<string> {
    const id = newId(this.#session.random);
    await this.#keepTarget(id, choice);
    return id;
  }

  async setTarget(id: string, edit: Partial<TargetChoice>): Promise<void> {
    await this.#keepTarget(id, { ...this.#choice(id), ...edit });
  }

  async removeTarget(id: string): Promise<void> {
    await this.#keepTarget(id, null);
  }

  async #keepTarget(id: string, choice: TargetChoice | null): Promise<void> {
    const value = choice as unknown as Json;
    await this.#session.keep([{ entry: { kind: 'local', name: TARGET + id, value } }]);
    this.#clock.changed(id);
  }

  async tryTarget(settings: TargetSettings): Promise<void> {
    const target = await this.#ports.openTarget(settings, this.#ports.host);
    try {
      await target.list('join');
    } finally {
      await target.close();
    }
  }

  chooseFolder(): Promise<string | null> {
    return this.#ports.chooseFolder();
  }

  /** A folder that was not there at its last round is looked for without another report of the same. */
  async #isStillAway(id: string): Promise<boolean> {
    const { settings } = this.#choice(id);
    const { report } = this.#session.state.target(id);
    if (settings.kind !== 'folder' || report?.error?.code !== UNREACHABLE) return false;
    try {
      const target = await this.#ports.openTarget(settings, this.#ports.host);
      await target.close();
      return false;
    } catch (error) {
      return codeOf(error) === UNREACHABLE;
    }
  }

  async run(id: string): Promise<RoundReport> {
    const control = new RoundControl(this.#session.clock, (step) => this.#tell({ target: id, ...step }));
    const round: AskedRound = { target: id, control };
    this.#rounds = [...this.#rounds, round];
    if (this.#rounds.length > 1) this.#ports.emit({ event: 'sync' });
    const turn = this.#turn
      .then(() => this.#run(round))
      .finally(() => {
        this.#rounds = this.#rounds.filter((one) => one !== round);
      });
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #run({ target: id, control }: AskedRound): Promise<RoundReport> {
    const { name, settings } = this.#choice(id);
    if (!this.#hasBusiness()) throw new CodedError('team/none', 'This vault belongs to no team.');
    const { clock, state } = this.#session;
    const memory = state.target(id, addressesOf(settings));
    const carried = { changesOut: 0, changesIn: 0 };
    let error: unknown = null;
    // Cancelled while it waited: the round before it stays the last.
    const begun = !this.#closed && !control.stopped;
    const rest = lookNowAndThen(control);
    try {
      if (!begun) throw new Stopped();
      control.begin('looking');
      const target = await openForRound(control, () => this.#ports.openTarget(settings, this.#ports.host));
      try {
        await exchangeJoinFiles(this.#ports.team.desk(), target, control);
        if (state.membership !== null) {
          const round = { ledger: this.#session, target, memory, name, control };
          await runRound(round, carried);
        }
      } finally {
        await target.close();
      }
    } catch (caught) {
      error = caught;
    } finally {
      rest();
    }
    const outcome = error === null ? 'done' : error instanceof Stopped ? 'stopped' : 'failed';
    const report: RoundReport = {
      at: isoSeconds(clock),
      outcome,
      error: outcome === 'failed' ? toWire(error) : null,
      sentBytes: control.sentBytes,
      receivedBytes: control.receivedBytes,
      ...carried,
    };
    const before = memory.report?.error?.code;
    if (begun) memory.report = report;
    // To be saved, unless the target was given another address meanwhile: then it is of the place that it was.
    state.target(id);
    this.#running = null;
    const end = control.stopped ? 'stopped' : endOf(report, settings);
    this.#clock.ended(id, end, Number(report.error?.detail.seconds) || 0);
    // A line that is down all day is no reason to write to the disk all day.
    const asBefore = before === UNREACHABLE && report.error?.code === UNREACHABLE;
    if (!asBefore || report.sentBytes + report.receivedBytes > 0) this.#session.touched();
    this.#ports.emit({ event: 'sync' });
    return report;
  }

  #tell(progress: RoundProgress): void {
    this.#running = progress;
    this.#ports.emit({ event: 'sync' });
  }

  async pause(): Promise<void> {
    this.#rounds[0]?.control.pause();
  }

  async resume(): Promise<void> {
    this.#rounds[0]?.control.resume();
  }

  async stop(id: string): Promise<void> {
    for (const { target, control } of this.#rounds) if (target === id) control.stop();
    this.#ports.emit({ event: 'sync' });
  }

  async dismissFlags(): Promise<void> {
    await this.#session.keep([{ entry: { kind: 'local', name: 'flags/dismissed', value: true } }]);
  }

  async lineAppeared(): Promise<void> {
    this.#clock.lineAppeared();
  }

  /** Stops what runs, and waits until it has let go: for no server and no drive. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#clock.stop();
    this.#rounds[0]?.control.stop();
    await this.#turn;
  }
}

/** Until the function that is returned is called. */
function lookNowAndThen(control: RoundControl): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const next = () => {
    timer = setTimeout(() => {
      control.look();
      next();
    }, LOOK);
  };
  next();
  return () => clearTimeout(timer);
}

function endOf({ outcome, error }: RoundReport, { kind }: TargetSettings): RoundEnd {
  if (outcome !== 'failed' || error?.code !== UNREACHABLE) return outcome;
  return kind === 'folder' ? 'away' : 'no-line';
}

function addressesOf(settings: TargetSettings): readonly string[] {
  if (settings.kind === 'folder') return [settings.path];
  return settings.kind === 'webdav' ? [settings.url] : settings.urls;
}
