import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Bytes } from '@/core/base/bytes.ts';
import { CodedError } from '@/core/base/coded-error.ts';
import { FILE_LIMIT } from '@/core/sync/envelope.ts';
import type { OpenTarget } from '@/core/sync/target.ts';

/** A real place and what the suite needs to do to it. Opened once for the whole suite; each test uses folders of its own. */
export interface TestedPlace {
  /** A client of its own each time: another device, or this one after a restart. */
  open(): Promise<OpenTarget>;
  /**
   * Puts a file there behind every client's back, as a file manager, a cloud's client or an attacker does; null
   * where files come by the target's own way only.
   */
  readonly plant: ((path: string, bytes: Bytes) => Promise<void>) | null;
  /** Takes a file away behind every client's back; null where nobody can. */
  readonly remove: ((path: string) => Promise<void>) | null;
  /** Cuts the line (takes the stick away); `mend` brings it back. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  /** From now on nothing can be written; `makeWritable` takes that back. Null where the place knows no such state. */
  readonly makeReadOnly: (() => Promise<void>) | null;
  readonly makeWritable: (() => Promise<void>) | null;
  close(): Promise<void>;
}

const CODES = new Set(
  'unreachable untrusted refused read-only full busy failed too-long'
    .split(' ')
    .map((code) => `target/${code}`),
);
const PACK = 256 * 1024;

