import type { Json } from '@/core/base/json.ts';
import type { Locale } from '@/core/base/locales.ts';
import type { Column, Question } from '@/core/model/form.ts';
import type { Person, Text } from '@/core/model/observation.ts';
import {
  catalogue,
  formOf,
  optionLabel,
  places,
  questionsOf,
  type Story,
  term,
  translatedMeasure,
} from './story.ts';
import type { Line, Value } from './workbook-reader.ts';

/**
 * What a workbook must say of a story, worked out from the story and the lists alone: nothing here asks the product.
 * Cells by column name; an empty cell has no entry, so a value too many is found as well as one too few.
 */

type Cells = Record<string, Value>;

/** First and last day that each of the stories' dates can mean. */
const DAYS: Readonly<Record<string, readonly [from: string, to: string]>> = {
  '2023-11-14~': ['2023-11-14', '2023-11-14'],
  '2024-08/2024-09': ['2024-08-01', '2024-09-30'],
};

const day = (iso: string): Date => new Date(`${iso}T00:00:00Z`);

class Row {
  readonly cells: Cells = {};
  readonly #locales: readonly Locale[];

  constructor(locales: readonly Locale[]) {
    this.#locales = locales;
  }

  get first(): Locale {
    return this.#locales[0] as Locale;
  }

  plain(name: string, value: Value): void {
    if (value !== null && value !== '') this.cells[name] = value;
  }

  date(name: string, edtf: string): void {
    if (edtf === '') return;
    const [from, to] = DAYS[edtf] ?? [edtf, edtf];
    Object.assign(this.cells, { [name]: edtf, [`${name}.from`]: day(from), [`${name}.to`]: day(to) });
  }

  text(name: string, { text, lang }: Text): void {
    Object.assign(this.cells, { [name]: text, [`${name}.lang`]: lang });
  }

  coded(name: string, codes: readonly string[], word: (code: string, locale: Locale) => string): void {
    if (codes.length === 0) return;
    this.cells[name] = codes.join(' ');
    for (const locale of this.#locales) {
      this.cells[`${name}::${locale}`] = codes.map((code) => word(code, locale)).join('; ');
    }
  }

  terms(name: string, list: string, codes: readonly (string | null)[]): void {
    const known = codes.filter((code) => code !== null);
    this.coded(name, known, (code, locale) => term(list, code, locale));
  }
}

/** Everything in the list but what only the vault knows: id, author and times. People in the order of `keys`. */
export function expectedObservation(
  story: Story,
  keys: readonly string[],
  locales: readonly Locale[],
): Cells {
  const { observation: o } = story;
  const row = new Row(locales);
  const unit = (code: string, locale: Locale) => placeOf(code).names[locale];
  row.terms('kind', 'observation-kinds', [o.kind]);
  row.date('date', o.date);
  if (o.place !== null) {
    row.coded('place', [o.place.unit], unit);
    row.plain('place.recorded', o.place.label);
    row.coded('oblast', [placeOf(o.place.unit).parent ?? ''], unit);
  }
  row.plain('village', o.village);
  row.plain('place-note', o.placeNote);
  row.text('title', o.title);
  row.text('narrative', o.narrative);
  row.terms('themes', 'themes', Object.keys(o.themes).sort());
  row.plain('tags', Object.keys(o.tags).sort().join('; '));
  row.plain('links', Object.keys(o.links).sort().join(' '));
  row.terms('source-type', 'source-types', [o.sourceType]);
  row.plain('source', o.source);
  row.terms('source-connection', 'source-connections', [o.sourceConnection]);
  row.terms('reliability', 'reliability', [o.reliability]);
  row.terms('consent', 'consent-states', [o.consent]);
  row.terms('consent-audience', 'consent-audiences', o.consentAudience);
  row.plain('consent-purpose', o.consentPurpose);
  row.terms('consent-lang', 'languages', [o.consentLang]);
  row.date('consent-date', o.consentDate);
  row.terms('sensitivity', 'sensitivities', [o.sensitivity]);
  row.terms('status', 'statuses', [o.status]);
  const people = keys.map((key) => o.people[key] as Person);
  row.plain('people.count', people.length);
  row.coded('people', people.map(personCode), personWords);
  row.terms('characteristics', 'characteristics', [
    ...new Set(people.flatMap(({ characteristics }) => characteristics)),
  ]);
  row.plain('names', keys.flatMap((key) => o.names[key] ?? []).join('; '));
  const form = formOf(story);
  for (const question of questionsOf(form)) {
    const value = o.answers[`${form.code}/${question.code}`];
    if (value !== undefined) answer(row, `${form.code}/${question.code}`, question, value);
  }
  return row.cells;
}

