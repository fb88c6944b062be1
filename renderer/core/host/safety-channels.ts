import { z } from 'zod';
import { bytes, type ChannelSpec, MiB, nothing } from './channel.ts';
import type { FoundCopy, SafetyState } from './host.ts';

const safetyState = z.strictObject({
  folder: z.string().nullable(),
  present: z.boolean(),
  sameDrive: z.boolean(),
  at: z.string().nullable(),
  journalBytes: z.number().int().min(0),
}) satisfies z.ZodType<SafetyState>;

const foundCopy = z.strictObject({
  id: z.string(),
  at: z.string(),
  journalBytes: z.number().int().min(0),
  state: z.enum(['whole', 'torn', 'newer']),
  before: z.boolean(),
}) satisfies z.ZodType<FoundCopy>;

const part = z.enum(['header', 'journal', 'device']);
const foundId = z.string().regex(/^[0-9a-f]{12}$/);
const folder = z.string().min(1).max(1000).nullable();
const offset = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** The channels of the safety copy. Copying may take minutes on an old stick, and no save waits for it. */
export const SAFETY_CHANNELS = {
  'safety.state': {
    doc: 'Where the safety copy goes and how old the last verified one is.',
    params: nothing,
    result: safetyState,
    claimed: true,
    maxBytes: 0,
    aside: true,
  },
  'safety.choose': {
    doc: 'Grants a folder for the safety copy: by a dialog, or by its typed path where there is none; false when cancelled.',
    params: z.tuple([folder]),
    result: z.boolean(),
    claimed: true,
    maxBytes: 0,
    aside: true,
  },
  'safety.stop': {
    doc: 'Forgets the folder; what was copied stays there.',
    params: nothing,
    result: z.undefined(),
    claimed: true,
    maxBytes: 0,
    aside: true,
  },
  'safety.copy': {
    doc: 'Copies the key slots and the journal up to a length, with a device file; reads all back and compares.',
    params: z.tuple([offset, bytes]),
    result: z.undefined(),
    claimed: true,
    bytesParam: 1,
    maxBytes: 64 * 1024,
    aside: true,
  },
  'safety.read': {
    doc: 'A stretch of the last verified copy.',
    params: z.tuple([part, offset, offset.max(64 * MiB)]),
    result: bytes,
    claimed: true,
    bytesResult: true,
    maxBytes: 0,
    aside: true,
  },
  'safety.find': {
    doc: 'Looks for copies to restore from in a folder, by a dialog or its typed path; null when cancelled.',
    params: z.tuple([folder]),
    result: z.array(foundCopy).nullable(),
    claimed: true,
    maxBytes: 0,
    aside: true,
  },
  'safety.readFound': {
    doc: 'A stretch of a found copy.',
    params: z.tuple([foundId, part, offset, offset.max(64 * MiB)]),
    result: bytes,
    claimed: true,
    bytesResult: true,
    maxBytes: 0,
    aside: true,
  },
  'safety.restore': {
    doc: 'Puts a whole copy in place where there is no vault, key slots last.',
    params: z.tuple([foundId]),
    result: z.undefined(),
    claimed: true,
    maxBytes: 0,
    aside: true,
  },
} as const satisfies Record<string, ChannelSpec>;
