import type { Column, Condition, Form, FormProblem, Question } from './form.ts';
import type { FormFault } from './form-issue.ts';

/** Codes of the workspace that a form may refer to; a set that is left out is not checked. */
export interface KnownCodes {
  readonly vocabularies?: ReadonlySet<string>;
  readonly themes?: ReadonlySet<string>;
}

type Path = readonly (string | number)[];

/** Members that mean something for some types only; anywhere else they are a slip that must not pass unseen. */
const MEANINGFUL: Readonly<Record<'options' | 'vocabulary' | 'columns' | 'min' | 'max', readonly string[]>> =
  {
    options: ['choice', 'choices'],
    vocabulary: ['choice', 'choices'],
    columns: ['rows'],
    min: ['number'],
    max: ['number'],
  };

/** Faults of a form whose shape is right: what its parts say about each other. In no particular order. */
export function findFormFaults(form: Form, known: KnownCodes): FormFault[] {
  const faults: FormFault[] = [];
  const report = (path: Path, code: string, detail: FormProblem['detail'] = {}, member?: string): void => {
    faults.push({ path, code, detail, ...(member === undefined ? {} : { member }) });
  };
  const unique = (items: readonly { readonly code: string }[], path: Path): void => {
    const seen = new Set<string>();
    for (const [i, { code }] of items.entries()) {
      if (seen.has(code)) report([...path, i, 'code'], 'form/duplicate-code', { found: code });
      seen.add(code);
    }
  };
  const listsAndBounds = (item: Question | Column, path: Path): void => {
    for (const [member, types] of Object.entries(MEANINGFUL)) {
      if (member in item && !types.includes(item.type)) {
        report(path, 'form/unknown-member', { member, type: item.type }, member);
      }
    }
    if (item.type === 'choice' || item.type === 'choices') {
      if (item.options === undefined && item.vocabulary === undefined) report(path, 'form/no-options');
      if (item.options !== undefined && item.vocabulary !== undefined) {
        report(path, 'form/unknown-member', { member: 'vocabulary', type: 'options' }, 'vocabulary');
      }
      unique(item.options ?? [], [...path, 'options']);
      if (
        item.vocabulary !== undefined &&
        known.vocabularies !== undefined &&
        !known.vocabularies.has(item.vocabulary)
      ) {
        report([...path, 'vocabulary'], 'form/unknown-vocabulary', { found: item.vocabulary });
      }
    }
    if (item.min !== undefined && item.max !== undefined && item.min > item.max) {
      report([...path, 'max'], 'form/bad-bounds', { min: item.min, max: item.max });
    }
  };

  for (const [i, theme] of form.themes.entries()) {
    if (known.themes !== undefined && !known.themes.has(theme)) {
      report(['themes', i], 'form/unknown-theme', { found: theme });
    }
  }
  unique(form.sections, ['sections']);
  const questions = new Map<string, Question>();
  const places: { question: Question; path: Path }[] = [];
  for (const [s, section] of form.sections.entries()) {
    for (const [q, question] of section.questions.entries()) {
      const path: Path = ['sections', s, 'questions', q];
      if (questions.has(question.code)) {
        report([...path, 'code'], 'form/duplicate-code', { found: question.code });
      } else questions.set(question.code, question);
      places.push({ question, path });
    }
  }
  for (const { question, path } of places) {
    listsAndBounds(question, path);
    if (question.type === 'rows' && question.columns === undefined) report(path, 'form/no-columns');
    unique(question.columns ?? [], [...path, 'columns']);
    for (const [c, column] of (question.columns ?? []).entries()) {
      listsAndBounds(column, [...path, 'columns', c]);
    }
    unique(question.checks ?? [], [...path, 'checks']);
    if (question.when !== undefined)
      faults.push(...conditionFaults(question.when, [...path, 'when'], questions));
    for (const [c, check] of (question.checks ?? []).entries()) {
      faults.push(...conditionFaults(check.when, [...path, 'checks', c, 'when'], questions));
    }
  }
  const { circular, deep } = followConditions(questions);
  for (const { question, path } of places) {
    if (circular.has(question.code)) report([...path, 'when'], 'form/circular', { found: question.code });
    if (deep.has(question.code)) {
      report([...path, 'when'], 'form/too-large', { limit: 'conditions', maximum: MAX_CHAIN });
    }
  }
  return faults;
}

