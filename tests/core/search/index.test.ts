import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SearchIndex } from '@/core/search/index.ts';
import { parseSynonyms } from '@/core/search/synonyms.ts';
import { scan } from './finding.ts';

const docsOf = (index: SearchIndex, query: string): number[] =>
  index
    .search(query)
    .map((hit) => hit.doc)
    .sort((left, right) => left - right);

const ranked = (index: SearchIndex, query: string): number[] => index.search(query).map((hit) => hit.doc);

function indexed(texts: readonly string[]): SearchIndex {
  const index = new SearchIndex();
  texts.forEach((text, doc) => {
    index.put(doc, [{ field: 1, text }]);
  });
  return index;
}

/** Words close enough to each other that keys, prefixes and spellings meet all the time. */
const VOCABULARY = [
  ...['кыз', 'қиз', 'qiz', 'кызга', 'кош', 'көч', 'кўч', 'куч', 'kuch', 'ko‘ch', "ko'ch"],
  ...[
    'питание',
    'пита',
    'ё',
    'ёш',
    'yosh',
    'еш',
    'тюп',
    'түп',
    'ташши',
    'сҳ',
    'ш',
    'с',
    'ts',
    'ц',
    'ie',
    'е',
  ],
  ...['Кара-Суу', 'карасу', 'кара', 'суу', 'ала-бука-ата', '11', '1', '111', 'ь', '東京', 'SMSтер', 'cуд'],
];
const word = fc.constantFrom(...VOCABULARY);
const text = fc.array(word, { maxLength: 6 }).map((words) => words.join(' '));
const query = fc.oneof(
  fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' ')),
  fc.tuple(word, fc.nat({ max: 4 })).map(([whole, length]) => whole.slice(0, length + 1)),
  fc.string({ unit: 'binary', maxLength: 6 }),
);

type Step =
  | { readonly act: 'put'; readonly doc: number; readonly text: string }
  | { readonly act: 'remove'; readonly doc: number }
  | { readonly act: 'save' | 'restore' | 'serialise' | 'tidy' };

const doc = fc.nat({ max: 12 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ act: fc.constant('put' as const), doc, text }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('remove' as const), doc }) },
  { weight: 4, arbitrary: fc.record({ act: fc.constantFrom('save', 'restore', 'serialise', 'tidy') }) },
);

describe('laws of the index', () => {
  test('whatever is put, removed, saved, merged and restored, it finds what a plain scan finds', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.array(query, { minLength: 3 }), (steps, queries) => {
        const texts = new Map<number, string>();
        const stored = new Map<string, Uint8Array>();
        let index = new SearchIndex();
        for (const { act, ...what } of steps) {
          if (act === 'put') {
            const put = what as { doc: number; text: string };
            index.put(put.doc, [{ field: 1, text: put.text }]);
            texts.set(put.doc, put.text);
          } else if (act === 'remove') {
            index.remove((what as { doc: number }).doc);
            texts.delete((what as { doc: number }).doc);
          } else if (act === 'tidy') index.tidy();
          else if (act === 'serialise') expect(restored(index.serialise()).size).toBe(texts.size);
          else {
            const pending = index.pending();
            for (const { name, bytes } of pending.put) stored.set(name, bytes);
            for (const name of pending.remove) stored.delete(name);
            pending.done();
            if (act === 'restore') index = restored([...stored.values()]);
          }
        }
        expect(index.size).toBe(texts.size);
        for (const asked of queries) expect(docsOf(index, asked)).toEqual(scan(texts, asked));
        const again = restored(index.serialise());
        for (const asked of queries) expect(again.search(asked)).toEqual(index.search(asked));
      }),
      { numRuns: 300 },
    );
  });

  test('ranks are the same from the tail, from many segments and from one', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 20 }), query, (pairs, asked) => {
        const tail = new SearchIndex();
        const many = new SearchIndex();
        pairs.forEach(([title, narrative], at) => {
          const fields = [
            { field: 0, text: title },
            { field: 1, text: narrative },
          ];
          tail.put(at, fields);
          many.put(at, fields);
          many.serialise();
        });
        expect(many.search(asked)).toEqual(tail.search(asked));
        tail.serialise();
        expect(tail.search(asked)).toEqual(many.search(asked));
      }),
    );
  });
});

function restored(pieces: readonly Uint8Array[]): SearchIndex {
  const index = SearchIndex.restore(pieces);
  if (index === null) throw new Error('The index could not be read back.');
  return index;
}

describe('ranking', () => {
  test('the exact word comes first, then another spelling, then a longer word', () => {
    const index = indexed(['кыздар', 'қиз', 'кыз', 'qizlar', 'qiz']);
    expect(ranked(index, 'кыз')).toEqual([2, 1, 4, 0, 3]);
    expect(ranked(index, 'qiz')).toEqual([4, 1, 2, 0, 3]);
  });

  test('any typed apostrophe and any case count as exact', () => {
    const index = indexed(['ўзбек', 'O‘ZBEK']);
    expect(ranked(index, "o'zbek")).toEqual([1, 0]);
  });

  test('the title comes before the narrative, and equals keep the order of their numbers', () => {
    const index = new SearchIndex();
    index.put(1, [{ field: 1, text: 'мектеп' }]);
    index.put(2, [{ field: 0, text: 'мектеп' }]);
    index.put(3, [
      { field: 1, text: 'мектеп' },
      { field: 0, text: 'мектеп' },
    ]);
    index.put(4, [{ field: 1, text: 'мектеп' }]);
    expect(ranked(index, 'мектеп')).toEqual([2, 3, 1, 4]);
  });

  test('a synonym comes last', () => {
    const synonyms = parseSynonyms({
      format: 'baikoo-synonyms',
      version: 1,
      groups: [['мектеп', 'maktab']],
    });
    const index = indexed(['maktabda', 'мектептер', 'мектеп']);
    expect(index.search('мектеп', synonyms).map((hit) => hit.doc)).toEqual([2, 1, 0]);
    expect(ranked(index, 'мектеп')).toEqual([2, 1]);
  });

  test('every word must be there, in any order and any field', () => {
    const index = new SearchIndex();
    index.put(0, [
      { field: 0, text: 'Ала качуу' },
      { field: 1, text: 'кыз' },
    ]);
    index.put(1, [{ field: 0, text: 'Ала качуу' }]);
    expect(ranked(index, 'кыз качуу')).toEqual([0]);
    expect(ranked(index, '  !  ')).toEqual([]);
    expect(ranked(index, 'ь')).toEqual([]);
  });

  test('a field out of range is refused and nothing is put', () => {
    const index = new SearchIndex();
    expect(() => index.put(0, [{ field: 8, text: 'кыз' }])).toThrow(/from 0 to 7/);
    expect(index.size).toBe(0);
  });
});

