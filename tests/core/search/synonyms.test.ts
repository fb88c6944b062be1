import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SearchIndex } from '@/core/search/index.ts';
import { parseSynonyms, type Synonyms } from '@/core/search/synonyms.ts';

const synonyms = parseSynonyms({
  format: 'baikoo-synonyms',
  version: 1,
  groups: [
    ['узбек', 'өзбек'],
    ['кыз', 'girl'],
    ['суд ош', 'oshcourt'],
    ['мектеп', 'maktab', 'школа'],
    ['кыз ала качуу', 'похищение невест', 'bride kidnapping'],
    ['Ош', 'Ўш'],
    ['иш', 'дело'],
  ],
});

function found(query: string, text: string): boolean {
  const index = new SearchIndex();
  index.put(0, [{ field: 1, text }]);
  const inTail = index.search(query, synonyms).length === 1;
  index.serialise();
  expect(index.search(query, synonyms).length === 1).toBe(inTail);
  return inTail;
}

describe('a query is widened by the synonyms', () => {
  test.each([
    ['узбек', 'өзбек тилинде'],
    ['ozbek', 'өзбек тилинде'],
    ['өзбек', 'ўзбек тилида'],
    ['мектеп', 'мактабда'],
    ['мактаб', 'школа в городе'],
    ['мектептерде', 'maktab'],
    ['кыз', 'a girl'],
    ['суд Ош', 'oshcourt'],
    ['maktabda oʻzbek', 'мектепте өзбек балдар'],
    ['кыз ала качуу', 'дело о похищение невест'],
    ['bride kidnapping', 'кыз ала качууга каршы'],
    ['кража bride kidnapping', 'кража: похищение невест'],
    ['дело', 'иш козголду'],
  ])('"%s" finds "%s"', (query, text) => {
    expect(found(query, text)).toBe(true);
  });

  test.each([
    ['узбек', 'башка тил'],
    ['мек', 'maktab'],
    ['кыз ала', 'похищение невест'],
    ['bride kidnapping', 'похищение детей'],
    ['кыз качуу', 'похищение невест'],
    ['ошибка', 'Ўшга'],
    ['кыз ала качуу', 'a girl'],
    ['суд ошибка', 'oshcourt'],
    ['дело', 'ишеним'],
  ])('"%s" does not find "%s"', (query, text) => {
    expect(found(query, text)).toBe(false);
  });
});

function seededSynonyms(): Synonyms {
  const file = readFileSync(new URL('../../../seeds/synonyms.json', import.meta.url), 'utf8');
  return parseSynonyms(JSON.parse(file));
}

describe('the synonyms file', () => {
  test('of the seeds is read, and bridges what the fold does not', () => {
    const seeded = seededSynonyms();
    const index = new SearchIndex();
    index.put(0, [{ field: 1, text: 'өзбек тилиндеги мектеп' }]);
    expect(index.search('узбек', seeded).length).toBe(1);
    expect(index.search('oʻzbek maktab', seeded).length).toBe(1);
    expect(index.search('узбек')).toEqual([]);
  });

  test.each([
    ['sentabr', 'в сентябре 2021 года'],
    ['oktabrda', '2010 йил 12 октябрь'],
    ['january', '2021-жылдын январында'],
    ['июнь', 'the events of June 2010'],
  ])('of the seeds knows the months in every language: "%s" finds "%s"', (query, text) => {
    const index = new SearchIndex();
    index.put(0, [{ field: 1, text }]);
    expect(index.search(query, seededSynonyms()).length).toBe(1);
  });

  test.each([
    [null],
    [{ format: 'baikoo-synonyms', version: 2, groups: [] }],
    [{ format: 'baikoo-synonyms', version: 1, groups: [['узбек']] }],
    [{ format: 'baikoo-synonyms', version: 1, groups: [['узбек', '  ']] }],
    [{ format: 'baikoo-synonyms', version: 1, groups: [['узбек', 3]] }],
  ])('is refused when malformed: %j', (file) => {
    expect(() => parseSynonyms(file)).toThrow(/synonyms file is malformed/);
  });
});
