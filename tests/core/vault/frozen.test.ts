import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Bytes, fromB64, fromHex } from '@/core/base/bytes.ts';
import { type Entry, verifyEntry } from '@/core/journal/entry.ts';
import { openJournal } from '@/core/journal/journal.ts';
import { deriveArgon2 } from '@/core/vault/argon2.ts';
import { openDevice } from '@/core/vault/device.ts';
import { deriveSealers } from '@/core/vault/envelope.ts';
import { parseHeader, serialiseHeader, wordsConfirmed } from '@/core/vault/header.ts';
import { openWithPassphrase, openWithWords } from '@/core/vault/slots.ts';
import { memoryHost } from '../../support/memory-host.ts';

/*
 * A vault as the first version of the format wrote it. The files are never written anew: if a test here
 * fails, people's vaults no longer open.
 */
const folder = new URL('../../fixtures/vault/', import.meta.url);
const fileBytes = (name: string): Bytes => Uint8Array.from(readFileSync(new URL(name, folder)));
const contents = JSON.parse(readFileSync(new URL('contents.json', folder), 'utf8'));
const vaultKey = () => fromHex(contents.vaultKeyHex) ?? expect.fail('not hexadecimal');

const header = () => {
  const parsed = parseHeader(fileBytes('header.bkv'));
  return parsed.ok ? parsed.value : expect.fail(parsed.error);
};

test('the first vault opens with its passphrase and with its words', async () => {
  const opened = { ok: true, value: { vaultKeyBytes: vaultKey(), intact: true } };
  expect(await openWithPassphrase(header(), contents.passphrase, deriveArgon2)).toEqual(opened);
  expect(await openWithWords(header(), contents.words, deriveArgon2)).toEqual(opened);
  expect(wordsConfirmed(header())).toBe(true);
  expect(header().demo).toBe(true);
});

test('the first vault’s header is written as it was read', () => {
  expect(serialiseHeader(header())).toEqual(fileBytes('header.bkv'));
});

test('the first vault’s device opens', async () => {
  const { device } = await deriveSealers(vaultKey());
  expect(await openDevice(fileBytes('device.bkv'), device, header().vault)).toEqual(contents.device);
});

test('the first vault’s journal gives its entries, with signatures that hold', async () => {
  const host = memoryHost();
  host.disk.journal = fileBytes('journal.bkj');
  const { journal: sealer } = await deriveSealers(vaultKey());
  const entries: Entry[] = [];
  const { journal, report } = await openJournal({
    host: host.journal,
    sealer,
    vaultId: header().vault,
    onEntry: (entry) => {
      entries.push(entry);
    },
  });
  expect(entries).toEqual(contents.entries);
  expect(journal.position).toEqual(contents.position);
  expect(report).toMatchObject({ frames: 4, damage: [], torn: null });
  const publicBytes = fromB64(contents.device.signing.public) ?? expect.fail('not base64url');
  const signed = entries.filter((entry) => entry.kind === 'changes');
  expect(signed).toHaveLength(3);
  for (const entry of signed) expect(await verifyEntry(entry, publicBytes)).toBe(true);
});