function placeOf(unit: string) {
  const place = places.find(({ id }) => id === unit);
  if (place === undefined) throw new Error(`There is no place ${unit}.`);
  return place;
}

const personCode = ({ role, sex, ageGroup }: Person): string => `${role}/${sex}/${ageGroup}`;

function personWords(code: string, locale: Locale): string {
  const [role = '', sex = '', age = ''] = code.split('/');
  const what = `${term('sexes', sex, locale)}, ${term('age-groups', age, locale)}`;
  return `${term('person-roles', role, locale)}: ${what}`;
}

function answer(row: Row, name: string, question: Question, value: Json): void {
  switch (question.type) {
    case 'text':
      row.text(name, value as Text);
      break;
    case 'date':
      row.date(name, value as string);
      break;
    case 'choice':
      row.coded(name, [value as string], (code, locale) => optionLabel(question, code, locale));
      break;
    case 'choices':
      row.coded(name, value as string[], (code, locale) => optionLabel(question, code, locale));
      break;
    case 'yes-no':
      row.coded(name, [value as string], (code, locale) => term('export-words', code, locale));
      break;
    case 'rows': {
      const lines = (value as Record<string, Json>[]).map((cells) => rowWords(question, cells, row.first));
      row.plain(name, lines.join('\n'));
      break;
    }
    default:
      row.plain(name, value as string | number);
      break;
  }
}

const cellWords = (column: Column, value: Json, locale: Locale): string =>
  column.type === 'choice' ? optionLabel(column, String(value), locale) : String(value);

const rowWords = (question: Question, cells: Record<string, Json>, locale: Locale): string =>
  (question.columns ?? [])
    .filter(({ code }) => cells[code] !== undefined)
    .map((column) => `${column.label[locale]}: ${cellWords(column, cells[column.code] as Json, locale)}`)
    .join('; ');

/** How a language heads its columns: `Русский (ru)`. */
const AUTONYMS: Readonly<Record<Locale, string>> = {
  ky: 'Кыргызча (ky)',
  ru: 'Русский (ru)',
  'uz-Latn': 'Oʻzbekcha (uz-Latn)',
  'uz-Cyrl': 'Ўзбекча (uz-Cyrl)',
  en: 'English (en)',
};

const headed = (label: string, locale: Locale): string => `${label}::${AUTONYMS[locale]}`;

function codedLine(
  name: string,
  label: Readonly<Record<Locale, string>>,
  code: string,
  word: (locale: Locale) => string,
  locales: readonly Locale[],
): Cells {
  return {
    [name]: code,
    ...Object.fromEntries(locales.map((locale) => [headed(label[locale], locale), word(locale)])),
  };
}

const columnLabel = (code: string): Record<Locale, string> => ({
  ky: term('export-columns', code, 'ky'),
  ru: term('export-columns', code, 'ru'),
  'uz-Latn': term('export-columns', code, 'uz-Latn'),
  'uz-Cyrl': term('export-columns', code, 'uz-Cyrl'),
  en: term('export-columns', code, 'en'),
});

