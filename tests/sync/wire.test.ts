import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Bytes, concat, fromB64, toB64, utf8 } from '@/core/base/bytes.ts';
import { deflate } from '@/core/base/deflate.ts';
import { canonical, type Json } from '@/core/base/json.ts';
import type { Change } from '@/core/changes/change.ts';
import { Chain } from '@/core/sync/chain.ts';
import {
  CONTENT_LIMIT,
  FILE_LIMIT,
  hashOf,
  isSignedBy,
  openFile,
  parseFile,
  sealFile,
} from '@/core/sync/envelope.ts';
import { isLater, readHead } from '@/core/sync/head.ts';
import {
  invitationId,
  type JoinAnswer,
  newcomerLine,
  openAnswer,
  openRequest,
  outlineOf,
  requestOf,
  teamLine,
} from '@/core/sync/join.ts';
import { asSyncEntry, toEntry } from '@/core/sync/journal-entries.ts';
import { readContent } from '@/core/sync/pack.ts';
import { padmeLength } from '@/core/sync/padme.ts';
import { type Membership, TeamLog } from '@/core/sync/roster.ts';
import type { LogEntry } from '@/core/sync/team-log.ts';
import { verifyHead, verifyLog, verifyPack } from '@/core/sync/verify-pack.ts';
import { type Device, deviceSigner } from '@/core/vault/device.ts';
import { aesKey, aesSeal, hkdf, hkdfKey, sha256 } from '@/core/vault/primitives.ts';
import { seededRandom } from '../support/seeded-random.ts';

/** Written once by the first version and never again: what it can read, every later version must. */
const vectors = JSON.parse(readFileSync('tests/fixtures/sync/vectors.json', 'utf8')) as {
  readonly device: Device;
  readonly newcomer: Device;
  readonly workspace: string;
  readonly epochKey: string;
  readonly root: string;
  readonly founding: LogEntry;
  readonly admission: LogEntry;
  readonly change: Change;
  readonly hash1: string;
  readonly hash2: string;
  readonly headContent: Json;
  readonly receiptContent: Json;
  readonly words: readonly string[];
  readonly invitation: string;
  readonly answerContent: JoinAnswer;
  readonly safety: { readonly newcomer: string; readonly team: string };
  readonly files: Readonly<
    Record<'pack1' | 'pack2' | 'head' | 'receipt' | 'log' | 'request' | 'answer', string>
  >;
};

const bytesOf = (name: keyof typeof vectors.files): Bytes => fromB64(vectors.files[name]) as Bytes;
const epochKeyBytes = fromB64(vectors.epochKey) as Bytes;
const { device, newcomer, workspace } = vectors;

async function membership(...entries: LogEntry[]): Promise<Membership> {
  const log = new TeamLog(vectors.root);
  await log.add(entries);
  if (log.roster === null) throw new Error('The founding entry is not one.');
  return { workspace, log, roster: log.roster, epoch: 1, epochKeys: new Map([[1, epochKeyBytes]]) };
}

const stored = (seq: number, hash: string, prev: string) => ({
  seq,
  hash,
  prev,
  place: { offset: 0, length: 0 },
  bytes: 0,
  changes: 0,
  counters: {},
});

