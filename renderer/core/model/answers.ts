import { z } from 'zod';
import type { Json } from '../base/json.ts';
import { isEdtf, range } from './edtf.ts';
import type { Column, Condition, Form, Question } from './form.ts';
import { type Observation, textSchema } from './observation.ts';
import type { Vocabulary } from './vocabulary.ts';

/** All answers of an observation, by `form/question`. */
export type Answers = Observation['answers'];
export type Check = NonNullable<Question['checks']>[number];

export const answerKey = (form: string, question: string): string => `${form}/${question}`;

/** The forms that an observation's themes open, in the order of `forms`. */
export const formsFor = (themes: Observation['themes'], forms: readonly Form[]): Form[] =>
  forms.filter((form) => form.themes.some((theme) => theme in themes));

const questions = new WeakMap<Form, ReadonlyMap<string, Question>>();

/** A form's questions by code, in order; worked out once for each form, as lists of 100,000 ask for them again and again. */
function questionMap(form: Form): ReadonlyMap<string, Question> {
  let map = questions.get(form);
  if (map === undefined) {
    const all = form.sections.flatMap((section) => section.questions);
    map = new Map(all.map((question) => [question.code, question]));
    questions.set(form, map);
  }
  return map;
}

export const questionsOfForm = (form: Form): Question[] => [...questionMap(form).values()];

/** False for an empty text, list or row: what a person typed and took back is no answer. */
export function isAnswered(value: Json | undefined): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value === 'string') return value.trim() !== '';
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === 'object') return isAnswered((value as { readonly text?: Json }).text);
  return true;
}

/**
 * Codes of the questions to show. A question shows when its condition holds; an answer to a question that does not
 * show counts as no answer, so that a chain of conditions closes behind the answer that opened it. Nothing is
 * deleted by hiding: the answer is there again when its question is.
 */
export function visibleQuestions(form: Form, answers: Answers): ReadonlySet<string> {
  const view = new View(form, answers);
  return new Set([...questionMap(form).keys()].filter((code) => view.shows(code)));
}

/** The same question by question, for who asks about a few: nothing is worked out before it is asked. */
export function visibility(form: Form, answers: Answers): (question: string) => boolean {
  const view = new View(form, answers);
  return (question) => view.shows(question);
}

/** The warnings of a form that apply to its answers, in the form's order; hidden questions warn of nothing. */
export function firingChecks(
  form: Form,
  answers: Answers,
): readonly { readonly question: string; readonly check: Check }[] {
  const view = new View(form, answers);
  return questionsOfForm(form).flatMap(({ code, checks = [] }) =>
    checks
      .filter(({ when }) => view.shows(code) && view.holds(when))
      .map((check) => ({ question: code, check })),
  );
}

class View {
  readonly #form: string;
  readonly #answers: Answers;
  readonly #questions: ReadonlyMap<string, Question>;
  /** Undefined while it is being found out: a form that goes in circles is read as hidden, not for ever. */
  readonly #shows = new Map<string, boolean | undefined>();

  constructor(form: Form, answers: Answers) {
    this.#form = form.code;
    this.#answers = answers;
    this.#questions = questionMap(form);
  }

  shows(code: string): boolean {
    if (this.#shows.has(code)) return this.#shows.get(code) ?? false;
    const question = this.#questions.get(code);
    if (question === undefined) return false;
    this.#shows.set(code, undefined);
    const shows = question.when === undefined || this.holds(question.when);
    this.#shows.set(code, shows);
    return shows;
  }

  #answer(code: string): Json | undefined {
    const value = this.#answers[answerKey(this.#form, code)];
    return isAnswered(value) && this.shows(code) ? value : undefined;
  }

  holds(condition: Condition): boolean {
    if ('all' in condition) return condition.all.every((part) => this.holds(part));
    if ('any' in condition) return condition.any.some((part) => this.holds(part));
    if ('not' in condition) return !this.holds(condition.not);
    const value = this.#answer(condition.question);
    if ('answered' in condition) return condition.answered === (value !== undefined);
    if ('is' in condition) {
      const given = Array.isArray(value) ? value : [value];
      const wanted = typeof condition.is === 'string' ? [condition.is] : condition.is;
      return wanted.some((code) => given.includes(code));
    }
    const below = 'below' in condition;
    const bound = below ? condition.below : condition.above;
    const limit = typeof bound === 'number' ? bound : this.#answer(bound.question);
    return below ? isBefore(value, limit) : isBefore(limit, value);
  }
}

