import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { concat } from '@/core/base/bytes.ts';
import { CodedError } from '@/core/base/coded-error.ts';
import type { Entry } from '@/core/journal/entry.ts';
import type { Position } from '@/core/journal/frame.ts';
import type { Sealer } from '@/core/vault/envelope.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { entry, hostWith, open, remembering, sealerOf, written } from './sample-journal.ts';

const COUNT = 50;
let sealer: Sealer;
let file: Uint8Array<ArrayBuffer>;
let entries: Entry[];
let spellings: string[];
let positions: Position[];
/** Offsets at which frames begin, and the end of the file. */
let edges: number[];
let frames: Uint8Array<ArrayBuffer>[];

beforeAll(async () => {
  sealer = remembering(await sealerOf());
  const sample = await written(sealer, COUNT);
  positions = sample.positions;
  file = sample.host.disk.journal;
  // As they are read back, so that equal entries have one spelling.
  entries = [...(await replayed(file)).entries];
  spellings = entries.map((one) => JSON.stringify(one));
  expect(entries).toEqual(sample.entries);
  edges = [0, ...positions.map(({ offset }) => offset)];
  frames = positions.map(({ offset }, i) => file.slice(edges[i], offset));
});

const replayed = (bytes: Uint8Array) => open(hostWith(bytes), sealer);
/** The frames with these numbers (from 0), one after another. */
const assembled = (...numbers: number[]) => concat(...numbers.map((n) => frames[n] as Uint8Array));
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);
const numberOf = (one: Entry) => spellings.indexOf(JSON.stringify(one));
/** `toEqual` takes milliseconds for arrays of this length. */
const sameBytes = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;
const silent = { damage: [], misplaced: 0, unreadable: 0, torn: null };