describe('the wire format', () => {
  test('reads the packs, the head and the log of the first version', async () => {
    const team = await membership(vectors.founding);
    const chain = new Chain();
    const first = await verifyPack(bytesOf('pack1'), device.device, team, chain);
    expect(first.ok && first.value.hash).toBe(vectors.hash1);
    expect(first.ok && first.value.content.changes).toEqual([vectors.change]);
    expect(await verifyPack(bytesOf('pack2'), device.device, team, chain)).toEqual({
      ok: false,
      error: 'waiting',
    });
    chain.add(stored(1, vectors.hash1, ''));
    const second = await verifyPack(bytesOf('pack2'), device.device, team, chain);
    expect(second.ok && second.value.hash).toBe(vectors.hash2);
    const head = await verifyHead(bytesOf('head'), device.device, team);
    expect(head.ok && head.value.head).toEqual(readHead(vectors.headContent));
    const both = await membership(vectors.founding, vectors.admission);
    const receipt = await verifyHead(bytesOf('receipt'), newcomer.device, both);
    expect(receipt.ok && receipt.value.head).toEqual(vectors.receiptContent);
    const log = await verifyLog(bytesOf('log'), team);
    expect(log?.entries.map(([, entry]) => entry)).toEqual([vectors.founding, vectors.admission]);
  });

  test('reads the request and the answer of the first version, and makes the same safety number', async () => {
    expect(await invitationId(vectors.words)).toBe(vectors.invitation);
    expect(await openRequest(bytesOf('request'), vectors.words)).toEqual(requestOf(newcomer));
    expect(await openAnswer(bytesOf('answer'), vectors.words, newcomer)).toEqual(vectors.answerContent);
    expect(await newcomerLine(vectors.invitation, requestOf(newcomer))).toBe(vectors.safety.newcomer);
    expect(await teamLine(vectors.root, workspace, device.signing.public)).toBe(vectors.safety.team);
  });

  test('opens an answer for nobody but the newcomer who asked, and a request with no other words', async () => {
    const others = [...vectors.words].reverse();
    expect(await openAnswer(bytesOf('answer'), vectors.words, device)).toBeNull();
    expect(await openAnswer(bytesOf('answer'), others, newcomer)).toBeNull();
    expect(await openRequest(bytesOf('request'), others)).toBeNull();
    expect(outlineOf(bytesOf('pack1'))).toBeNull();
  });

  test('refuses a file with any bit flipped, and one that is cut or longer', async () => {
    const team = await membership(vectors.founding, vectors.admission);
    const check = {
      pack1: verifyPack,
      head: (b: Bytes, d: string, t: Membership) => verifyHead(b, d, t),
    } as const;
    for (const name of ['pack1', 'head'] as const) {
      const whole = bytesOf(name);
      for (let at = 0; at < whole.length; at++) {
        const flipped = whole.slice();
        flipped[at] = (flipped[at] as number) ^ (1 << (at % 8));
        expect((await check[name](flipped, device.device, team, new Chain())).ok, `${name} ${at}`).toBe(
          false,
        );
      }
      for (const length of [0, 3, 8, 100, whole.length - 1]) {
        expect((await check[name](whole.slice(0, length), device.device, team, new Chain())).ok).toBe(false);
      }
      const longer = concat(whole, Uint8Array.of(0));
      expect((await check[name](longer, device.device, team, new Chain())).ok).toBe(false);
    }
  });

  test("refuses a member's file under another member's name, workspace or number", async () => {
    const team = await membership(vectors.founding, vectors.admission);
    const forger = await deviceSigner(newcomer);
    const random = seededRandom(3);
    const seal = (over: object, signer = forger) =>
      sealFile(
        'BKP1',
        { workspace, seq: 1, prev: '', epoch: 1, ...over },
        {},
        { epochKeyBytes, signer, random },
      );
    expect((await verifyPack(await seal({}), newcomer.device, team, new Chain())).ok).toBe(true);
    expect((await verifyPack(await seal({}), device.device, team, new Chain())).ok).toBe(false);
    const asOther = { device: device.device, sign: forger.sign };
    expect((await verifyPack(await seal({}, asOther), device.device, team, new Chain())).ok).toBe(false);
    const elsewhere = await seal({ workspace: 'x0rkspace00000000000000000' });
    expect((await verifyPack(elsewhere, newcomer.device, team, new Chain())).ok).toBe(false);
    expect(await verifyPack(await seal({ epoch: 2 }), newcomer.device, team, new Chain())).toEqual({
      ok: false,
      error: 'no-key',
    });
  });

  test('stops a bomb at its limit, even one that a member signed', async () => {
    const team = await membership(vectors.founding, vectors.admission);
    const bomb = await signedRaw(await deflate(new Uint8Array(CONTENT_LIMIT + 1)));
    expect(bomb.length).toBeLessThan(64 * 1024);
    expect(await verifyPack(bomb, newcomer.device, team, new Chain())).toEqual({ ok: false, error: 'bad' });
    expect(parseFile(new Uint8Array(FILE_LIMIT + 1), 'BKP1').ok).toBe(false);
  });

  test('refuses a file whose commitment is not that of its key', async () => {
    const team = await membership(vectors.founding, vectors.admission);
    const wrong = await signedRaw(await deflate(utf8('{}')), (commitment) => sha256(commitment));
    expect(await verifyPack(wrong, newcomer.device, team, new Chain())).toEqual({ ok: false, error: 'bad' });
    const right = await signedRaw(await deflate(utf8('{}')));
    expect((await verifyPack(right, newcomer.device, team, new Chain())).ok).toBe(true);
  });

  test('leaves files of a later version alone', async () => {
    const later = bytesOf('pack1');
    later.set(utf8('BKP2'));
    expect(parseFile(later, 'BKP1')).toEqual({ ok: false, error: 'file/newer' });
  });

  test('keeps what a pack holds besides changes and log, and counts what is not a change', () => {
    const { content, refused } = readContent({
      changes: [vectors.change, { id: 7 }],
      later: [1],
    } as unknown as Json);
    expect(content.changes).toEqual([vectors.change]);
    expect(refused).toBe(1);
  });

  test('a receipt says what its own writer wrote, whatever another one said of the same pack', () => {
    const device = '0123456789abcdefghjkmnpqrs';
    const hash = 'B'.repeat(43);
    const told = (frontier: unknown) =>
      readHead({ ...(vectors.headContent as object), frontier } as Json)?.frontier[device];
    const first = told({ [device]: [[1, hash]] });
    expect(told({ [device]: [[1, hash]] })).toBe(first);
    expect(told({ [device]: [[2, hash]] })).toEqual([[2, hash]]);
    expect(
      told({
        [device]: [
          [2, hash],
          [1, 'C'.repeat(43)],
        ],
      }),
    ).toHaveLength(2);
    expect(told({ [device]: [[1, hash]] })).toEqual([[1, hash]]);
  });

  test('takes a receipt with one part that is not as it should be for none', () => {
    const content = vectors.headContent;
    const device = '0123456789abcdefghjkmnpqrs';
    const hash = 'A'.repeat(43);
    const reads = (frontier: unknown): boolean =>
      readHead({ ...(content as object), frontier } as Json) !== null;
    expect(reads({ [device]: [[1, hash]] })).toBe(true);
    const wrong: readonly unknown[] = [
      null,
      [],
      'text',
      { device: [[1, hash]] },
      { [device]: [1, hash] },
      { [device]: { 0: [1, hash] } },
      { [device]: [[1, hash, 2]] },
      { [device]: [[hash, 1]] },
      { [device]: [[-1, hash]] },
      { [device]: [[1.5, hash]] },
      { [device]: [[2e9, hash]] },
      { [device]: [[1, `${hash}A`]] },
      { [device]: [[1, `${hash.slice(1)}=`]] },
      { [device]: Array(65).fill([1, hash]) },
    ];
    for (const frontier of wrong) expect(reads(frontier), JSON.stringify(frontier)).toBe(false);
  });

  test('opens only with the key it was sealed with', async () => {
    const parsed = parseFile(bytesOf('pack1'), 'BKP1');
    if (!parsed.ok) throw new Error(parsed.error);
    expect(await isSignedBy(parsed.value, fromB64(device.signing.public) as Bytes)).toBe(true);
    expect(await isSignedBy(parsed.value, fromB64(newcomer.signing.public) as Bytes)).toBe(false);
    const opened = (keys: Map<number, Bytes>) => openFile(parsed.value, keys);
    expect(await opened(new Map([[1, new Uint8Array(32)]]))).toEqual({ ok: false, error: 'bad' });
    expect(await opened(new Map())).toEqual({ ok: false, error: 'no-key' });
    expect((await opened(new Map([[1, epochKeyBytes]]))).ok).toBe(true);
  });
});

