import { describe, expect, test } from 'vitest';
import { type ExportChoice, exportColumns, exportObservations } from '@/core/exchange/export.ts';
import { Labels, qualified } from '@/core/exchange/labels.ts';
import type { Form } from '@/core/model/form.ts';
import { parseCsv } from '../../support/libreoffice.ts';
import { bytesOf, day, linesOf, open, opened, plain } from './exported.ts';
import { about, form, full, pullOf, record, reference } from './records.ts';
import { never, quiet, readBack } from './tables.ts';

const columnLabel = (code: string) => new Labels(reference, ['en']).column(code);

describe('the list of observations', () => {
  test('holds every value of every field, codes and labels, in real types', async () => {
    const [line] = linesOf(await opened(open, [full]), 'Observations');
    expect(line).toEqual({
      id: full.id,
      kind: 'indicator',
      'Kind::English (en)': 'Indicator value',
      'Date of the event': '2021-04/..',
      'Date of the event (from)': day('2021-04-01'),
      place: 'KG02000000000',
      'Place::English (en)': 'Issyk-Kul Region',
      'Place (as recorded)': 'Ысык-Көл обл.',
      oblast: 'KG02000000000',
      'Region (oblast)::English (en)': 'Issyk-Kul Region',
      Village: 'Көк-Ой',
      'Note on the place': 'Үчүнчү көчө',
      Title: '=Кыз ала качуу',
      'title.lang': 'ky',
      Narrative: 'Биринчи сап\nэкинчи сап 😀',
      'narrative.lang': 'ky',
      'Title (Translations)::English (en)': 'Bride kidnapping',
      [`${qualified(columnLabel('narrative'), columnLabel('translations')).ru}::Русский (ru)`]:
        'Первая строка',
      themes: 'bride-kidnapping evictions',
      'Themes::English (en)': expect.stringContaining('; '),
      Tags: 'ашыгыч; жаз 2021',
      links: 'KGZ-2020-L.1.a KGZ-2020-L.1.b',
      'source-type': 'witness',
      'Kind of source::English (en)': 'Witness',
      Source: 'Коңшусу',
      'source-connection': 'eyewitness',
      'How the source knows::English (en)': 'Saw or heard it happen',
      reliability: 'likely-reliable',
      'Reliability::English (en)': 'Likely reliable',
      consent: 'given-with-limits',
      'Informed consent::English (en)': 'Given with limits',
      'consent-audience': 'own-organisation media',
      'Consent: who may see it::English (en)': 'Our own organisation; Media',
      'Consent withdrawn: date': '2021-05',
      'Consent withdrawn: date (from)': day('2021-05-01'),
      'Consent withdrawn: date (to)': day('2021-05-31'),
      'Consent: purpose': '- баяндама',
      'consent-lang': 'ky',
      'Consent: language::English (en)': 'Kyrgyz',
      'Consent: date': '2021-04-13',
      'Consent: date (from)': day('2021-04-13'),
      'Consent: date (to)': day('2021-04-13'),
      sensitivity: 'internal',
      'Confidentiality::English (en)': 'Internal',
      status: 'has-issues',
      'Review::English (en)': 'Has issues',
      "Reviewer's note": 'Күнүн тактоо керек',
      'Indicator: definition': 'Класстардын саны',
      'Indicator: value': -3.5,
      'Indicator: unit': 'класс',
      'People involved (number)': 2,
      people: 'victim/female/16-17 alleged-perpetrator/unknown/unknown',
      'People involved::English (en)': 'Victim: Female, 16–17 years; Alleged perpetrator: Unknown, Unknown',
      characteristics: 'ethnic-minority child',
      'People: characteristics::English (en)': expect.stringContaining('; '),
      'Real names': 'Бурул Бакирова',
      Author: 'Айбек',
      'Written (UTC+6)': new Date('2021-04-13T02:30:00Z'),
      'Last changed (UTC+6)': new Date('2021-05-01T12:00:15Z'),
      'wells/dry': 'yes',
      'Dry?::English (en)': 'Yes',
      'Why?': 'Суу жок',
      'wells/why.lang': 'ky',
      'Who told?': 'Мугалим',
      'wells/use': 'drink field',
      'Use::English (en)': 'Drinking; Fields',
      'wells/sex': 'female',
      'Sex::English (en)': 'Female',
      Depth: -12.5,
      Dug: '2020-XX-XX',
      'Dug (from)': day('2020-01-01'),
      'Dug (to)': day('2020-12-31'),
      Owners: 'Owner: Witness; Share: 40; Note: =x\nOwner: Official; Share: 60',
    });
  });

  test('holds translations into every language, whichever languages head it, in a CSV too', async () => {
    const csv = new TextDecoder().decode(await bytesOf({ ...plain, format: 'csv' }, [full]));
    expect(csv).toContain('"Первая строка"');
    expect(csv).toContain('"Bride kidnapping"');
  });

  test('names the translator and the date of each translation in a CSV, which has no sheet of them', async () => {
    const csv = parseCsv(new TextDecoder().decode(await bytesOf({ ...plain, format: 'csv' }, [full])));
    const cell = (header: string) => csv[1]?.[csv[0]?.indexOf(header) ?? -1];
    expect(cell('Рассказ (Переводы)::Русский (ru)')).toBe('Первая строка');
    expect(cell('Переводчик (Рассказ)::Русский (ru)')).toBe('Нигора');
    expect(cell('Дата перевода (Рассказ)::Русский (ru)')).toBe('2021-04-20');
    expect(cell('Translator (Narrative)::English (en)')).toBe('');
  });

  test('keeps code columns when the languages change, and adds a label column for each language', async () => {
    const headers = async (locales: ExportChoice['locales']): Promise<string[]> => {
      const workbook = await opened({ ...plain, locales, columns: ['kind', 'title', 'place'] }, [full]);
      return ((workbook.worksheets[0]?.getRow(1).values ?? []) as string[]).slice(1);
    };
    expect(await headers(['ky', 'ru'])).toEqual([
      'id',
      'kind',
      'Түрү::Кыргызча (ky)',
      'Вид::Русский (ru)',
      'Аталышы',
      'title.lang',
      'place',
      'Жер::Кыргызча (ky)',
      'Место::Русский (ru)',
      'Жер (жазылган боюнча)',
      'Чечилбеген карама-каршылыктар (саны)',
      'Чечилбеген карама-каршылыктар',
    ]);
    const uzbek = await headers(['uz-Latn', 'uz-Cyrl']);
    expect(uzbek.filter((header) => ['id', 'kind', 'place', 'title.lang'].includes(header))).toHaveLength(4);
    expect(uzbek).toContain('Turi::Oʻzbekcha (uz-Latn)');
    expect(uzbek).toContain('Тури::Ўзбекча (uz-Cyrl)');
  });

  test('shows a code that no list knows as the code', async () => {
    const [line] = linesOf(
      await opened(plain, [
        record('x', { reliability: 'from-the-future', place: { unit: 'KG99', label: 'Эски' } }),
      ]),
      'Observations',
    );
    expect(line).toMatchObject({
      'Reliability::English (en)': 'from-the-future',
      'Place::English (en)': 'Эски',
    });
  });

  test('leaves out answers that no longer apply, and says how many', async () => {
    const answers = { ...full.observation.answers, 'wells/dry': 'no', 'gone/question': 'x' };
    const workbook = await opened(open, [
      { ...full, observation: { ...full.observation, answers }, unread: { later: 1 } },
    ]);
    const [line] = linesOf(workbook, 'Observations');
    expect(line).not.toHaveProperty('Why?');
    expect(line).toHaveProperty('Depth');
    const readMe = Object.fromEntries(
      linesOf(workbook, 'Read me').map(({ Item, Content }) => [Item, Content]),
    );
    expect(readMe['Left out: answers that no longer apply']).toMatch(/^1\./);
    expect(readMe['Left out: answers without a form']).toMatch(/^1\./);
    expect(readMe['Left out: fields of a newer version']).toMatch(/^1\./);
  });

  test('refuses a column that does not exist', async () => {
    await expect(bytesOf({ ...plain, columns: ['nonsense'] }, [full])).rejects.toMatchObject({
      code: 'export/unknown-column',
    });
  });
});

