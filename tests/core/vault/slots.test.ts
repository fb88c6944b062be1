import { beforeAll, describe, expect, test } from 'vitest';
import { concat, equalBytes, fromUtf8, toHex, utf8 } from '@/core/base/bytes.ts';
import { canonical, type Json } from '@/core/base/json.ts';
import { BASE_PARAMS, type DeriveKey, FLOOR_PARAMS } from '@/core/vault/argon2.ts';
import { type Header, parseHeader, serialiseHeader, wordsConfirmed } from '@/core/vault/header.ts';
import { sha256 } from '@/core/vault/primitives.ts';
import {
  addKeychain,
  confirmWords,
  createHeader,
  normalisePassphrase,
  openWithKeychain,
  openWithPassphrase,
  openWithWords,
  removeKeychain,
  replacePassphrase,
  replaceWords,
} from '@/core/vault/slots.ts';
import { seededRandom } from '../../support/seeded-random.ts';

/** As one-way as Argon2id and bound to the same inputs, only quick. */
const derive: DeriveKey = (secret, salt, { memoryKiB, passes, lanes }) =>
  sha256(concat(secret, salt, utf8(`${memoryKiB}/${passes}/${lanes}`)));
const random = seededRandom(42);
const PASSPHRASE = 'тоо суу жел күн ай жер';
const WORDS = Array.from({ length: 12 }, (_, i) => `сөз${i}`);

let header: Header;
let vaultKey: Uint8Array<ArrayBuffer>;
beforeAll(async () => {
  const vault = {
    vaultId: '0'.repeat(26),
    demo: false,
    passphrase: PASSPHRASE,
    params: BASE_PARAMS,
    words: WORDS,
  };
  ({ header, vaultKeyBytes: vaultKey } = await createHeader(vault, derive, random));
});

const opened = { ok: true, value: { vaultKeyBytes: expect.anything(), intact: true } };
const reread = (made: Header): Header => {
  const parsed = parseHeader(serialiseHeader(made));
  return parsed.ok ? parsed.value : expect.fail(parsed.error);
};
/** A header file with this JSON in it, in its canonical spelling. */
const fileOf = (json: unknown) => serialiseHeader(json as Header);

describe('opening', () => {
  test('gives the same key for the passphrase and for the words', async () => {
    const read = reread(header);
    const byPassphrase = await openWithPassphrase(read, PASSPHRASE, derive);
    const byWords = await openWithWords(read, WORDS, derive);
    expect(byPassphrase).toEqual({ ok: true, value: { vaultKeyBytes: vaultKey, intact: true } });
    expect(byWords).toEqual(byPassphrase);
  });

  test('refuses another passphrase, no passphrase, and words in another order', async () => {
    const wrong = { ok: false, error: 'vault/wrong-passphrase' };
    expect(await openWithPassphrase(header, `${PASSPHRASE}!`, derive)).toEqual(wrong);
    expect(await openWithPassphrase(header, PASSPHRASE.toUpperCase(), derive)).toEqual(wrong);
    expect(await openWithPassphrase(header, '', derive)).toEqual(wrong);
    expect(await openWithPassphrase(header, WORDS.join(' '), derive)).toEqual(wrong);
    expect(await openWithWords(header, WORDS.toReversed(), derive)).toEqual({
      ok: false,
      error: 'vault/wrong-words',
    });
  });

  test('asks for the costs that the header states', async () => {
    const asked: unknown[] = [];
    const spy: DeriveKey = (secret, salt, params) => {
      asked.push(params);
      return derive(secret, salt, params);
    };
    await openWithPassphrase(header, PASSPHRASE, spy);
    await openWithWords(header, WORDS, spy);
    expect(asked).toEqual([BASE_PARAMS, FLOOR_PARAMS]);
  });

  test('takes a passphrase for the same however a keyboard spells it', () => {
    expect(normalisePassphrase(' й  oʻzbek\n')).toBe(normalisePassphrase('й o’zbek'));
    expect(normalisePassphrase('a\u00a0b')).toBe('a b');
    expect(normalisePassphrase('Aa')).not.toBe(normalisePassphrase('aa'));
  });
});

