import { z } from 'zod';
import { LOCALES } from '../base/locales.ts';
import { bytes, type ChannelSpec, MiB, nothing } from './channel.ts';
import type { HostInfo, MachineEvent, Preferences, SealedName, SpaceState } from './host.ts';

/** Most bytes that one `journal.read` may ask for. */
const MAX_READ = 64 * MiB;

const offset = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

export const DRAFT_ID = /^[0-9a-z][0-9a-z-]{0,63}$/;
const sealedName = z.custom<SealedName>((value) => {
  if (typeof value !== 'string') return false;
  if (value === 'header.bkv' || value === 'device.bkv') return true;
  return value.startsWith('drafts/') && value.endsWith('.bkd') && DRAFT_ID.test(value.slice(7, -4));
});

/** A window's self-made random id. */
const WINDOW_ID = /^[0-9A-Za-z-]{16,64}$/;
const windowId = z.string().regex(WINDOW_ID);

export const preferencesSchema = z.strictObject({
  locale: z.enum(LOCALES).nullable(),
  scheme: z.enum(['light', 'dark', 'auto']),
}) satisfies z.ZodType<Preferences>;

const hostInfo = z.strictObject({
  mode: z.enum(['electron', 'page']),
  version: z.string(),
  platform: z.enum(['windows', 'linux', 'macos', 'other']),
  home: z.string(),
  readOnly: z.boolean(),
  freeBytes: z.number().nullable(),
  uncleanEnd: z.boolean(),
}) satisfies z.ZodType<HostInfo>;

const machineEvent = z.enum([
  'suspend',
  'screen-locked',
  'lock',
  'space',
  'file',
]) satisfies z.ZodType<MachineEvent>;

const spaceState = z.strictObject({
  freeBytes: z.number().nullable(),
  level: z.enum(['enough', 'low', 'full']),
}) satisfies z.ZodType<SpaceState>;

/** The channels of the vault and its window: journal, files, room on the drive, system. */
export const VAULT_CHANNELS = {
  'journal.size': {
    doc: 'Length of the journal in bytes.',
    params: nothing,
    result: offset,
    claimed: true,
    maxBytes: 0,
  },
  'journal.read': {
    doc: 'A stretch of the journal; shorter only at its end.',
    params: z.tuple([offset, z.number().int().min(0).max(MAX_READ)]),
    result: bytes,
    claimed: true,
    bytesResult: true,
    maxBytes: 0,
  },
  'journal.append': {
    doc: 'Appends at the end that the caller believes in and answers once the bytes are on the disk.',
    params: z.tuple([offset, bytes]),
    result: offset,
    claimed: true,
    bytesParam: 1,
    maxBytes: 64 * MiB,
  },
  'journal.setAside': {
    doc: 'Moves the rest of the journal into a file of its own; answers with its name.',
    params: z.tuple([offset]),
    result: z.string(),
    claimed: true,
    maxBytes: 0,
  },
  'files.listDrafts': {
    doc: 'Ids of the drafts that exist.',
    params: nothing,
    result: z.array(z.string()),
    claimed: true,
    maxBytes: 0,
  },
  'files.read': {
    doc: 'A sealed file, or null.',
    params: z.tuple([sealedName]),
    result: bytes.nullable(),
    claimed: true,
    bytesResult: true,
    maxBytes: 0,
  },
  'files.replace': {
    doc: 'Writes a sealed file as a whole or not at all.',
    params: z.tuple([sealedName, bytes]),
    result: z.undefined(),
    claimed: true,
    bytesParam: 1,
    maxBytes: 16 * MiB,
  },
  'files.remove': {
    doc: 'Overwrites and removes a sealed file.',
    params: z.tuple([sealedName]),
    result: z.undefined(),
    claimed: true,
    maxBytes: 0,
  },
  'files.saveAs': {
    doc: 'Hands a finished file to the person; null when they cancelled.',
    params: z.tuple([z.string().min(1).max(400), bytes]),
    result: z.strictObject({ path: z.string() }).nullable(),
    claimed: true,
    bytesParam: 1,
    maxBytes: 512 * MiB,
    // It waits for a person.
    aside: true,
  },
  'space.look': {
    doc: "Room on the vault's drive; makes the ballast anew where it fits.",
    params: nothing,
    result: spaceState,
    claimed: false,
    maxBytes: 0,
  },
  'system.info': {
    doc: 'What the interface may know about the machine.',
    params: nothing,
    result: hostInfo,
    claimed: false,
    maxBytes: 0,
  },
  'system.machine': {
    doc: 'What the vault may know this machine by; null where nobody can tell.',
    params: nothing,
    result: z
      .string()
      .regex(/^(?:[0-9a-f]{32}|drive)$/)
      .nullable(),
    claimed: true,
    maxBytes: 0,
  },
  'system.openedFile': {
    doc: 'The bytes of the file that the system asked to open, once; null when there is none.',
    params: nothing,
    result: bytes.nullable(),
    claimed: true,
    bytesResult: true,
    maxBytes: 0,
  },
  'system.showFolder': {
    doc: "The system's dialogs about the vault's folder; answers when they are closed.",
    params: nothing,
    result: z.undefined(),
    claimed: true,
    maxBytes: 0,
    // It waits for a person.
    aside: true,
  },
  'system.nextEvent': {
    doc: 'Waits for what the machine says on its own; null after half a minute without anything.',
    params: nothing,
    result: machineEvent.nullable(),
    claimed: true,
    maxBytes: 0,
    aside: true,
  },
  'system.claim': {
    doc: 'Claims the vault for one window.',
    params: z.tuple([windowId]),
    result: z.boolean(),
    claimed: false,
    maxBytes: 0,
  },
  'system.release': {
    doc: "Gives up a window's claim; nothing happens when it has none.",
    params: z.tuple([windowId]),
    result: z.undefined(),
    claimed: false,
    maxBytes: 0,
  },
  'system.preferences': {
    doc: 'How the window looks before a vault is open.',
    params: nothing,
    result: preferencesSchema,
    claimed: false,
    maxBytes: 0,
  },
  'system.setPreferences': {
    doc: 'Keeps how the window looks.',
    params: z.tuple([preferencesSchema]),
    result: z.undefined(),
    claimed: false,
    maxBytes: 0,
  },
  'system.wipe': {
    doc: 'Destroys the key slots.',
    params: nothing,
    result: z.undefined(),
    claimed: true,
    maxBytes: 0,
  },
} as const satisfies Record<string, ChannelSpec>;
