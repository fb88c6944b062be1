import { z } from 'zod';
import { bytes, type ChannelSpec, nothing } from './channel.ts';

/** A secret is one key long. */
const MOST_BYTES = 64;

/** The channels of the keychain. They wait in turn: what they change is read with the vault's header. */
export const KEYCHAIN_CHANNELS = {
  'keychain.state': {
    doc: 'Whether the system keeps secrets for this account, and whether it keeps one of this vault.',
    params: nothing,
    result: z.strictObject({ system: z.enum(['ready', 'unprotected', 'none']), kept: z.boolean() }),
    claimed: true,
    maxBytes: 0,
  },
  'keychain.keep': {
    doc: "Keeps a secret under the account's key.",
    params: z.tuple([bytes]),
    result: z.undefined(),
    claimed: true,
    bytesParam: 0,
    maxBytes: MOST_BYTES,
  },
  'keychain.read': {
    doc: 'The secret; null when there is none that this account can open.',
    params: nothing,
    result: bytes.nullable(),
    claimed: true,
    bytesResult: true,
    maxBytes: 0,
  },
  'keychain.forget': {
    doc: 'Overwrites and removes the secret.',
    params: nothing,
    result: z.undefined(),
    claimed: true,
    maxBytes: 0,
  },
} as const satisfies Record<string, ChannelSpec>;