describe('replacing a secret', () => {
  test('opens with the new passphrase and no longer with the old one; the words stay', async () => {
    const next = { passphrase: 'another one', params: FLOOR_PARAMS };
    const changed = reread(await replacePassphrase(header, vaultKey, next, derive, random));
    expect(await openWithPassphrase(changed, 'another one', derive)).toEqual(opened);
    expect((await openWithPassphrase(changed, PASSPHRASE, derive)).ok).toBe(false);
    expect(await openWithWords(changed, WORDS, derive)).toEqual(opened);
  });

  test('opens with the new words, not confirmed, and no longer with the old ones', async () => {
    const confirmed = await confirmWords(header, WORDS, derive, random);
    if (!confirmed.ok) return expect.fail(confirmed.error);
    const words = WORDS.toReversed();
    const changed = reread(await replaceWords(confirmed.value, vaultKey, words, derive, random));
    expect(wordsConfirmed(changed)).toBe(false);
    expect(await openWithWords(changed, words, derive)).toEqual(opened);
    expect((await openWithWords(changed, WORDS, derive)).ok).toBe(false);
    expect(await openWithPassphrase(changed, PASSPHRASE, derive)).toEqual(opened);
  });

  test('confirms the right words only', async () => {
    expect(wordsConfirmed(header)).toBe(false);
    expect(await confirmWords(header, WORDS.with(0, 'сөз1'), derive, random)).toEqual({
      ok: false,
      error: 'vault/wrong-words',
    });
    const confirmed = await confirmWords(header, WORDS, derive, random);
    if (!confirmed.ok) return expect.fail(confirmed.error);
    expect(wordsConfirmed(reread(confirmed.value))).toBe(true);
    expect(await openWithPassphrase(confirmed.value, PASSPHRASE, derive)).toEqual(opened);
  });

  test('never uses a salt twice', async () => {
    const next = { passphrase: PASSPHRASE, params: BASE_PARAMS };
    const changed = await replacePassphrase(header, vaultKey, next, derive, random);
    const salts = [...header.slots, ...changed.slots].map((slot) => 'salt' in slot && slot.salt);
    // The recovery slot is the same in both.
    expect(new Set(salts).size).toBe(3);
  });

  test('keeps a slot of a kind it does not know', async () => {
    const card = { kind: 'card', service: 'login', wrapped: 'AAAA' };
    const withCard = { ...header, slots: [...header.slots, card] };
    const next = { passphrase: PASSPHRASE, params: BASE_PARAMS };
    const changed = reread(await replacePassphrase(withCard, vaultKey, next, derive, random));
    expect(changed.slots).toContainEqual(card);
    expect(await openWithPassphrase(changed, PASSPHRASE, derive)).toEqual(opened);
  });
});

describe('the slot of a keychain', () => {
  const secret = random.bytes(32);

  test('opens with its secret, besides the passphrase and the words, and survives a change of both', async () => {
    const made = reread(await addKeychain(header, vaultKey, secret, random));
    const byKeychain = { ok: true, value: { vaultKeyBytes: vaultKey, intact: true } };
    expect(await openWithKeychain(made, secret)).toEqual(byKeychain);
    expect(await openWithPassphrase(made, PASSPHRASE, derive)).toEqual(opened);
    expect(await openWithWords(made, WORDS, derive)).toEqual(opened);
    const next = { passphrase: 'another passphrase', params: BASE_PARAMS };
    const changed = reread(await replacePassphrase(made, vaultKey, next, derive, random));
    expect(await openWithKeychain(changed, secret)).toEqual(byKeychain);
    expect(await openWithPassphrase(changed, PASSPHRASE, derive)).toMatchObject({ ok: false });
  });

  test('opens with no other secret, in no other vault, and not once it was taken away', async () => {
    const gone = { ok: false, error: 'keychain/gone' };
    const made = await addKeychain(header, vaultKey, secret, random);
    expect(await openWithKeychain(made, random.bytes(32))).toEqual(gone);
    expect(await openWithKeychain(made, secret.slice(0, 16))).toEqual(gone);
    expect(await openWithKeychain(header, secret)).toEqual(gone);
    expect(await openWithKeychain({ ...made, vault: '1'.repeat(26) }, secret)).toEqual(gone);
    expect(await openWithKeychain({ ...made, demo: true }, secret)).toEqual(gone);
    const removed = reread(await removeKeychain(made, vaultKey, random));
    expect(removed.slots).toEqual(header.slots);
    expect(await openWithKeychain(removed, secret)).toEqual(gone);
    expect(await openWithPassphrase(removed, PASSPHRASE, derive)).toEqual(opened);
  });

  test('is replaced by a new one, so that the former secret opens nothing', async () => {
    const first = await addKeychain(header, vaultKey, secret, random);
    const other = random.bytes(32);
    const second = reread(await addKeychain(first, vaultKey, other, random));
    expect(second.slots.filter(({ kind }) => kind === 'keychain')).toHaveLength(1);
    expect(await openWithKeychain(second, secret)).toMatchObject({ ok: false });
    expect(await openWithKeychain(second, other)).toEqual(opened);
  });

  test('that somebody put in or took out is a warning for whoever opens with the passphrase', async () => {
    const made = await addKeychain(header, vaultKey, secret, random);
    const swapped = { ...made, slots: header.slots };
    expect(await openWithPassphrase(swapped, PASSPHRASE, derive)).toMatchObject({ value: { intact: false } });
  });
});

