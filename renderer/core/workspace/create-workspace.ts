import type { Clock, Random } from '../base/clock.ts';
import { CodedError } from '../base/coded-error.ts';
import type { Cache } from '../host/cache.ts';
import type { Host } from '../host/host.ts';
import type { DeriveKey } from '../vault/argon2.ts';
import { deriveArgon2 } from '../vault/argon2.ts';
import { sealDevice } from '../vault/device.ts';
import type { Workspace, WorkspaceEvent } from '../workspace.ts';
import { Conflicts } from './conflicts-room.ts';
import { CorrectionsRoom } from './corrections.ts';
import { demoObservations } from './demo.ts';
import { Exports, type ExportWriter } from './exports.ts';
import { IncomingRoom } from './incoming-room.ts';
import { RESTORED } from './known-machine.ts';
import { Observations } from './observations.ts';
import { openSession } from './open-session.ts';
import { Organisation, Views } from './organisation.ts';
import { ReferenceRoom } from './reference.ts';
import { readSeeds, type SeedFiles } from './reference-data.ts';
import { RestoreRoom } from './restore-room.ts';
import { SafetyRoom } from './safety.ts';
import type { Session } from './session.ts';
import { SpaceRoom } from './space-room.ts';
import { type OpenTargetOf, SyncRoom } from './sync-room.ts';
import { TeamRoom } from './team-room.ts';
import { VaultRoom } from './vault-room.ts';

export interface WorkspacePorts {
  readonly host: Host;
  readonly openCache: (vaultId: string) => Cache;
  readonly deleteCache: (vaultId: string) => Promise<void>;
  readonly clock: Clock;
  readonly random: Random;
  readonly seeds: SeedFiles;
  /** Builds spreadsheets, in the product in a worker of its own. */
  readonly exportWriter: ExportWriter;
  readonly openTarget: OpenTargetOf;
  /** Argon2id unless a test passes a faster one. */
  readonly derive?: DeriveKey;
}

interface Rooms {
  readonly session: Session;
  readonly cache: Cache;
  readonly observations: Observations;
  readonly reference: ReferenceRoom;
  readonly corrections: CorrectionsRoom;
  readonly views: Views;
  readonly organisation: Organisation;
  readonly exports: Exports;
  readonly team: TeamRoom;
  readonly sync: SyncRoom;
  readonly conflicts: Conflicts;
  readonly safety: SafetyRoom;
  readonly incoming: IncomingRoom;
}