describe('the stored index', () => {
  const many = (): SearchIndex =>
    indexed(
      Array.from({ length: 400 }, (_, at) => `кыз сөз${at} бала${at % 7} мектеп${at % 31} иш${at % 3}`),
    );

  test('a save after one edit is small', () => {
    const index = many();
    const first = index.pending();
    first.done();
    expect(index.pending().put.map((piece) => piece.name)).toEqual(['head']);
    index.put(17, [{ field: 1, text: 'жаңы сөз' }]);
    index.remove(18);
    const second = index.pending();
    const bytes = second.put.reduce((sum, piece) => sum + piece.bytes.length, 0);
    expect(second.put.length).toBe(2);
    expect(bytes).toBeLessThan(600);
  });

  test('a save that failed is offered again', () => {
    const index = many();
    const failed = index.pending();
    expect(index.pending().put.map((piece) => piece.name)).toEqual(failed.put.map((piece) => piece.name));
  });

  test('many small saves do not leave many segments', () => {
    const index = new SearchIndex();
    for (let at = 0; at < 300; at++) {
      index.put(at, [{ field: 1, text: `сөз${at}` }]);
      index.pending().done();
    }
    expect(index.footprint.segments).toBeLessThan(20);
    expect(docsOf(index, 'сөз299')).toEqual([299]);
  });

  test('documents edited while a merge is under way keep their newest words', () => {
    const index = new SearchIndex();
    // Four segments large enough that merging them takes several slices.
    for (let doc = 0; doc < 8; doc++) {
      index.put(doc, [{ field: 1, text: Array.from({ length: 3000 }, (_, i) => `у${doc}х${i}`).join(' ') }]);
      if (doc % 2 === 1) index.serialise();
    }
    expect(index.footprint.segments).toBe(4);
    expect(index.tidy()).toBe(true);
    index.put(3, [{ field: 1, text: 'жаңыртылган' }]);
    index.remove(4);
    index.serialise();
    while (index.tidy());
    expect(index.footprint.segments).toBeLessThan(4);
    expect(docsOf(index, 'у3х1')).toEqual([]);
    expect(docsOf(index, 'у4х1')).toEqual([]);
    expect(docsOf(index, 'у5х17')).toEqual([5]);
    expect(docsOf(index, 'жаңыртылган')).toEqual([3]);
    expect(index.size).toBe(7);
  });

  test('no piece outgrows what is encrypted at once, however rare its words', () => {
    const index = new SearchIndex();
    let before = 0;
    for (let doc = 0; doc < 30; doc++) {
      const words = Array.from({ length: 5000 }, (_, i) => (doc * 5000 + i).toString(36));
      index.put(doc, [{ field: 1, text: words.join(' ') }]);
    }
    while (index.tidy());
    for (const piece of index.serialise()) {
      expect(piece.length).toBeLessThan(4_000_000);
      before += piece.length;
    }
    expect(before).toBeGreaterThan(2_000_000);
  });

  test('an index that cannot be trusted is not read', () => {
    const pieces = many().serialise();
    expect(SearchIndex.restore([])).toBeNull();
    expect(SearchIndex.restore(pieces.slice(1))).toBeNull();
    expect(SearchIndex.restore(pieces.slice(0, 1))).toBeNull();
    expect(SearchIndex.restore([...pieces].reverse())?.size).toBe(400);
    const edited = many();
    edited.serialise();
    edited.put(3, [{ field: 1, text: 'башка' }]);
    const later = edited.serialise();
    // The head of one state with the segments of an earlier one.
    expect(SearchIndex.restore([later[0] as Uint8Array, ...pieces.slice(1)])).toBeNull();
    // A segment of the same number from another index.
    const other = indexed(['кыз']).serialise();
    expect(SearchIndex.restore([pieces[0] as Uint8Array, ...other.slice(1)])).toBeNull();
  });

  test('no flipped bit and no cut goes unnoticed', () => {
    const pieces = indexed(['кыз ала качуу', 'ўзбек тили']).serialise();
    fc.assert(
      fc.property(fc.nat(), fc.nat({ max: 7 }), fc.nat({ max: 1 }), (place, bit, which) => {
        const damaged = pieces.map((piece) => piece.slice());
        const piece = damaged[which] as Uint8Array;
        const at = place % piece.length;
        piece[at] = (piece[at] as number) ^ (1 << bit);
        expect(SearchIndex.restore(damaged)).toBeNull();
        const cut = [...pieces];
        cut[which] = piece.slice(0, at);
        expect(SearchIndex.restore(cut)).toBeNull();
      }),
    );
  });
});
