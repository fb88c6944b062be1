import type { Random } from './clock.ts';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** Crockford base32 in lower case: survives a case-insensitive file system and being read out aloud. */
function base32(bytes: Uint8Array): string {
  let text = '';
  let value = 0;
  let bits = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(value >> bits) & 31];
    }
    value &= (1 << bits) - 1;
  }
  return bits > 0 ? text + ALPHABET[(value << (5 - bits)) & 31] : text;
}

/** 26 characters, 128 random bits. Two devices that mint 10^9 ids each collide with probability below 10^-19. */
export type RecordId = string;
/** 26 characters, of its public key; a device takes new keys whenever its state may have been copied. */
export type DeviceId = string;
/** `device:counter`, counter from 1 without gaps. */
export type ChangeId = string;

export const newId = (random: Random): string => base32(random.bytes(16));

/** The id that 16 bytes spell. */
export const idOfBytes = (bytes: Uint8Array): string => base32(bytes.subarray(0, 16));

export const ID_PATTERN = /^[0-9a-hjkmnp-tv-z]{26}$/;

export const changeId = (device: DeviceId, counter: number): ChangeId => `${device}:${counter}`;

/**
 * The id of one of several different changes that a copied device wrote under one id: `device:counter#mark`, where the
 * mark is made of the change itself. Only what replaces such a change names it so.
 */
export const twinId = (id: ChangeId, mark: string): ChangeId => `${id}#${mark}`;

/** Null when the text is not a change id. A twin's mark is left out. */
export function splitChangeId(id: ChangeId): { device: DeviceId; counter: number } | null {
  const at = id.indexOf(':');
  const mark = id.indexOf('#');
  if (mark >= 0 && !/^#[0-9a-f]{16}$/.test(id.slice(mark))) return null;
  const device = id.slice(0, at);
  const digits = id.slice(at + 1, mark < 0 ? undefined : mark);
  if (!ID_PATTERN.test(device) || !/^[1-9][0-9]{0,14}$/.test(digits)) return null;
  return { device, counter: Number(digits) };
}
