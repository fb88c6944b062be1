import {
  CodedError,
  type FoldersHost,
  type Host,
  type HostInfo,
  type Preferences,
  type SystemHost,
} from '../renderer/core/host/contract.ts';
import { createBallast } from './ballast.ts';
import { type Claims, createClaims } from './claims.ts';
import { type Disk, nodeDisk, onDisk, sharedDisk } from './disk.ts';
import { createDispatch, type Dispatch } from './dispatch.ts';
import { lockFolder } from './folder-lock.ts';
import { createFiles, removeStaleTemporaries, type SaveAs } from './handlers/files.ts';
import { createFolders } from './handlers/folders.ts';
import { createHttp } from './handlers/http.ts';
import { createJournal } from './handlers/journal.ts';
import { type AccountKey, createKeychain, NO_ACCOUNT_KEY } from './handlers/keychain.ts';
import { createSafety } from './handlers/safety.ts';
import { createSockets } from './handlers/socket.ts';
import { createSystem } from './handlers/system.ts';
import { createMachineEvents, type MachineEvents } from './machine-events.ts';
import { beginRun, NO_RUN } from './run-marker.ts';
import { builtInSource } from './updates/source.ts';
import { createUpdates, type UpdatesOptions } from './updates/updates.ts';
import { listVolumes } from './volumes.ts';

export interface LocalHost {
  readonly dispatch: Dispatch;
  readonly claims: Claims;
  readonly events: MachineEvents;
  /** The vault's folder, as the system spells it. */
  readonly home: string;
  /** The program ends in good order, and at once: the system ends the session. */
  endRun(): void;
  /** Answers whoever waits and lets go of the folder. */
  close(): Promise<void>;
}

export interface LocalHostOptions {
  /** The vault's folder; made when it is not there. */
  readonly home: string;
  readonly saveAs: SaveAs;
  readonly about: Pick<HostInfo, 'mode' | 'version'>;
  /** Told at every change, so that menus and dialogs follow the interface's language. */
  readonly onPreferences?: (preferences: Preferences) => void;
  /** Where this machine's mark is kept, outside of any vault; without it nobody can tell one machine from another. */
  readonly machineFolder?: string;
  /** The file that the system asked to open; tell `file` when there is one. */
  readonly openedFile?: SystemHost['openedFile'];
  /** The system's dialogs about the vault's folder; without any, nothing is shown. */
  readonly showFolder?: SystemHost['showFolder'];
  /** The system's window to choose a folder in; without one, nothing is chosen. */
  readonly chooseFolder?: FoldersHost['choose'];
  /** What the system keeps secrets of the account with; without one, none are kept. */
  readonly accountKey?: AccountKey;
  /** Notes in the folder that the program runs, so that the next start knows how it ended. */
  readonly marksRun?: boolean;
  readonly disk?: Disk;
  /** The disk that folders for exchange are on. */
  readonly exchangeDisk?: Disk;
  /** Milliseconds that never go back. */
  readonly now?: () => number;
  /** Another update server than the build's own, for tests. */
  readonly updates?: Pick<UpdatesOptions, 'source' | 'today' | 'ca'>;
}

/** Takes the folder and puts the handlers on it. Errors: `host/busy`, and the disk's when it cannot be made. */
export async function openLocalHost(options: LocalHostOptions): Promise<LocalHost> {
  const disk = options.disk ?? nodeDisk;
  const home = await onDisk(async () => {
    // Asked first, because making a folder that exists fails on a read-only drive.
    if ((await disk.kind(options.home)) === null) await disk.mkdir(options.home);
    const real = await disk.realpath(options.home);
    if ((await disk.kind(real)) === 'file') throw new CodedError('disk/failed', 'A file is no folder.');
    return real;
  });
  const lock = await lockFolder(home);
  const run = options.marksRun ? beginRun(home) : NO_RUN;
  await removeStaleTemporaries(disk, home);
  const now = options.now ?? (() => performance.now());
  const claims = createClaims(now);
  const events = createMachineEvents(now);
  const exchangeDisk = options.exchangeDisk ?? sharedDisk;
  const http = createHttp();
  const sockets = createSockets();
  const updates = createUpdates({
    disk,
    home,
    version: options.about.version,
    ...(options.updates ?? { source: builtInSource }),
  });
  const ballast = createBallast(disk, home, () => events.tell('space'));
  const journal = createJournal(disk, home);
  const files = createFiles(disk, home, options.saveAs);
  const host: Host = {
    journal: {
      ...journal,
      append: (at, bytes) => ballast.orThrowOverboard(bytes, () => journal.append(at, bytes)),
    },
    files: {
      ...files,
      replace: (name, bytes) => ballast.orThrowOverboard(bytes, () => files.replace(name, bytes)),
    },
    space: { look: () => ballast.look() },
    system: createSystem({
      ...options,
      disk,
      home,
      claims,
      events,
      uncleanEnd: run.afterUncleanEnd,
      machine: { folder: options.machineFolder ?? null, volumes: () => listVolumes(exchangeDisk) },
    }),
    folders: {
      ...createFolders(exchangeDisk, home, options.chooseFolder ?? (async () => null)),
      volumes: () => listVolumes(exchangeDisk),
    },
    http: http.host,
    socket: sockets.host,
    updates: updates.host,
    keychain: createKeychain(disk, home, options.accountKey ?? NO_ACCOUNT_KEY),
    safety: createSafety({
      disk,
      home,
      journal,
      askFolder: options.chooseFolder ?? null,
      time: () => new Date().toISOString(),
    }),
  };
  void updates.askIfDue();
  return {
    dispatch: createDispatch(host, claims),
    claims,
    events,
    home,
    endRun: run.end,
    close: () => {
      run.end();
      events.close();
      updates.close();
      http.closeAll();
      sockets.closeAll();
      return lock.release();
    },
  };
}