/** Smaller, or of two dates certainly earlier: dates that can mean the same day are not in order. */
function isBefore(a: Json | undefined, b: Json | undefined): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a < b;
  if (typeof a !== 'string' || typeof b !== 'string') return false;
  const end = range(a).to;
  const start = range(b).from;
  return end !== null && start !== null && end < start;
}

export type AnswerProblem =
  | 'answer/wrong-type'
  | 'answer/not-an-option'
  | 'answer/not-a-date'
  | 'answer/too-small'
  | 'answer/too-large'
  | 'answer/too-long';

export const MAX_LINE = 2_000;
const MAX_ROWS = 1_000;

type Lists = Readonly<Record<string, Vocabulary>>;

/**
 * What is wrong with an answer's shape, or null. An empty answer is never wrong. Options that come from a vocabulary
 * are compared only when `vocabularies` holds it.
 */
export function answerProblem(
  question: Question,
  value: Json,
  vocabularies: Lists = {},
): AnswerProblem | null {
  if (!isAnswered(value)) return emptyProblem(question, value);
  switch (question.type) {
    case 'text':
      return textSchema.safeParse(value).success ? null : 'answer/wrong-type';
    case 'line':
    case 'number':
    case 'choice':
      return cellProblem(question, value, vocabularies);
    case 'yes-no':
      if (typeof value !== 'string') return 'answer/wrong-type';
      return ['yes', 'no', 'unknown'].includes(value) ? null : 'answer/not-an-option';
    case 'choices': {
      if (!Array.isArray(value)) return 'answer/wrong-type';
      for (const item of value) {
        const problem = choiceProblem(question, item, vocabularies);
        if (problem !== null) return problem;
      }
      return null;
    }
    case 'date':
      if (typeof value !== 'string') return 'answer/wrong-type';
      return isEdtf(value) ? null : 'answer/not-a-date';
    case 'rows':
      return rowsProblem(question, value, vocabularies);
  }
}

const EMPTY: Readonly<Record<Question['type'], z.ZodType>> = {
  text: textSchema,
  line: z.string(),
  choice: z.string(),
  choices: z.array(z.never()),
  number: z.null(),
  date: z.string(),
  'yes-no': z.string(),
  rows: z.array(z.never()),
};

const emptyProblem = (question: Question, value: Json): AnswerProblem | null =>
  value === null || EMPTY[question.type].safeParse(value).success ? null : 'answer/wrong-type';

function choiceProblem(item: Question | Column, value: Json, vocabularies: Lists): AnswerProblem | null {
  if (typeof value !== 'string') return 'answer/wrong-type';
  const list = item.vocabulary === undefined ? undefined : vocabularies[item.vocabulary]?.terms;
  const options: readonly { readonly code: string }[] | undefined = item.options ?? list;
  return options === undefined || options.some(({ code }) => code === value) ? null : 'answer/not-an-option';
}

function cellProblem(item: Question | Column, value: Json, vocabularies: Lists): AnswerProblem | null {
  if (item.type === 'choice') return choiceProblem(item, value, vocabularies);
  if (item.type === 'line') {
    if (typeof value !== 'string') return 'answer/wrong-type';
    return value.length > MAX_LINE ? 'answer/too-long' : null;
  }
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'answer/wrong-type';
  if (item.min !== undefined && value < item.min) return 'answer/too-small';
  return item.max !== undefined && value > item.max ? 'answer/too-large' : null;
}

function rowsProblem(question: Question, value: Json, vocabularies: Lists): AnswerProblem | null {
  if (!Array.isArray(value)) return 'answer/wrong-type';
  if (value.length > MAX_ROWS) return 'answer/too-long';
  const columns = new Map((question.columns ?? []).map((column) => [column.code, column]));
  for (const row of value as readonly Json[]) {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) return 'answer/wrong-type';
    for (const [code, cell] of Object.entries(row)) {
      const column = columns.get(code);
      // A column of an older revision of the form: its cells stay, and nothing can be said about them.
      if (column === undefined || !isAnswered(cell)) continue;
      const problem = cellProblem(column, cell, vocabularies);
      if (problem !== null) return problem;
    }
  }
  return null;
}
