import { LOCALES, type Locale } from '../base/locales.ts';
import type { Observation, Person, Text } from '../model/observation.ts';
import {
  type Column,
  codeColumn,
  codedColumns,
  dateColumns,
  labelColumns,
  lineColumn,
  numberColumn,
  termColumns,
  textColumn,
  timeColumn,
} from './column.ts';
import type { Field } from './field.ts';
import { type Labels, qualified } from './labels.ts';
import type { ExportRecord } from './record.ts';

type Columns = readonly Column<ExportRecord>[];
type Read<T> = (observation: Observation) => T;

/** The texts of an observation that are translated. */
const TRANSLATED = ['title', 'narrative'] as const;

const translationLocales = (labels: Labels): Locale[] => [...new Set([...labels.locales, ...LOCALES])];

/** The keys of a keyed collection in an order every device agrees on. */
export const keysOf = (collection: Readonly<Record<string, unknown>>): string[] =>
  Object.keys(collection).sort();

/** `victim/female/16-17`, and the same in words. */
export const personCode = ({ role, sex, ageGroup }: Person): string =>
  [role, sex ?? 'unknown', ageGroup ?? 'unknown'].join('/');

function personWords(labels: Labels, code: string, locale: Locale): string {
  const [role = '', sex = '', age = ''] = code.split('/');
  const words = [labels.term('sexes', sex, locale), labels.term('age-groups', age, locale)];
  return `${labels.term('person-roles', role, locale)}: ${words.join(', ')}`;
}

/**
 * The fields of an observation that an export can show, in the order in which a colleague reads them; forms' questions
 * come from `form-fields.ts`. Sensitive: what could lead to a source or a victim. Whether consent was given, to whom
 * the record may be shown, and whether consent was withdrawn are not: whoever receives the file must know.
 */
export function observationFields(labels: Labels): Field[] {
  const field = (
    code: string,
    registers: readonly string[],
    columns: (code: string, label: ReturnType<Labels['column']>) => Columns,
    marks: { sensitive?: boolean; standard?: boolean } = {},
  ): Field => {
    const label = labels.column(code);
    const { sensitive = false, standard = !sensitive } = marks;
    return { code, label, sensitive, standard, registers, columns: columns(code, label) };
  };
  const line = (code: string, register: string, read: Read<string | null>, marks = {}): Field =>
    field(
      code,
      [register],
      (name, label) => [lineColumn(labels, name, label, ({ observation }) => read(observation) || null)],
      marks,
    );
  const note = (code: string, register: string, read: Read<string>, marks = {}): Field =>
    field(
      code,
      [register],
      (name, label) => [textColumn(labels, name, label, ({ observation }) => read(observation) || null)],
      marks,
    );
  const term = (
    code: string,
    register: string,
    list: string,
    read: Read<string | null | readonly string[]>,
    marks = {},
  ): Field =>
    field(
      code,
      [register],
      (name, label) =>
        termColumns(labels, name, label, list, ({ observation }) => {
          const codes = read(observation);
          return codes === null ? [] : typeof codes === 'string' ? [codes] : codes;
        }),
      marks,
    );
  const date = (code: string, register: string, read: Read<string>, marks = {}): Field =>
    field(
      code,
      [register],
      (name, label) => dateColumns(labels, name, label, ({ observation }) => read(observation)),
      marks,
    );
  const words = (code: 'title' | 'narrative', read: Read<Text>): Field =>
    field(code, [code], (name, label) => {
      const column = code === 'title' ? lineColumn : textColumn;
      return [
        {
          ...column<ExportRecord>(labels, name, label, (r) => read(r.observation).text || null),
          repeats: false,
        },
        langColumn(labels, name, (r) => (read(r.observation).text === '' ? null : read(r.observation).lang)),
      ];
    });

  return [
    field('id', [], (name, label) => [
      codeColumn(labels, name, label, ({ id }) => id, { width: 30, repeats: false }),
    ]),
    term('kind', 'kind', 'observation-kinds', (o) => o.kind),
    date('date', 'date', (o) => o.date),
    field('place', ['place'], (name, label) => placeColumns(labels, name, label)),
    field('oblast', [], (name, label) => oblastColumns(labels, name, label)),
    line('village', 'village', (o) => o.village),
    note('place-note', 'placeNote', (o) => o.placeNote, { sensitive: true }),
    words('title', (o) => o.title),
    words('narrative', (o) => o.narrative),
    field('translations', ['translations'], () => translationColumns(labels), { standard: false }),
    term('themes', 'themes', 'themes', (o) => keysOf(o.themes)),
    line('tags', 'tags', (o) => keysOf(o.tags).join('; ')),
    field('links', ['links'], (name, label) => [
      codeColumn(labels, name, label, ({ observation }) => keysOf(observation.links).join(' ') || null),
    ]),
    term('source-type', 'sourceType', 'source-types', (o) => o.sourceType),
    line('source', 'source', (o) => o.source, { sensitive: true }),
    term('source-connection', 'sourceConnection', 'source-connections', (o) => o.sourceConnection, {
      sensitive: true,
    }),
    term('reliability', 'reliability', 'reliability', (o) => o.reliability),
    term('consent', 'consent', 'consent-states', (o) => o.consent),
    term('consent-audience', 'consentAudience', 'consent-audiences', (o) => o.consentAudience),
    date('consent-withdrawn', 'consentWithdrawnOn', (o) => o.consentWithdrawnOn),
    note('consent-purpose', 'consentPurpose', (o) => o.consentPurpose, { sensitive: true }),
    term('consent-lang', 'consentLang', 'languages', (o) => o.consentLang, { sensitive: true }),
    date('consent-date', 'consentDate', (o) => o.consentDate, { sensitive: true }),
    term('sensitivity', 'sensitivity', 'sensitivities', (o) => o.sensitivity),
    term('status', 'status', 'statuses', (o) => o.status),
    note('review-note', 'reviewNote', (o) => o.reviewNote, { sensitive: true }),
    line('indicator-definition', 'indicatorDefinition', (o) => o.indicatorDefinition),
    field('indicator-value', ['indicatorValue'], (name, label) => [
      numberColumn(labels, name, label, ({ observation }) => observation.indicatorValue),
    ]),
    line('indicator-unit', 'indicatorUnit', (o) => o.indicatorUnit),
    field('people', ['people'], (name, label) => peopleColumns(labels, name, label)),
    term(
      'characteristics',
      'people-characteristics',
      'characteristics',
      (o) => [...new Set(keysOf(o.people).flatMap((key) => o.people[key]?.characteristics ?? []))],
      { sensitive: true },
    ),
    line(
      'names',
      'names',
      (o) =>
        keysOf(o.names)
          .flatMap((key) => o.names[key] || [])
          .join('; '),
      {
        sensitive: true,
      },
    ),
    field('author', [], (name, label) => [
      lineColumn(labels, name, label, ({ author }) => labels.member(author)),
    ]),
    field('created', [], (name, label) => [timeColumn(labels, name, label, ({ createdAt }) => createdAt)]),
    field('updated', [], (name, label) => [timeColumn(labels, name, label, ({ updatedAt }) => updatedAt)]),
  ];
}

