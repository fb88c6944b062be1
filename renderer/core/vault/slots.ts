import { type Bytes, fromB64, toB64, utf8 } from '../base/bytes.ts';
import type { Random } from '../base/clock.ts';
import { CodedError } from '../base/coded-error.ts';
import { err, ok, type Result } from '../base/result.ts';
import { type Argon2Params, type DeriveKey, FLOOR_PARAMS } from './argon2.ts';
import { deriveSealer } from './envelope.ts';
import {
  findKeychainSlot,
  findSlot,
  type Header,
  headerBinding,
  type KeychainSlot,
  keychainBinding,
  SALT_LENGTH,
  type SecretSlot,
  slotBinding,
} from './header.ts';
import { KEY_LENGTH } from './primitives.ts';

/**
 * A vault that a secret has opened. `intact` is false when a part of the header that this secret does not need
 * (another slot, a flag) is not as it was written: the vault is usable, but that part has to be made anew.
 */
export interface Opened {
  readonly vaultKeyBytes: Bytes;
  readonly intact: boolean;
}

type SlotMade = Omit<SecretSlot, 'wrapped'>;

/** A new vault: a random key, wrapped once for the passphrase and once for the recovery words. */
export async function createHeader(
  vault: {
    readonly vaultId: string;
    readonly demo: boolean;
    readonly passphrase: string;
    /** What the passphrase is stretched with: `calibrate`. */
    readonly params: Argon2Params;
    readonly words: readonly string[];
  },
  derive: DeriveKey,
  random: Random,
): Promise<{ readonly header: Header; readonly vaultKeyBytes: Bytes }> {
  const vaultKeyBytes = random.bytes(KEY_LENGTH);
  const bare = { vault: vault.vaultId, demo: vault.demo, slots: [] };
  const slots = [
    await wrap(
      bare,
      passphraseSlot(vault.params, random),
      passphraseBytes(vault.passphrase),
      vaultKeyBytes,
      derive,
      random,
    ),
    await wrap(bare, recoverySlot(random), wordsBytes(vault.words), vaultKeyBytes, derive, random),
  ];
  return { header: await seal({ ...bare, slots }, vaultKeyBytes, random), vaultKeyBytes };
}

export async function openWithPassphrase(
  header: Header,
  passphrase: string,
  derive: DeriveKey,
): Promise<Result<Opened, 'vault/wrong-passphrase'>> {
  const opened = await unwrap(header, 'passphrase', passphraseBytes(passphrase), derive);
  return opened === null ? err('vault/wrong-passphrase') : ok(opened);
}

/** `words` as `parseWords` gives them. */
export async function openWithWords(
  header: Header,
  words: readonly string[],
  derive: DeriveKey,
): Promise<Result<Opened, 'vault/wrong-words'>> {
  const opened = await unwrap(header, 'recovery', wordsBytes(words), derive);
  return opened === null ? err('vault/wrong-words') : ok(opened);
}

/** The header with another passphrase; the old one no longer opens it. */
export async function replacePassphrase(
  header: Header,
  vaultKeyBytes: Bytes,
  next: { readonly passphrase: string; readonly params: Argon2Params },
  derive: DeriveKey,
  random: Random,
): Promise<Header> {
  const bytes = passphraseBytes(next.passphrase);
  const slot = await wrap(header, passphraseSlot(next.params, random), bytes, vaultKeyBytes, derive, random);
  return seal(withSlot(header, slot), vaultKeyBytes, random);
}

/** The header with other recovery words, not yet confirmed; the old ones no longer open it. */
export async function replaceWords(
  header: Header,
  vaultKeyBytes: Bytes,
  words: readonly string[],
  derive: DeriveKey,
  random: Random,
): Promise<Header> {
  const slot = await wrap(header, recoverySlot(random), wordsBytes(words), vaultKeyBytes, derive, random);
  return seal(withSlot(header, slot), vaultKeyBytes, random);
}

/** The header with the words marked as typed back, if they are the right ones. */
export async function confirmWords(
  header: Header,
  words: readonly string[],
  derive: DeriveKey,
  random: Random,
): Promise<Result<Header, 'vault/wrong-words'>> {
  const opened = await openWithWords(header, words, derive);
  const slot = findSlot(header, 'recovery');
  if (!opened.ok || slot === undefined) return err('vault/wrong-words');
  const confirmed = withSlot(header, { ...slot, confirmed: true });
  return ok(await seal(confirmed, opened.value.vaultKeyBytes, random));
}

/**
 * The header with one more way in: `secretBytes`, random and as long as a key, which the system keeps for this account.
 * The passphrase and the words stay what they are.
 */
export async function addKeychain(
  header: Header,
  vaultKeyBytes: Bytes,
  secretBytes: Bytes,
  random: Random,
): Promise<Header> {
  if (secretBytes.length !== KEY_LENGTH) throw new Error('The secret of a keychain is as long as a key.');
  const sealer = await deriveSealer(secretBytes, 'slot', random);
  const wrapped = toB64(await sealer.seal(vaultKeyBytes, keychainBinding(header)));
  return seal(withSlot(header, { kind: 'keychain', wrapped }), vaultKeyBytes, random);
}