/** Bytes that do not compress and differ with the seed. */
export function noise(length: number, seed = 1): Bytes {
  const bytes = new Uint8Array(length);
  let state = seed * 2654435761;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

/** The code that a call fails with, which must be one of the port's. */
export async function codeOfFailure(call: Promise<unknown>): Promise<string> {
  const outcome = await call.then(
    () => 'it did not fail',
    (error: unknown) => error,
  );
  expect(outcome).toBeInstanceOf(CodedError);
  const { code } = outcome as CodedError;
  expect(CODES).toContain(code);
  return code;
}

/**
 * What every target promises, shown against the real thing. `makePlace` may throw to say why it cannot be opened
 * here; whether that is a failure is the caller's to decide before it calls this.
 */
export function describeTarget(name: string, makePlace: () => Promise<TestedPlace>): void {
  describe(`the port over ${name}`, () => {
    let place: TestedPlace;
    let target: OpenTarget;
    let tests = 0;
    /** A folder that no other test uses. */
    let folder = '';

    beforeAll(async () => {
      place = await makePlace();
      target = await place.open();
    });
    afterAll(async () => {
      await target?.close();
      await place?.close();
    });
    beforeEach(() => {
      tests += 1;
      folder = `suite/test-${tests}`;
    });

    const get = (path: string, maxBytes = PACK) => target.get(path, { maxBytes });
    const contentOf = async (path: string, from: OpenTarget = target): Promise<Bytes | null> => {
      const fetched = await from.get(path, { maxBytes: PACK });
      return fetched.state === 'found' ? fetched.bytes : null;
    };

    test('lists nothing where there is no folder, and has no file there', async () => {
      expect(await target.list(`${folder}/never/made`)).toEqual([]);
      expect(await get(`${folder}/never/made.bkp`)).toEqual({ state: 'absent' });
      await target.put(`${folder}/there.bkp`, noise(10));
      expect(await get(`${folder}/not-there.bkp`)).toEqual({ state: 'absent' });
    });

    test('gives a file to a reader who is ready for the longest that there can be', async () => {
      await target.put(`${folder}/file.bkp`, noise(10));
      expect(await get(`${folder}/file.bkp`, FILE_LIMIT)).toMatchObject({ state: 'found', bytes: noise(10) });
    });

    test.each([1, 2, 255, 4096, 65_537, PACK])('gives back %i bytes as they were put', async (length) => {
      const bytes = noise(length, length);
      await target.put(`${folder}/file.bkp`, bytes);
      const back = (await contentOf(`${folder}/file.bkp`)) ?? new Uint8Array();
      expect(Buffer.compare(back, bytes)).toBe(0);
    });

    test('gives another client what was put, which gives it to this one', async () => {
      const other = await place.open();
      try {
        await target.put(`${folder}/one.bkp`, noise(100, 1));
        expect(await contentOf(`${folder}/one.bkp`, other)).toEqual(noise(100, 1));
        await other.put(`${folder}/other.bkp`, noise(100, 2));
        expect(await contentOf(`${folder}/other.bkp`)).toEqual(noise(100, 2));
      } finally {
        await other.close();
      }
    });

    test('lists the files directly in a folder with their sizes, and no folders', async () => {
      await target.put(`${folder}/a.bkp`, noise(3));
      await target.put(`${folder}/b.bkh`, noise(5000));
      await target.put(`${folder}/below/c.bkp`, noise(7));
      const listed = [...(await target.list(folder))].sort((a, b) => (a.name < b.name ? -1 : 1));
      expect(listed.map(({ name }) => name)).toEqual(['a.bkp', 'b.bkh']);
      for (const [i, size] of [3, 5000].entries()) expect([size, null]).toContain(listed[i]?.size);
      expect((await target.list(`${folder}/below`)).map(({ name }) => name)).toEqual(['c.bkp']);
    });

    test('makes the folders on the way, six deep', async () => {
      const path = `${folder}/3/4/5/6.bkp`;
      await target.put(path, noise(9));
      expect(await contentOf(path)).toEqual(noise(9));
    });

    test('takes the same content under the same name again', async () => {
      const path = `${folder}/carried.bkp`;
      await target.put(path, noise(500));
      const other = await place.open();
      await other.put(path, noise(500)).finally(() => other.close());
      expect(await contentOf(path)).toEqual(noise(500));
      expect(await target.list(folder)).toHaveLength(1);
    });

    test('has the newer content once a file was put again, also when it is as long or shorter', async () => {
      const path = `${folder}/head.bkh`;
      for (const [length, seed] of [
        [300, 1],
        [300, 2],
        [40, 3],
        [900, 4],
      ] as const) {
        await target.put(path, noise(length, seed));
        expect(await contentOf(path)).toEqual(noise(length, seed));
      }
      expect(await target.list(folder)).toHaveLength(1);
    });

    test('does not send again what its tag says is known, and does send what was put since', async () => {
      const path = `${folder}/head.bkh`;
      await target.put(path, noise(300, 1));
      const first = await get(path);
      expect(first.state).toBe('found');
      const tag = first.state === 'found' ? first.tag : null;
      const again = await target.get(path, { maxBytes: PACK, unless: tag });
      expect(again.state).toBe(tag === null ? 'found' : 'unchanged');
      await target.put(path, noise(300, 2));
      expect(await target.get(path, { maxBytes: PACK, unless: tag })).toMatchObject({
        state: 'found',
        bytes: noise(300, 2),
      });
      expect(await target.get(path, { maxBytes: PACK, unless: 'a tag of another target' })).toMatchObject({
        state: 'found',
      });
    });

    test('refuses a file of more bytes than asked for, and gives one of just as many', async () => {
      const path = `${folder}/long.bkp`;
      await target.put(path, noise(100_000));
      expect(await codeOfFailure(get(path, 99_999))).toBe('target/too-long');
      expect(await codeOfFailure(get(path, 10))).toBe('target/too-long');
      expect((await get(path, 100_000)).state).toBe('found');
    });

    test('lists two hundred files and gives any of them', async () => {
      const names = Array.from({ length: 200 }, (_, i) => `${String(i).padStart(6, '0')}-ab.bkp`);
      for (let at = 0; at < names.length; at += 10) {
        await Promise.all(
          names.slice(at, at + 10).map((file, i) => target.put(`${folder}/${file}`, noise(20, at + i + 1))),
        );
      }
      expect((await target.list(folder)).map((file) => file.name).sort()).toEqual(names);
      expect(await contentOf(`${folder}/${names[137]}`)).toEqual(noise(20, 138));
    });

    test('lets several clients fill one new folder at once', async () => {
      const clients = await Promise.all(Array.from({ length: 4 }, () => place.open()));
      try {
        await Promise.all(
          clients.flatMap((client, c) =>
            [0, 1, 2].map((i) => client.put(`${folder}/new/deep/${c}-${i}.bkp`, noise(50, 10 * c + i + 1))),
          ),
        );
        expect(await target.list(`${folder}/new/deep`)).toHaveLength(12);
        expect(await contentOf(`${folder}/new/deep/3-2.bkp`)).toEqual(noise(50, 33));
      } finally {
        await Promise.all(clients.map((client) => client.close()));
      }
    });

    test.each([
      '../outside.bkp',
      '/outside.bkp',
      'a//b.bkp',
      'Capital.bkp',
      'no-suffix',
      'ü.bkp',
      'a\\b.bkp',
      '',
    ])('puts nothing under the path "%s"', async (path) => {
      expect(await codeOfFailure(target.put(path, noise(3)))).toBe('target/failed');
    });

    test('shows and gives a conflicted copy under its own name', async ({ skip }) => {
      if (place.plant === null) return skip(`files come to ${name} by the target's own way only`);
      const copies = [
        'head (1).bkh',
        'head (Айгүлдүн көчүрмөсү 2026-11-25 100%).bkh',
        'head.sync-conflict-20261125-101112-ABCDEF7.bkh',
        'head #2 & what+now.bkh',
      ];
      await target.put(`${folder}/head.bkh`, noise(60, 1));
      for (const [i, copy] of copies.entries()) await place.plant(`${folder}/${copy}`, noise(60, i + 2));
      const listed = (await target.list(folder)).map((file) => file.name).sort();
      expect(listed).toEqual([...copies, 'head.bkh'].sort());
      for (const [i, copy] of copies.entries()) {
        expect(await contentOf(`${folder}/${copy}`)).toEqual(noise(60, i + 2));
      }
    });

    test('gives what it finds, though another hand has replaced or cut it', async ({ skip }) => {
      if (place.plant === null) return skip(`files come to ${name} by the target's own way only`);
      const path = `${folder}/pack.bkp`;
      await target.put(path, noise(400, 1));
      const first = await get(path);
      await place.plant(path, noise(400, 1).slice(0, 123));
      const tag = first.state === 'found' ? first.tag : null;
      expect(await target.get(path, { maxBytes: PACK, unless: tag })).toMatchObject({
        bytes: noise(400, 1).slice(0, 123),
      });
      await target.put(path, noise(400, 1));
      expect(await contentOf(path)).toEqual(noise(400, 1));
    });

    test('puts back what another hand has removed', async ({ skip }) => {
      if (place.remove === null) return skip(`nothing can be removed from ${name}`);
      const path = `${folder}/deep/pack.bkp`;
      await target.put(path, noise(400));
      await place.remove(`${folder}/deep`);
      expect(await get(path)).toEqual({ state: 'absent' });
      expect(await target.list(`${folder}/deep`)).toEqual([]);
      await target.put(path, noise(400));
      expect(await contentOf(path)).toEqual(noise(400));
    });

    test('is unreachable while it is cut off, and as it was afterwards', async () => {
      const path = `${folder}/pack.bkp`;
      await target.put(path, noise(400));
      await place.cut();
      try {
        expect(await codeOfFailure(target.list(folder))).toBe('target/unreachable');
        expect(await codeOfFailure(get(path))).toBe('target/unreachable');
        expect(await codeOfFailure(target.put(`${folder}/more.bkp`, noise(10)))).toBe('target/unreachable');
        expect(await codeOfFailure(place.open().then((late) => late.list(folder)))).toBe(
          'target/unreachable',
        );
      } finally {
        await place.mend();
      }
      const after = await place.open();
      try {
        expect(await contentOf(path, after)).toEqual(noise(400));
        await after.put(`${folder}/more.bkp`, noise(10));
        expect(await after.list(folder)).toHaveLength(2);
      } finally {
        await after.close();
      }
      // The client that lived through it is of use again.
      expect(await contentOf(path)).toEqual(noise(400));
    });

    test('can still be read while it cannot be written', async ({ skip }) => {
      if (place.makeReadOnly === null) return skip(`${name} knows no such state`);
      const path = `${folder}/pack.bkp`;
      await target.put(path, noise(400));
      await place.makeReadOnly();
      try {
        const code = await codeOfFailure(target.put(`${folder}/more.bkp`, noise(10)));
        expect(['target/read-only', 'target/refused']).toContain(code);
        expect(await codeOfFailure(target.put(path, noise(400, 2)))).toBe(code);
        expect(await contentOf(path)).toEqual(noise(400));
        expect(await target.list(folder)).toHaveLength(1);
      } finally {
        await place.makeWritable?.();
      }
      await target.put(`${folder}/more.bkp`, noise(10));
    });

    test('answers no more once it is closed', async () => {
      const closed = await place.open();
      await closed.put(`${folder}/a.bkp`, noise(3));
      await closed.close();
      expect(await codeOfFailure(closed.list(folder))).toBe('target/unreachable');
      expect(await codeOfFailure(closed.get(`${folder}/a.bkp`, { maxBytes: 10 }))).toBe('target/unreachable');
      expect(await codeOfFailure(closed.put(`${folder}/b.bkp`, noise(3)))).toBe('target/unreachable');
      expect(await target.list(folder)).toHaveLength(1);
    });
  });
}
