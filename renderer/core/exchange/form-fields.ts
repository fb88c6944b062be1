import type { Json } from '../base/json.ts';
import type { Label, Locale } from '../base/locales.ts';
import { answerKey, formsFor, isAnswered, questionsOfForm, visibility } from '../model/answers.ts';
import type { Form, Column as FormColumn, Question } from '../model/form.ts';
import { type Column, codedColumns, dateColumns, lineColumn, numberColumn, textColumn } from './column.ts';
import type { Field } from './field.ts';
import type { Labels } from './labels.ts';
import { langColumn } from './observation-fields.ts';
import type { ExportRecord } from './record.ts';

export type Row = Readonly<Record<string, Json>>;

/**
 * Reads the answers that count: those to questions that show. The last record asked about is remembered, because all
 * columns of one record are read one after another.
 */
export class AnswerReader {
  readonly #forms: ReadonlyMap<string, Form>;
  #record: ExportRecord | null = null;
  #shows = new Map<string, (question: string) => boolean>();

  constructor(forms: readonly Form[]) {
    this.#forms = new Map(forms.map((form) => [form.code, form]));
  }

  #isVisible({ observation }: ExportRecord, key: string): boolean {
    const slash = key.indexOf('/');
    const code = key.slice(0, slash);
    let shows = this.#shows.get(code);
    if (shows === undefined) {
      const form = this.#forms.get(code);
      const opened = form !== undefined && formsFor(observation.themes, [form]).length > 0;
      shows = opened ? visibility(form, observation.answers) : () => false;
      this.#shows.set(code, shows);
    }
    return shows(key.slice(slash + 1));
  }

  #shown(record: ExportRecord, key: string): boolean {
    if (this.#record !== record) {
      this.#record = record;
      this.#shows.clear();
    }
    return this.#isVisible(record, key);
  }

  /** Undefined when there is no answer, or its question does not show. */
  answer(record: ExportRecord, key: string): Json | undefined {
    const value = record.observation.answers[key];
    return isAnswered(value) && this.#shown(record, key) ? value : undefined;
  }

  /** Answers that no column will show: hidden ones, and those of forms or questions that are gone. */
  unshown(record: ExportRecord, known: ReadonlySet<string>): { hidden: number; unknown: number } {
    let hidden = 0;
    let unknown = 0;
    for (const [key, value] of Object.entries(record.observation.answers)) {
      if (!isAnswered(value)) continue;
      if (!known.has(key)) unknown++;
      else if (!this.#shown(record, key)) hidden++;
    }
    return { hidden, unknown };
  }
}

/** One field for each question of each form. */
export const formFields = (labels: Labels, reader: AnswerReader): Field[] =>
  labels.reference.forms.flatMap((form) =>
    questionsOfForm(form).map((question): Field => {
      const key = answerKey(form.code, question.code);
      return {
        code: key,
        label: question.label,
        sensitive: question.sensitive === true,
        standard: false,
        registers: [`answers/${key}`],
        columns: answerColumns(labels, key, question, (record) => reader.answer(record, key)),
      };
    }),
  );

const asStrings = (value: Json | undefined): string[] =>
  (Array.isArray(value) ? value : [value]).flatMap((item) => (typeof item === 'string' ? [item] : []));

/** An answer of a shape that its question does not have is shown as it stands, not dropped. */
const asWritten = (value: Json | undefined): string | null =>
  value === undefined || value === null ? null : typeof value === 'string' ? value : JSON.stringify(value);

function answerColumns(
  labels: Labels,
  name: string,
  question: Question,
  answer: (record: ExportRecord) => Json | undefined,
): readonly Column<ExportRecord>[] {
  const { label } = question;
  switch (question.type) {
    case 'text': {
      const text = (record: ExportRecord): { text?: string; lang?: string } | undefined => {
        const value = answer(record);
        return typeof value === 'object' && !Array.isArray(value) ? (value as object) : undefined;
      };
      return [
        textColumn(labels, name, label, (record) => text(record)?.text ?? asWritten(answer(record))),
        langColumn(labels, name, (record) => text(record)?.lang ?? null),
      ];
    }
    case 'line':
      return [lineColumn(labels, name, label, (record) => asWritten(answer(record)))];
    case 'number':
      return [
        {
          ...numberColumn<ExportRecord>(labels, name, label, () => null),
          cell: (record) => {
            const value = answer(record);
            return typeof value === 'number' ? value : asWritten(value);
          },
        },
      ];
    case 'date':
      return dateColumns(labels, name, label, (record) => asWritten(answer(record)) ?? '');
    case 'choice':
    case 'choices':
    case 'yes-no':
      return codedColumns(
        labels,
        name,
        label,
        (record) => asStrings(answer(record)),
        (code, locale) => optionLabel(labels, question, code, locale),
      );
    case 'rows':
      return [
        textColumn(
          labels,
          name,
          label,
          (record) =>
            rowsOf(answer(record))
              .map((row) => rowWords(labels, question, row))
              .join('\n') || null,
        ),
      ];
  }
}

const YES_NO = ['yes', 'no', 'unknown'];

function optionLabel(labels: Labels, item: Question | FormColumn, code: string, locale: Locale): string {
  if (item.type === 'yes-no') return YES_NO.includes(code) ? labels.word(code)[locale] : code;
  const own = item.options?.find((option) => option.code === code)?.label[locale];
  return own ?? (item.vocabulary === undefined ? code : labels.term(item.vocabulary, code, locale));
}

export const rowsOf = (value: Json | undefined): Row[] =>
  (Array.isArray(value) ? (value as Json[]) : []).flatMap((row) =>
    typeof row === 'object' && row !== null && !Array.isArray(row) ? [row as Row] : [],
  );

/** A row of a table question in the first language: `Кто: милиция; Сколько: 3`. */
function rowWords(labels: Labels, question: Question, row: Row): string {
  const words: string[] = [];
  for (const column of question.columns ?? []) {
    const cell = row[column.code];
    if (!isAnswered(cell)) continue;
    const text =
      column.type === 'choice' && typeof cell === 'string'
        ? optionLabel(labels, column, cell, labels.first)
        : (asWritten(cell) ?? '');
    words.push(`${column.label[labels.first]}: ${text}`);
  }
  return words.join('; ');
}

/** The columns of a table question's own sheet, one row for each row of an answer. */
export const rowColumns = (labels: Labels, question: Question): readonly Column<Row>[] =>
  (question.columns ?? []).flatMap((column): readonly Column<Row>[] => {
    const label: Label = column.label;
    const read = (row: Row): Json | undefined =>
      isAnswered(row[column.code]) ? row[column.code] : undefined;
    if (column.type === 'choice') {
      return codedColumns<Row>(
        labels,
        column.code,
        label,
        (row) => asStrings(read(row)),
        (code, locale) => optionLabel(labels, column, code, locale),
      );
    }
    return [
      {
        ...lineColumn<Row>(labels, column.code, label, () => null),
        cell: (row) => {
          const value = read(row);
          return typeof value === 'number' ? value : asWritten(value);
        },
      },
    ];
  });