/** BCP 47 code of the language a text was written in. */
export const langColumn = <S>(labels: Labels, name: string, lang: (source: S) => string | null): Column<S> =>
  codeColumn(labels, `${name}.lang`, labels.column('language'), lang, { width: 14 });

function placeColumns(labels: Labels, name: string, label: ReturnType<Labels['column']>): Columns {
  return [
    ...codedColumns<ExportRecord>(
      labels,
      name,
      label,
      ({ observation: { place } }) => (place === null ? [] : [place.unit]),
      (unit, locale, { observation }) =>
        labels.place(unit)?.names[locale] ?? observation.place?.label ?? unit,
    ),
    lineColumn(
      labels,
      `${name}.recorded`,
      qualified(label, labels.word('as-recorded')),
      ({ observation }) => observation.place?.label || null,
    ),
  ];
}

const oblastColumns = (labels: Labels, name: string, label: ReturnType<Labels['column']>): Columns =>
  codedColumns<ExportRecord>(
    labels,
    name,
    label,
    ({ observation: { place } }) => (place === null ? [] : [labels.oblastOf(place.unit)?.id ?? []].flat()),
    (unit, locale) => labels.place(unit)?.names[locale] ?? unit,
  );

const peopleColumns = (labels: Labels, name: string, label: ReturnType<Labels['column']>): Columns => [
  numberColumn(labels, `${name}.count`, qualified(label, labels.word('count')), ({ observation }) => {
    const count = Object.keys(observation.people).length;
    return count === 0 ? null : count;
  }),
  ...codedColumns<ExportRecord>(
    labels,
    name,
    label,
    ({ observation: { people } }) => keysOf(people).map((key) => personCode(people[key] as Person)),
    (code, locale) => personWords(labels, code, locale),
  ),
];

/**
 * `narrative::Русский (ru)` beside the text a person wrote: its translation into each language, those of the export
 * first. A translation is somebody's words, not a label: none is left out because another language was chosen.
 */
const translationColumns = (labels: Labels): Columns =>
  TRANSLATED.flatMap((part) =>
    labelColumns<ExportRecord>(
      labels,
      `translations.${part}`,
      qualified(labels.column(part), labels.column('translations')),
      ({ observation }, locale) => observation.translations[`${part}/${locale}`]?.text || null,
      { width: part === 'title' ? 30 : 70, wrap: true, repeats: false, primary: true },
      translationLocales(labels),
    ),
  );

/** Who translated, and when, for each of the columns of translations: for a file that has no sheet of them. */
export const translationCredits = (labels: Labels): Columns =>
  TRANSLATED.flatMap((part) =>
    (['translator', 'translated-on'] as const).flatMap((credit) =>
      labelColumns<ExportRecord>(
        labels,
        `translations.${part}.${credit}`,
        qualified(labels.column(credit), labels.column(part)),
        ({ observation }, locale) => {
          const translation = observation.translations[`${part}/${locale}`];
          return (credit === 'translator' ? translation?.translator : translation?.on) || null;
        },
        {},
        translationLocales(labels),
      ),
    ),
  );