describe('a journal of fifty changes', () => {
  test('cut at any byte gives every whole frame before the cut, and sets the rest aside', async () => {
    for (let length = 0; length <= file.length; length++) {
      const whole = positions.filter(({ offset }) => offset <= length).length;
      const edge = edges[whole] as number;
      const host = hostWith(file.subarray(0, length));
      const { entries: read, report, position } = await open(host, sealer);
      if (read.length !== whole) expect.fail(`${read.length} of ${whole} frames at length ${length}`);
      if (whole > 0 && JSON.stringify(read.at(-1)) !== spellings[whole - 1]) {
        expect.fail(`the last frame says something else at length ${length}`);
      }
      const torn = length === edge ? null : { bytes: length - edge, file: 'journal-torn-1' };
      expect(report).toEqual({ ...silent, shorter: false, resumed: false, frames: whole, torn });
      expect(position()).toEqual(whole === 0 ? { offset: 0, sequence: 0, chain: '' } : positions[whole - 1]);
      expect(host.disk.journalLength).toBe(edge);
      if (torn !== null) {
        const aside = host.disk.files.get(torn.file) ?? expect.fail('nothing was set aside');
        expect(sameBytes(aside, file.subarray(edge, length))).toBe(true);
      }
    }
    expect((await replayed(file)).entries).toEqual(entries);
  }, 300_000);

  test('goes on after a cut at any byte of a frame as if the rest had never been', async () => {
    const from = edges[10] as number;
    for (let length = from; length < (edges[11] as number); length += 5) {
      const host = hostWith(file.subarray(0, length));
      const next = await entry(51);
      await (await open(host, sealer)).append(next);
      const read = await open(host, sealer);
      expect(read.entries).toEqual([...entries.slice(0, 10), next]);
      expect(read.report).toMatchObject(silent);
    }
  });

  test('with any bit flipped gives every frame but that one, unaltered, and tells where the damage is', async () => {
    const random = seededRandom(50);
    const draw = () => new DataView(random.bytes(4).buffer).getUint32(0);
    const hit = new Set<number>();
    for (let flip = 0; flip < 10_000; flip++) {
      const at = draw() % file.length;
      const altered = file.slice();
      altered[at] = (altered[at] as number) ^ (1 << (draw() % 8));
      const n = positions.findIndex(({ offset }) => at < offset);
      hit.add(n);
      const [start, end] = [edges[n] as number, edges[n + 1] as number];
      const host = hostWith(altered);
      const { entries: read, report } = await open(host, sealer);
      if (
        read.length !== COUNT - 1 ||
        read.some((one, i) => JSON.stringify(one) !== spellings[i < n ? i : i + 1])
      ) {
        expect.fail(`bit flip at ${at} changed what frame ${n} says`);
      }
      const last = n === COUNT - 1;
      expect(report).toEqual({
        ...silent,
        shorter: false,
        resumed: false,
        frames: COUNT - 1,
        damage: last ? [] : [{ offset: start, bytes: end - start, missing: 1 }],
        torn: last ? { bytes: end - start, file: 'journal-torn-1' } : null,
      });
      // Damage in the middle stays as it is, for whoever may mend it.
      if (!last) expect(sameBytes(host.disk.journal, altered)).toBe(true);
    }
    expect(hit.size).toBe(COUNT);
  }, 300_000);

  test('with any stretches lost, repeated, overwritten or swapped gives true frames in rising order, and never silently', async () => {
    const place = fc.nat({ max: file.length });
    const splice = fc.record({
      at: place,
      remove: fc.nat({ max: 1_500 }),
      insert: fc.oneof(
        fc.uint8Array({ maxLength: 100 }),
        fc.tuple(place, fc.nat({ max: 1_500 })).map(([at, length]) => file.slice(at, at + length)),
        fc.nat({ max: COUNT - 1 }).map((n) => frames[n] as Uint8Array),
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(splice, { minLength: 1, maxLength: 6 }), async (splices) => {
        let altered: Uint8Array = file;
        for (const { at, remove, insert } of splices) {
          altered = concat(altered.subarray(0, at), insert, altered.subarray(at + remove));
        }
        let read: Awaited<ReturnType<typeof replayed>>;
        try {
          read = await replayed(altered);
        } catch (error) {
          expect(error).toBeInstanceOf(CodedError);
          expect(error).toMatchObject({ code: 'journal/foreign' });
          return;
        }
        const numbers = read.entries.map(numberOf);
        expect(numbers.every((n, i) => n >= 0 && n > (numbers[i - 1] ?? -1))).toBe(true);
        const { damage, misplaced, torn } = read.report;
        const whole = read.entries.length;
        const prefix =
          altered.length === edges[whole] && sameBytes(altered, file.subarray(0, altered.length));
        expect(damage.length === 0 && misplaced === 0 && torn === null).toBe(prefix);
      }),
      { numRuns: 3_000 },
    );
  }, 300_000);
});

describe('somebody without the key', () => {
  test('who takes frames out is noticed by the frame behind them', async () => {
    const read = await replayed(assembled(0, 1, 2, 6, 7));
    expect(read.entries.map(numberOf)).toEqual([0, 1, 2, 6, 7]);
    expect(read.report).toMatchObject({ damage: [{ offset: edges[3], bytes: 0, missing: 3 }], torn: null });
  });

  test('who takes the first frame away is noticed', async () => {
    const read = await replayed(assembled(1, 2));
    expect(read.report.damage).toEqual([{ offset: 0, bytes: 0, missing: 1 }]);
  });

  test('who repeats a frame has it refused', async () => {
    const read = await replayed(assembled(0, 1, 1, 0, 2));
    expect(read.entries.map(numberOf)).toEqual([0, 1, 2]);
    expect(read.report).toMatchObject({ misplaced: 2, damage: [{ offset: edges[2], missing: 0 }] });
  });

  test('who moves a frame back has it refused', async () => {
    const read = await replayed(assembled(0, 2, 1, 3));
    expect(read.entries.map(numberOf)).toEqual([0, 2, 3]);
    expect(read.report.misplaced).toBe(1);
  });

  test('who repeats frames at the end has them set aside', async () => {
    const host = hostWith(assembled(...upTo(5), 3, 4));
    const read = await open(host, sealer);
    expect(read.entries.map(numberOf)).toEqual(upTo(5));
    expect(read.report).toMatchObject({ misplaced: 2, torn: { file: 'journal-torn-1' } });
    expect(host.disk.journal).toEqual(assembled(...upTo(5)));
  });

  test('who puts in a true frame of another past is noticed', async () => {
    const fork = hostWith(assembled(0, 1, 2));
    const journal = await open(fork, sealer);
    await journal.append(await entry(91));
    await journal.append(await entry(92));
    const forked = fork.disk.journal.slice(edges[3]);
    const second = forked.slice(forked.length / 2);
    const read = await replayed(concat(assembled(0, 1, 2, 3), second));
    expect(read.report.damage).toEqual([{ offset: edges[4], bytes: 0, missing: 0 }]);
  });

  test('who puts two halves of frames together has both refused', async () => {
    const header = (n: number) => (frames[n] as Uint8Array).subarray(0, 37);
    const body = (n: number) => (frames[n] as Uint8Array).subarray(37);
    const read = await replayed(concat(assembled(0, 1), header(2), body(3), assembled(4)));
    expect(read.entries.map(numberOf)).toEqual([0, 1, 4]);
  });
});

test('finds the frame behind one that lost bytes, although the lost one claims its beginning', async () => {
  const lost = frames[1] as Uint8Array;
  const read = await replayed(concat(assembled(0), lost.subarray(0, 60), lost.subarray(70), assembled(2)));
  expect(read.entries.map(numberOf)).toEqual([0, 2]);
});

test('finds the next frame behind a long stretch of zeros or of half markers', async () => {
  for (const filler of [new Uint8Array(2_500_000), new Uint8Array(2_500_001).fill(0x89)]) {
    const read = await replayed(concat(assembled(0, 1), filler, assembled(2)));
    expect(read.entries.map(numberOf)).toEqual([0, 1, 2]);
    expect(read.report.damage).toEqual([{ offset: edges[2], bytes: filler.length, missing: 0 }]);
  }
});

test('finds a marker that lies across two slices', async () => {
  for (let shift = -3; shift <= 3; shift++) {
    // The search begins one byte behind the frame before, in slices of 1 MiB.
    const filler = new Uint8Array(1 + 1024 * 1024 + shift);
    const read = await replayed(concat(assembled(0), filler, assembled(1)));
    expect(read.entries.map(numberOf)).toEqual([0, 1]);
  }
});