describe('the other sheets', () => {
  test('hold one row for each link, person, translation and row of a table', async () => {
    const workbook = await opened(open, [full, record('b', {})]);
    expect(workbook.worksheets.map(({ name }) => name)).toEqual([
      'Observations',
      'Links',
      'Measures',
      'People',
      'Translations',
      'owners',
      'Read me',
    ]);
    expect(linesOf(workbook, 'Links')).toEqual([
      {
        observation: full.id,
        Title: '=Кыз ала качуу',
        measure: 'KGZ-2020-L.1.a',
        direction: 'regression',
        'Direction::English (en)': 'Regression',
        Comment: 'Арыз кабыл алынган жок',
        'Text of the measure::English (en)':
          'encourage stronger measures to enforce the laws criminalizing bride kidnapping',
      },
      {
        observation: full.id,
        Title: '=Кыз ала качуу',
        measure: 'KGZ-2020-L.1.b',
        direction: 'no-change',
        'Direction::English (en)': 'No change',
        'Text of the measure::English (en)': 'child marriage',
      },
    ]);
    expect(linesOf(workbook, 'People')[0]).toMatchObject({
      observation: full.id,
      person: 'p1',
      role: 'victim',
      sex: 'female',
      'age-group': '16-17',
      characteristics: 'ethnic-minority child',
      'Real names': 'Бурул Бакирова',
    });
    expect(linesOf(workbook, 'Translations')).toMatchObject([
      {
        field: 'narrative',
        'text.lang': 'ru',
        Text: 'Первая строка',
        Translator: 'Нигора',
        'Date of the translation (to)': day('2021-04-20'),
      },
      { field: 'title', 'text.lang': 'en', Text: 'Bride kidnapping' },
    ]);
    expect(linesOf(workbook, 'owners')).toEqual([
      {
        observation: full.id,
        Row: 1,
        who: 'witness',
        'Owner::English (en)': 'Witness',
        Share: 40,
        Note: '=x',
      },
      { observation: full.id, Row: 2, who: 'official', 'Owner::English (en)': 'Official', Share: 60 },
    ]);
  });

  test('of table questions have names that no other sheet has, nor Excel for itself', async () => {
    const codes = ['people', 'LINKS', 'observations', 'History', 'read-me', 'a'.repeat(40), 'b.2', 'B', 'b'];
    const [section] = form.sections;
    const [owners] = (section?.questions ?? []).filter(({ type }) => type === 'rows');
    const own = {
      ...form,
      sections: [{ ...section, questions: codes.map((code) => ({ ...owners, code })) }],
    } as Form;
    const answers = Object.fromEntries(codes.map((code) => [`wells/${code}`, [{ share: 1 }]]));
    const filled = { ...full, observation: { ...full.observation, answers } };
    const forms = [own];
    const columns = exportColumns({ ...reference, forms }).map(({ code }) => code);
    const bytes = await exportObservations(
      { ...open, columns },
      { ...about, total: 1 },
      { ...reference, forms },
      pullOf([filled]),
      quiet,
      never,
    );
    const names = (await readBack(bytes)).worksheets.map(({ name }) => name);
    expect(names).toEqual([
      ...['Observations', 'Links', 'Measures', 'People', 'Translations'],
      ...['people.2', 'LINKS.2', 'observations.2', 'History.2', 'read-me', 'a'.repeat(31), 'b.2', 'B', 'b.3'],
      'Read me',
    ]);
  });

  test('count each measure of the catalogue by direction', async () => {
    const again = record('b', { links: { 'KGZ-2020-L.1.a': { direction: 'progress', comment: '' } } });
    const lines = linesOf(await opened(plain, [full, again]), 'Measures');
    expect(lines).toHaveLength(134);
    expect(lines.find(({ measure }) => measure === 'KGZ-2020-L.1.a')).toMatchObject({
      Progress: 1,
      'No change': 0,
      Regression: 1,
      'Observations, all': 2,
      area: 'KGZ-2020-L.1',
    });
    expect(lines.reduce((sum, line) => sum + Number(line['Observations, all']), 0)).toBe(3);
  });

  test('carry a translation of a measure beside its text, called unofficial', async () => {
    const ru = {
      ...reference.catalogue.translations.ru,
      items: { 'KGZ-2020-L.1.b': { text: 'детские браки' } },
    };
    const translated = {
      ...reference,
      catalogue: { ...reference.catalogue, translations: { ru: ru as never } },
    };
    const bytes = await exportObservations(
      { ...plain, locales: ['ru'] },
      about,
      translated,
      pullOf([full]),
      quiet,
      never,
    );
    const lines = linesOf(await readBack(bytes), 'Связи с мерами');
    expect(lines[1]).toMatchObject({
      'Текст меры::English (en)': 'child marriage',
      'Неофициальный перевод::Русский (ru)': 'детские браки',
    });
  });
});