/** The header without that way in. */
export function removeKeychain(header: Header, vaultKeyBytes: Bytes, random: Random): Promise<Header> {
  const slots = header.slots.filter(({ kind }) => kind !== 'keychain');
  return seal({ vault: header.vault, demo: header.demo, slots }, vaultKeyBytes, random);
}

export async function openWithKeychain(
  header: Header,
  secretBytes: Bytes,
): Promise<Result<Opened, 'keychain/gone'>> {
  const slot = findKeychainSlot(header);
  const wrapped = slot === undefined ? null : fromB64(slot.wrapped);
  if (wrapped === null || secretBytes.length !== KEY_LENGTH) return err('keychain/gone');
  const vaultKeyBytes = await openOrNull(secretBytes, 'slot', wrapped, keychainBinding(header));
  const opened = await checked(header, vaultKeyBytes);
  return opened === null ? err('keychain/gone') : ok(opened);
}

/**
 * What counts as the same passphrase: NFKC (one keyboard sends й as one code point, another as и with a breve),
 * one spelling for the apostrophes that keyboards for oʻ and gʻ disagree on, white space trimmed and collapsed (six words
 * typed with a line end or two spaces are still the six words). Case counts. This is part of the format: a
 * change of it would lock people out.
 */
export function normalisePassphrase(passphrase: string): string {
  return passphrase
    .normalize('NFKC')
    .replace(/[\u02bb\u02bc\u2018\u2019\u0060\u00b4]/g, "'")
    .replace(/\s+/gu, ' ')
    .trim();
}

const passphraseBytes = (passphrase: string): Bytes => utf8(normalisePassphrase(passphrase));
const wordsBytes = (words: readonly string[]): Bytes => utf8(words.join(' '));

const passphraseSlot = (kdf: Argon2Params, random: Random): SlotMade => ({
  kind: 'passphrase',
  salt: toB64(random.bytes(SALT_LENGTH)),
  kdf,
});

/** Twelve drawn words hold 124 random bits: the least stretching is enough, and quick on any machine. */
const recoverySlot = (random: Random): SlotMade => ({
  kind: 'recovery',
  salt: toB64(random.bytes(SALT_LENGTH)),
  kdf: FLOOR_PARAMS,
  confirmed: false,
});

/** Puts a slot in the place of the one of its kind, or at the end. */
function withSlot(header: Omit<Header, 'seal'>, slot: SecretSlot | KeychainSlot): Omit<Header, 'seal'> {
  const known = header.slots.some(({ kind }) => kind === slot.kind);
  const slots = known
    ? header.slots.map((other) => (other.kind === slot.kind ? slot : other))
    : [...header.slots, slot];
  return { vault: header.vault, demo: header.demo, slots };
}

async function wrap(
  header: Pick<Header, 'vault' | 'demo'>,
  slot: SlotMade,
  secretBytes: Bytes,
  vaultKeyBytes: Bytes,
  derive: DeriveKey,
  random: Random,
): Promise<SecretSlot> {
  const keyBytes = await derive(secretBytes, saltOf(slot), slot.kdf);
  const sealer = await deriveSealer(keyBytes, 'slot', random);
  keyBytes.fill(0);
  return { ...slot, wrapped: toB64(await sealer.seal(vaultKeyBytes, slotBinding(header, slot))) };
}

async function unwrap(
  header: Header,
  kind: SecretSlot['kind'],
  secretBytes: Bytes,
  derive: DeriveKey,
): Promise<Opened | null> {
  const slot = findSlot(header, kind);
  const wrapped = slot === undefined ? null : fromB64(slot.wrapped);
  if (slot === undefined || wrapped === null || secretBytes.length === 0) return null;
  const keyBytes = await derive(secretBytes, saltOf(slot), slot.kdf);
  const vaultKeyBytes = await openOrNull(keyBytes, 'slot', wrapped, slotBinding(header, slot));
  keyBytes.fill(0);
  return checked(header, vaultKeyBytes);
}

/** Null for what is no vault key; whether the rest of the header is as it was written. */
async function checked(header: Header, vaultKeyBytes: Bytes | null): Promise<Opened | null> {
  if (vaultKeyBytes === null || vaultKeyBytes.length !== KEY_LENGTH) return null;
  const sealBytes = fromB64(header.seal) ?? new Uint8Array(0);
  const intact = (await openOrNull(vaultKeyBytes, 'header', sealBytes, headerBinding(header))) !== null;
  return { vaultKeyBytes, intact };
}

async function openOrNull(
  secretBytes: Bytes,
  purpose: 'slot' | 'header',
  sealedBytes: Bytes,
  aadBytes: Bytes,
): Promise<Bytes | null> {
  try {
    return await (await deriveSealer(secretBytes, purpose)).open(sealedBytes, aadBytes);
  } catch (error) {
    if (error instanceof CodedError && error.code === 'vault/unreadable') return null;
    throw error;
  }
}

async function seal(header: Omit<Header, 'seal'>, vaultKeyBytes: Bytes, random: Random): Promise<Header> {
  const sealer = await deriveSealer(vaultKeyBytes, 'header', random);
  return { ...header, seal: toB64(await sealer.seal(new Uint8Array(0), headerBinding(header))) };
}

function saltOf(slot: Pick<SecretSlot, 'salt'>): Bytes {
  const salt = fromB64(slot.salt);
  if (salt === null) throw new CodedError('vault/foreign', 'A key slot carries no readable salt.');
  return salt;
}