function conditionFaults(
  condition: Condition,
  path: Path,
  questions: ReadonlyMap<string, Question>,
): FormFault[] {
  if ('all' in condition) {
    return condition.all.flatMap((part, i) => conditionFaults(part, [...path, 'all', i], questions));
  }
  if ('any' in condition) {
    return condition.any.flatMap((part, i) => conditionFaults(part, [...path, 'any', i], questions));
  }
  if ('not' in condition) return conditionFaults(condition.not, [...path, 'not'], questions);
  const question = questions.get(condition.question);
  if (question === undefined) {
    return [
      { path: [...path, 'question'], code: 'form/unknown-question', detail: { found: condition.question } },
    ];
  }
  const misfit: FormFault = {
    path: [...path, 'question'],
    code: 'form/wrong-condition',
    detail: { found: condition.question, type: question.type },
  };
  if ('answered' in condition) return [];
  if ('is' in condition) {
    const options =
      question.type === 'yes-no' ? ['yes', 'no', 'unknown'] : question.options?.map(({ code }) => code);
    if (!['choice', 'choices', 'yes-no'].includes(question.type)) return [misfit];
    const wanted = typeof condition.is === 'string' ? [condition.is] : condition.is;
    return wanted.flatMap((code, i) =>
      options === undefined || options.includes(code)
        ? []
        : [
            {
              path: [...path, 'is', ...(typeof condition.is === 'string' ? [] : [i])],
              code: 'form/unknown-option',
              detail: { found: code, question: question.code },
            },
          ],
    );
  }
  if (question.type !== 'number' && question.type !== 'date') return [misfit];
  const [side, bound] = 'below' in condition ? ['below', condition.below] : ['above', condition.above];
  if (typeof bound === 'number') return question.type === 'number' ? [] : [misfit];
  const other = questions.get(bound.question);
  const otherPath = [...path, side, 'question'];
  if (other === undefined) {
    return [{ path: otherPath, code: 'form/unknown-question', detail: { found: bound.question } }];
  }
  if (other.type === question.type) return [];
  const detail = { found: bound.question, type: other.type };
  return [{ path: otherPath, code: 'form/wrong-condition', detail }];
}

/** Codes of the questions a condition looks at. */
function questionsOf(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(questionsOf);
  if ('any' in condition) return condition.any.flatMap(questionsOf);
  if ('not' in condition) return questionsOf(condition.not);
  const bound = 'below' in condition ? condition.below : 'above' in condition ? condition.above : 0;
  return typeof bound === 'number' ? [condition.question] : [condition.question, bound.question];
}

/** Questions that wait one for the other; far above any form, far below what the stack holds when they are followed. */
const MAX_CHAIN = 200;

/**
 * Codes of the questions on a circle of conditions, of which it would have to be known whether they show before it can
 * be known, and of those at the end of too long a chain. Tarjan's strongly connected components, so that time is linear
 * in the file's conditions.
 */
function followConditions(questions: ReadonlyMap<string, Question>): {
  readonly circular: ReadonlySet<string>;
  readonly deep: ReadonlySet<string>;
} {
  interface Visit {
    readonly code: string;
    readonly order: number;
    readonly next: readonly string[];
    at: number;
    /** The first visited question still open that this one leads to. */
    earliest: number;
  }
  const circular = new Set<string>();
  const deep = new Set<string>();
  /** How many questions stand between each and one that waits for none. */
  const depths = new Map<string, number>();
  /** Order of the first visit; infinity once it is known on which circle a question stands. */
  const orders = new Map<string, number>();
  const open: string[] = [];
  // A path of its own: a chain through every question of a form is too deep for the stack.
  const path: Visit[] = [];
  const enter = (code: string): void => {
    const when = questions.get(code)?.when;
    const next = when === undefined ? [] : questionsOf(when);
    path.push({ code, order: orders.size, next, at: 0, earliest: orders.size });
    orders.set(code, orders.size);
    open.push(code);
  };
  const leave = ({ code, order, next, earliest }: Visit): void => {
    path.pop();
    const depth = next.reduce((most, other) => Math.max(most, (depths.get(other) ?? 0) + 1), 0);
    depths.set(code, depth);
    if (depth > MAX_CHAIN) deep.add(code);
    const from = path.at(-1);
    if (earliest < order) {
      if (from !== undefined) from.earliest = Math.min(from.earliest, earliest);
      return;
    }
    const members = open.splice(open.lastIndexOf(code));
    for (const member of members) {
      orders.set(member, Number.POSITIVE_INFINITY);
      if (members.length > 1 || next.includes(code)) circular.add(member);
    }
  };
  for (const root of questions.keys()) {
    if (!orders.has(root)) enter(root);
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const code = visit.next[visit.at++];
      if (code === undefined) leave(visit);
      else if (orders.has(code)) visit.earliest = Math.min(visit.earliest, orders.get(code) as number);
      else enter(code);
    }
  }
  return { circular, deep };
}