/** A pack of the newcomer's made by hand around any deflated content. */
async function signedRaw(
  deflated: Bytes,
  commitTo: (commitment: Bytes) => Promise<Bytes> = async (commitment) => commitment,
): Promise<Bytes> {
  const signer = await deviceSigner(newcomer);
  const padded = new Uint8Array(padmeLength(4 + deflated.length));
  new DataView(padded.buffer).setUint32(0, deflated.length);
  padded.set(deflated, 4);
  const salt = seededRandom(5).bytes(32);
  const info = utf8(`baikoo/v1/BKP1/${workspace}/${newcomer.device}/1`);
  const both = await hkdf(await hkdfKey(epochKeyBytes), salt, info, 64);
  const toB64 = (bytes: Bytes): string => Buffer.from(bytes).toString('base64url');
  const header = utf8(
    canonical({
      v: 1,
      workspace,
      device: newcomer.device,
      seq: 1,
      prev: '',
      epoch: 1,
      salt: toB64(salt),
      commitment: toB64(await commitTo(both.slice(32))),
      length: padded.length + 16,
    }),
  );
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, header.length);
  const front = concat(utf8('BKP1'), length, header);
  const cipher = await aesSeal(await aesKey(both.slice(0, 32)), new Uint8Array(12), padded, front);
  const signed = concat(front, cipher);
  return concat(signed, await signer.sign(concat(utf8('baikoo/v1/signed\n'), await sha256(signed))));
}

test('pads lengths to few sizes, by twelve per cent at most', () => {
  const sizes = new Set<number>();
  for (let length = 1; length < 100_000; length++) {
    const padded = padmeLength(length);
    expect(padded).toBeGreaterThanOrEqual(length);
    expect(padded).toBeLessThanOrEqual(Math.ceil(length * 1.12) + 1);
    sizes.add(padded);
  }
  expect(sizes.size).toBeLessThan(260);
});

test('names a pack by its whole content', async () => {
  expect(await hashOf(bytesOf('pack1'))).toBe(vectors.hash1);
});

test('reads a pack out of a journal of today, and out of one of the first, which held it as text', () => {
  const fileBytes = bytesOf('pack1');
  const pack = { kind: 'pack', own: true, fileBytes } as const;
  expect(asSyncEntry(toEntry(pack))).toEqual(pack);
  const first = { kind: 'pack', own: true, pack: toB64(fileBytes) };
  expect(asSyncEntry({ kind: 'raw', json: first })).toEqual(pack);
  expect(asSyncEntry({ kind: 'raw', json: { kind: 'pack', own: true, pack: '?' } })).toBeNull();
});

test('of two heads of one device, the later has more packs of its own, or else holds more of the others', () => {
  const later = (one: readonly [number, number], other: readonly [number, number]) =>
    isLater({ rank: one }, { rank: other });
  expect([later([2, 0], [1, 9]), later([1, 9], [2, 0])]).toEqual([true, false]);
  expect([later([1, 5], [1, 4]), later([1, 4], [1, 5])]).toEqual([true, false]);
  expect(later([1, 5], [1, 5])).toBe(false);
});
