import { join } from 'node:path';
import {
  type HostInfo,
  type Preferences,
  preferencesSchema,
  type SystemHost,
} from '../../renderer/core/host/contract.ts';
import type { Claims } from '../claims.ts';
import { type Disk, diskError, onDisk } from '../disk.ts';
import { temporaryBeside } from '../durable.ts';
import type { MachineEvents } from '../machine-events.ts';
import { type MachineParts, machineMark } from '../machine-mark.ts';
import { readSmallFile, writeSmallFile } from '../small-file.ts';
import { wipeKeys } from './files.ts';

const PREFERENCES = 'preferences.json';
const UNSET: Preferences = { locale: null, scheme: 'auto' };

const PLATFORMS: Partial<Record<NodeJS.Platform, HostInfo['platform']>> = {
  win32: 'windows',
  linux: 'linux',
  darwin: 'macos',
};

export interface SystemParts {
  readonly disk: Disk;
  readonly home: string;
  readonly claims: Claims;
  readonly events: MachineEvents;
  readonly machine: Pick<MachineParts, 'folder' | 'volumes'>;
  /** The file that the system asked to open. */
  readonly openedFile?: SystemHost['openedFile'];
  /** The system's dialogs about the vault's folder. */
  readonly showFolder?: SystemHost['showFolder'];
  readonly about: Pick<HostInfo, 'mode' | 'version'>;
  readonly uncleanEnd: boolean;
  readonly onPreferences?: (preferences: Preferences) => void;
}

export function createSystem(parts: SystemParts): SystemHost {
  const { disk, home, claims, events, machine, about, uncleanEnd, onPreferences } = parts;
  return {
    info: async () => ({
      ...about,
      platform: PLATFORMS[process.platform] ?? 'other',
      home,
      readOnly: await isReadOnly(disk, home),
      freeBytes: await disk.freeBytes(home).catch(() => null),
      uncleanEnd,
    }),

    machine: () => machineMark({ ...machine, disk, home }),
    openedFile: parts.openedFile ?? (async () => null),
    showFolder: parts.showFolder ?? (async () => undefined),
    nextEvent: () => events.next(),
    claim: async (window) => claims.claim(window),
    release: async (window) => claims.release(window),

    preferences: () => readPreferences(disk, home),

    setPreferences: (preferences) => {
      onPreferences?.(preferences);
      return onDisk(() => writeSmallFile(disk, join(home, PREFERENCES), preferences));
    },

    wipe: () => onDisk(() => wipeKeys(disk, home)),
  };
}

/** Asked by trying: permissions, mount options and Windows' access lists have no common other answer. */
export async function isReadOnly(disk: Disk, home: string): Promise<boolean> {
  const probe = temporaryBeside(join(home, 'probe'));
  try {
    await (await disk.open(probe, 'create')).close();
    await disk.unlink(probe);
    return false;
  } catch (error) {
    return diskError(error).code === 'disk/read-only';
  }
}

/** Anything unreadable here costs a person one click, so that it is not worth a message. */
export async function readPreferences(disk: Disk, home: string): Promise<Preferences> {
  const parse = (found: unknown) => preferencesSchema.parse(found);
  return (await readSmallFile(disk, join(home, PREFERENCES), parse)) ?? UNSET;
}