describe('tampering', () => {
  test('notices every altered byte: no header, no key, or a key with the warning that the rest is not intact', async () => {
    const file = serialiseHeader(header);
    const outcomes = { refused: 0, wrong: 0, warned: 0 };
    for (let at = 0; at < file.length; at++) {
      for (const mask of [0x01, 0x20, 0x80]) {
        const altered = file.slice();
        altered[at] = (altered[at] as number) ^ mask;
        const parsed = parseHeader(altered);
        if (!parsed.ok) {
          outcomes.refused += 1;
          continue;
        }
        const result = await openWithPassphrase(parsed.value, PASSPHRASE, derive);
        if (!result.ok) outcomes.wrong += 1;
        else {
          outcomes.warned += 1;
          expect(result.value.intact, `byte ${at}`).toBe(false);
          // A broken recovery slot must not lock out who knows the passphrase.
          expect(equalBytes(result.value.vaultKeyBytes, vaultKey)).toBe(true);
        }
      }
    }
    expect(Object.values(outcomes).every((count) => count > 0)).toBe(true);
  });

  test('refuses a header cut anywhere', () => {
    const file = serialiseHeader(header);
    for (let length = 0; length < file.length; length++) {
      expect(parseHeader(file.subarray(0, length))).toEqual({ ok: false, error: 'vault/foreign' });
    }
    expect(parseHeader(concat(file, Uint8Array.of(0)))).toEqual({ ok: false, error: 'vault/foreign' });
  });

  test('opens nothing after the costs of a slot were lowered', async () => {
    const cheaper = header.slots.map((slot) => ({ ...slot, kdf: FLOOR_PARAMS }));
    const result = await openWithPassphrase({ ...header, slots: cheaper } as Header, PASSPHRASE, derive);
    expect(result.ok).toBe(false);
  });

  test('opens nothing after the demo mark was changed', async () => {
    expect((await openWithPassphrase({ ...header, demo: true }, PASSPHRASE, derive)).ok).toBe(false);
  });

  test('warns when somebody marked the words as confirmed, or took their slot away', async () => {
    const confirmed = header.slots.map((s) => (s.kind === 'recovery' ? { ...s, confirmed: true } : s));
    const without = header.slots.filter((slot) => slot.kind !== 'recovery');
    for (const slots of [confirmed, without]) {
      const result = await openWithPassphrase({ ...header, slots } as Header, PASSPHRASE, derive);
      expect(result).toMatchObject({ ok: true, value: { intact: false } });
    }
  });
});

describe('reading a header', () => {
  test('says that a later version is newer, whatever follows', () => {
    const file = serialiseHeader(header);
    file[8] = 2;
    expect(parseHeader(file)).toEqual({ ok: false, error: 'vault/newer' });
    expect(parseHeader(file.subarray(0, 40))).toEqual({ ok: false, error: 'vault/newer' });
  });

  const slot = (edit: object) => ({ ...header, slots: [{ ...header.slots[0], ...edit }, header.slots[1]] });
  test.each<[string, () => unknown]>([
    ['too little memory', () => slot({ kdf: { ...BASE_PARAMS, memoryKiB: 19 * 1024 - 1 } })],
    ['too much memory', () => slot({ kdf: { ...BASE_PARAMS, memoryKiB: 1024 * 1024 + 1 } })],
    ['no passes', () => slot({ kdf: { ...BASE_PARAMS, passes: 0 } })],
    ['too many passes', () => slot({ kdf: { ...BASE_PARAMS, passes: 65 } })],
    ['too many lanes', () => slot({ kdf: { ...BASE_PARAMS, lanes: 17 } })],
    ['costs in words', () => slot({ kdf: { ...BASE_PARAMS, lanes: '1' } })],
    ['a short salt', () => slot({ salt: 'AAAA' })],
    ['a salt spelt with stray bits', () => slot({ salt: `${'A'.repeat(21)}B` })],
    ['two passphrase slots', () => ({ ...header, slots: [header.slots[0], header.slots[0]] })],
    ['a member that it does not know', () => ({ ...header, colour: 'green' })],
    ['a vault id that is none', () => ({ ...header, vault: 'x' })],
    ['a file over 64 KiB', () => ({ ...header, slots: [{ kind: 'card', text: 'x'.repeat(70_000) }] })],
  ])('takes a header with %s for foreign', (_what, json) => {
    expect(parseHeader(fileOf(json()))).toEqual({ ok: false, error: 'vault/foreign' });
  });

  test('takes another spelling of the same JSON for foreign', () => {
    const json = canonical(header as unknown as Json);
    const spelt = (text: string) => {
      const file = concat(serialiseHeader(header).subarray(0, 13), utf8(text));
      new DataView(file.buffer).setUint32(9, file.length - 13);
      return parseHeader(file);
    };
    expect(spelt(json)).toEqual({ ok: true, value: header });
    expect(spelt(json.replace('{', '{ '))).toEqual({ ok: false, error: 'vault/foreign' });
    expect(spelt(json.replace('{', '{"demo":true,'))).toEqual({ ok: false, error: 'vault/foreign' });
  });

  test('shows nothing but what the table says', () => {
    const text = fromUtf8(serialiseHeader(header).subarray(13));
    expect(Object.keys(JSON.parse(text)).sort()).toEqual(['demo', 'seal', 'slots', 'vault']);
    for (const secret of [...PASSPHRASE.split(' '), ...WORDS, toHex(vaultKey)])
      expect(text).not.toContain(secret);
  });
});