/** The rows that a story adds to the sheet of links, by header: code, direction, comment, and the letter's own words. */
export function expectedLinks(story: Story, id: string, locales: readonly Locale[]): Cells[] {
  const first = locales[0] as Locale;
  const measures = new Map(
    catalogue.areas.flatMap((area) => area.measures.map((each) => [each.code, each] as const)),
  );
  return Object.entries(story.observation.links)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([code, { direction, comment }]) => ({
      observation: id,
      [columnLabel('title')[first]]: story.observation.title.text,
      measure: code,
      ...codedLine(
        'direction',
        columnLabel('direction'),
        direction,
        (locale) => term('directions', direction, locale),
        locales,
      ),
      [columnLabel('comment')[first]]: comment,
      [headed(columnLabel('measure-text')[first], 'en')]: measures.get(code)?.text ?? '',
      ...Object.fromEntries(
        locales
          .filter((locale) => locale !== 'en')
          .map((locale) => [
            headed(columnLabel('measure-translation')[locale], locale),
            translatedMeasure(code, locale),
          ]),
      ),
    }));
}

/** The rows that a story adds to the sheet of people, by header, without the people's random keys. */
export function expectedPeople(story: Story, id: string, locales: readonly Locale[]): Cells[] {
  const first = locales[0] as Locale;
  const { people, names } = story.observation;
  const coded = (name: string, list: string, codes: readonly string[]): Cells =>
    codes.length === 0
      ? {}
      : codedLine(
          name,
          columnLabel(name),
          codes.join(' '),
          (locale) => codes.map((code) => term(list, code, locale)).join('; '),
          locales,
        );
  return Object.entries(people).map(([key, person]) => ({
    observation: id,
    ...coded('role', 'person-roles', [person.role]),
    ...coded('sex', 'sexes', [person.sex ?? '']),
    ...coded('age-group', 'age-groups', [person.ageGroup ?? '']),
    ...coded('characteristics', 'characteristics', person.characteristics),
    ...(names[key] === undefined ? {} : { [columnLabel('names')[first]]: names[key] }),
  }));
}

/** The sheets of a story's tables by name, each row by header. */
export function expectedTables(
  story: Story,
  id: string,
  locales: readonly Locale[],
): ReadonlyMap<string, readonly Line[]> {
  const first = locales[0] as Locale;
  const form = formOf(story);
  const tables = new Map<string, readonly Line[]>();
  for (const question of questionsOf(form)) {
    const value = story.observation.answers[`${form.code}/${question.code}`];
    if (question.type !== 'rows' || value === undefined) continue;
    const lines = (value as Record<string, Json>[]).map((cells, index) => {
      const line: Cells = { observation: id, [columnLabel('row')[first]]: index + 1 };
      for (const column of question.columns ?? []) {
        const cell = cells[column.code];
        if (cell === undefined) continue;
        if (column.type === 'choice') {
          const words = (locale: Locale) => cellWords(column, cell, locale);
          Object.assign(line, codedLine(column.code, column.label, String(cell), words, locales));
        } else line[column.label[first]] = cell as string | number;
      }
      return line;
    });
    tables.set(question.code, lines);
  }
  return tables;
}

/** Everything sensitive that a story says, as the texts that must not leave unless ticked. */
export function sensitiveTexts({ observation: o, ...story }: Story): string[] {
  const questions = questionsOf(formOf({ observation: o, ...story }));
  const answers = Object.entries(o.answers).flatMap(([key, value]) => {
    const question = questions.find(({ code }) => key.endsWith(`/${code}`));
    if (question?.sensitive !== true) return [];
    if (question.type === 'text') return [(value as Text).text];
    if (question.type === 'line') return [value as string];
    if (question.type === 'rows') return (value as { did?: string }[]).flatMap(({ did }) => did ?? []);
    return [];
  });
  return [o.placeNote, o.source, o.consentPurpose, ...answers];
}

/** How many filled sensitive fields the export dialog must count in a story. */
export function sensitiveCount(story: Story): number {
  const { observation: o } = story;
  const own = [o.placeNote, o.source, o.sourceConnection, o.consentPurpose, o.consentLang, o.consentDate];
  const marked = Object.values(o.people).some(({ characteristics }) => characteristics.length > 0);
  const form = formOf(story);
  const answered = questionsOf(form).filter(
    ({ code, sensitive }) => sensitive === true && o.answers[`${form.code}/${code}`] !== undefined,
  );
  return own.filter((value) => value !== null && value !== '').length + (marked ? 1 : 0) + answered.length;
}