/** The workspace over the given ports. While the vault is not open, every door but `vault` throws `vault/locked`. */
export function createWorkspace(ports: WorkspacePorts): Workspace {
  const listeners = new Set<(event: WorkspaceEvent) => void>();
  const emit = (event: WorkspaceEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const seeds = readSeeds(ports.seeds);
  let rooms: Rooms | null = null;
  const space = new SpaceRoom(ports.host.space, (found) => emit({ event: 'space', space: found }));

  const open = (): Rooms => {
    if (rooms === null) throw new CodedError('vault/locked', 'The vault is locked.');
    return rooms;
  };

  const derive = ports.derive ?? deriveArgon2;
  /** Told once: to lock and unlock again is no new start. */
  let toldOfEnd = false;
  const vault = new VaultRoom({
    host: ports.host,
    clock: ports.clock,
    random: ports.random,
    derive,
    words: seeds.words,
    async enter({ vaultId, demo, sealers, device, keepDevice }, onProgress) {
      await space.look();
      const cache = ports.openCache(vaultId);
      const { session, notices } = await openSession(
        { host: ports.host, cache, clock: ports.clock, random: ports.random, reference: seeds, space, emit },
        { vaultId, sealers, device, keepDevice },
        onProgress,
      );
      const observations = new Observations(session);
      const reference = new ReferenceRoom(session);
      const organisation = new Organisation(session);
      const team = new TeamRoom({
        session,
        files: ports.host.files,
        words: async () => vault.wordLists(),
        demo,
      });
      rooms = {
        session,
        cache,
        observations,
        reference,
        corrections: new CorrectionsRoom(session, ports.host.files),
        organisation,
        views: new Views(session),
        team,
        sync: new SyncRoom({
          session,
          team,
          host: ports.host,
          openTarget: ports.openTarget,
          chooseFolder: () => ports.host.folders.choose(),
          emit,
        }),
        conflicts: new Conflicts(session),
        incoming: new IncomingRoom(session, seeds.catalogue, ports.host.system),
        safety: new SafetyRoom({
          safety: ports.host.safety,
          journal: ports.host.journal,
          session,
          derive,
          deviceFile: () => sealDevice({ ...session.device, machine: RESTORED }, sealers.device, vaultId),
          clock: ports.clock,
          onChange: () => emit({ event: 'safety' }),
        }),
        exports: new Exports({
          session,
          observations,
          files: ports.host.files,
          writer: ports.exportWriter,
          clock: ports.clock,
          demo,
          profile: () => vault.profile(),
          settings: () => organisation.settings(),
          reference: () => reference.all(),
        }),
      };
      if (!session.search.complete) void session.indexAll();
      if (toldOfEnd || !(await ports.host.system.info()).uncleanEnd) return notices;
      toldOfEnd = true;
      return [...notices, { code: 'exit/unclean', detail: {} }];
    },
    async leave(reason) {
      const left = rooms;
      rooms = null;
      emit({ event: 'locked', reason });
      await left?.sync.close();
      left?.safety.close();
      await left?.session.close();
      await left?.cache.close();
    },
    async fillDemo(onProgress) {
      const { observations } = open();
      const invented = demoObservations(
        seeds,
        seeds.demo,
        new Date(ports.clock.now()).toISOString().slice(0, 10),
      );
      await observations.addAll(invented, onProgress);
    },
    // Its failure is told with the state of the safety copy, not to who changes a passphrase.
    headerReplaced: () => void rooms?.safety.renew().catch(() => undefined),
    locking: () => emit({ event: 'locking' }),
    told(event) {
      if (event === 'file') emit({ event: 'file' });
      else void space.look().catch(() => undefined);
    },
    demandRoom: () => space.demand(),
    renewDevice: () => open().session.renewHere(),
    async rename(member, name) {
      const { session } = open();
      session.renamed(name);
      await session.edit({ type: 'member', record: member }, { name }, null);
    },
    forgetCache: (vaultId) => ports.deleteCache(vaultId),
  });

  const restore = new RestoreRoom({
    host: ports.host.safety,
    derive,
    words: Object.values(seeds.words).flat(),
    async claim() {
      if ((await vault.status()).state === 'busy')
        throw new CodedError('host/busy', 'Another window holds this vault.');
    },
  });

  return {
    vault,
    restore,
    get reference() {
      return open().reference;
    },
    get corrections() {
      return open().corrections;
    },
    get observations() {
      return open().observations;
    },
    get drafts() {
      return open().session.drafts;
    },
    get views() {
      return open().views;
    },
    get organisation() {
      return open().organisation;
    },
    get incoming() {
      return open().incoming;
    },
    get safety() {
      return open().safety;
    },
    space,
    get exports() {
      return open().exports;
    },
    updates: {
      state: () => ports.host.updates.state(),
      setWeekly: (on) => ports.host.updates.setWeekly(on),
      check: () => ports.host.updates.check(),
    },
    get team() {
      return open().team;
    },
    get sync() {
      return open().sync;
    },
    get conflicts() {
      return open().conflicts;
    },
    async subscribe(listener) {
      listeners.add(listener);
      space.watch();
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) space.rest();
      };
    },
    async about() {
      const { version, mode, home, freeBytes } = await ports.host.system.info();
      return { version, mode, home, freeBytes };
    },
    showFolder: () => ports.host.system.showFolder(),
  };
}
