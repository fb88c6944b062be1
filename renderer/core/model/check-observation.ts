import type { Json } from '../base/json.ts';
import { answerKey, answerProblem, firingChecks, formsFor, isAnswered, visibleQuestions } from './answers.ts';
import { type IsoDay, isEdtf, range } from './edtf.ts';
import type { Form } from './form.ts';
import type { Observation } from './observation.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * Something a monitor should know about an observation before it leaves her hands. An `error` refuses the record, and
 * only what would make it meaningless is one; a `warning` is shown and can be left standing. `field` is a register's
 * name (`date`, `links/KGZ-2020-D5.3.a`, `answers/bride-kidnapping/age`); `code` is translated with `detail`.
 */
export interface Problem {
  readonly field: string;
  readonly code: ProblemCode;
  readonly level: 'error' | 'warning';
  readonly detail: Readonly<Record<string, string | number>>;
}

export type ProblemCode =
  /** Neither a title nor a narrative: nobody could tell what was observed. */
  | 'check/empty'
  /** detail.found: text that is no EDTF date. */
  | 'check/not-a-date'
  | 'check/no-date'
  /** detail.day: the first day the date can mean lies after today. */
  | 'check/future'
  | 'check/no-place'
  | 'check/no-link'
  | 'check/no-theme'
  | 'check/no-title'
  /** detail.words, detail.enough. */
  | 'check/short-narrative'
  | 'check/no-source'
  | 'check/consent-missing'
  | 'check/consent-refused'
  | 'check/consent-withdrawn'
  /** The state says that consent was given and a date of withdrawal is set as well. */
  | 'check/consent-contradicts'
  | 'check/consent-no-purpose'
  | 'check/consent-no-audience'
  /** People are involved and nobody's consent to publication (report or media) is recorded, yet the record is open. */
  | 'check/open-without-consent'
  /** detail.people: how many real names stand in an open record. */
  | 'check/name-in-open'
  /** A real name stands in the title or narrative, which every export carries. The name is not repeated in detail. */
  | 'check/name-in-text'
  /** A name whose person is no longer there. */
  | 'check/name-without-person'
  /** Answers marked sensitive stand in a record marked open; detail.answers. */
  | 'check/sensitive-in-open'
  | 'check/child-in-open'
  | 'check/indicator-no-value'
  | 'check/indicator-no-definition'
  | 'check/indicator-no-source'
  /** detail.measure. */
  | 'check/unknown-measure'
  /** detail.unit. */
  | 'check/unknown-place'
  /** detail.problem, an `answer/…` code. */
  | 'check/answer'
  /** A form's own check: detail.form, detail.question, detail.check name its message. */
  | 'check/form';

/** What the workspace knows; a set that is left out is not checked against. */
export interface Known {
  readonly measures?: ReadonlySet<string>;
  readonly places?: ReadonlySet<string>;
  readonly vocabularies?: Readonly<Record<string, Vocabulary>>;
}

/** A narrative under this many words seldom says who did what to whom, when and where. */
const ENOUGH_WORDS = 10;
/** Shorter names are common words too often to look for. */
const SHORTEST_NAME = 4;
const WORDS = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’‘ʻʼ-]*/gu;
const MINORS = ['0-6', '7-13', '14-15', '16-17'];
/** Whoever these are shown to, the record is no longer within the organisation. */
const PUBLIC_AUDIENCES = ['public-report', 'media'];

/** Everything to say about an observation, in the order of the form. `today` is an ISO day of the device's clock. */
export function checkObservation(
  observation: Observation,
  forms: readonly Form[],
  today: IsoDay,
  known: Known = {},
): Problem[] {
  const problems: Problem[] = [];
  const add = (level: Problem['level']) => {
    return (field: string, code: ProblemCode, detail: Problem['detail'] = {}): void => {
      problems.push({ field, code, level, detail });
    };
  };
  const warn = add('warning');
  const refuse = add('error');

  checkDates(observation, today, warn, refuse);
  checkPlace(observation, known, warn);
  checkWords(observation, warn, refuse);
  checkIndicator(observation, warn);
  checkConsent(observation, warn);
  checkNames(observation, warn);
  checkLinks(observation, known, warn);
  for (const form of formsFor(observation.themes, forms)) checkForm(observation, form, known, warn, refuse);
  return problems;
}

export const hasErrors = (problems: readonly Problem[]): boolean =>
  problems.some(({ level }) => level === 'error');

type Say = (field: string, code: ProblemCode, detail?: Problem['detail']) => void;

function checkDates(observation: Observation, today: IsoDay, warn: Say, refuse: Say): void {
  if (observation.date.trim() === '') warn('date', 'check/no-date');
  for (const field of ['date', 'consentDate', 'consentWithdrawnOn'] as const) {
    const text = observation[field];
    if (text.trim() === '') continue;
    const { from } = range(text);
    if (!isEdtf(text)) refuse(field, 'check/not-a-date', { found: text.slice(0, 80) });
    else if (from !== null && from > today) warn(field, 'check/future', { day: from });
  }
}

function checkPlace({ place, village }: Observation, known: Known, warn: Say): void {
  if (place === null && village.trim() === '') warn('place', 'check/no-place');
  if (place !== null && known.places !== undefined && !known.places.has(place.unit)) {
    warn('place', 'check/unknown-place', { unit: place.unit });
  }
}

const wordsOf = (text: string): number => text.match(WORDS)?.length ?? 0;

function checkWords({ title, narrative, kind }: Observation, warn: Say, refuse: Say): void {
  const words = wordsOf(narrative.text);
  if (title.text.trim() === '' && narrative.text.trim() === '') refuse('narrative', 'check/empty');
  else if (title.text.trim() === '') warn('title', 'check/no-title');
  // An indicator's narrative is its definition.
  if (kind !== 'indicator' && narrative.text.trim() !== '' && words < ENOUGH_WORDS) {
    warn('narrative', 'check/short-narrative', { words, enough: ENOUGH_WORDS });
  }
}

const hasSource = ({ source, sourceType }: Observation): boolean =>
  sourceType !== null || source.trim() !== '';

function checkIndicator(observation: Observation, warn: Say): void {
  if (observation.kind !== 'indicator') {
    if (!hasSource(observation)) warn('sourceType', 'check/no-source');
    return;
  }
  if (observation.indicatorValue === null) warn('indicatorValue', 'check/indicator-no-value');
  if (observation.indicatorDefinition.trim() === '') {
    warn('indicatorDefinition', 'check/indicator-no-definition');
  }
  if (!hasSource(observation)) warn('source', 'check/indicator-no-source');
}

function checkConsent(observation: Observation, warn: Say): void {
  const { consent, consentWithdrawnOn, consentAudience, consentPurpose, people, sensitivity } = observation;
  const given = consent === 'given' || consent === 'given-with-limits';
  const involved = Object.keys(people).length > 0;
  if (involved && (consent === null || consent === 'not-asked')) warn('consent', 'check/consent-missing');
  if (consent === 'refused') warn('consent', 'check/consent-refused');
  if (consent === 'withdrawn') warn('consent', 'check/consent-withdrawn');
  if (given && consentWithdrawnOn.trim() !== '') warn('consent', 'check/consent-contradicts');
  if (given && consentPurpose.trim() === '') warn('consentPurpose', 'check/consent-no-purpose');
  if (given && consentAudience.length === 0) warn('consentAudience', 'check/consent-no-audience');
  if (sensitivity !== 'open') return;
  const agreedToPublic = given && consentAudience.some((audience) => PUBLIC_AUDIENCES.includes(audience));
  if (involved && !agreedToPublic) warn('sensitivity', 'check/open-without-consent');
  if (Object.values(people).some(({ ageGroup }) => MINORS.includes(ageGroup ?? ''))) {
    warn('sensitivity', 'check/child-in-open');
  }
}

function checkNames({ names, people, sensitivity, title, narrative }: Observation, warn: Say): void {
  const filled = Object.entries(names).filter(([, name]) => name.trim() !== '');
  if (sensitivity === 'open' && filled.length > 0) {
    warn('sensitivity', 'check/name-in-open', { people: filled.length });
  }
  for (const [key, name] of filled) {
    if (!(key in people)) warn(`names/${key}`, 'check/name-without-person');
    if (standsIn(name, title.text)) warn('title', 'check/name-in-text');
    if (standsIn(name, narrative.text)) warn('narrative', 'check/name-in-text');
  }
}

/** True when a word begins with any part of the name, capital letter and all: Kyrgyz and Uzbek add their endings behind. */
function standsIn(name: string, text: string): boolean {
  const parts = (name.match(WORDS) ?? []).filter((part) => part.length >= SHORTEST_NAME);
  if (parts.length === 0) return false;
  return (text.match(WORDS) ?? []).some((word) => parts.some((part) => word.startsWith(part)));
}

function checkLinks({ links, themes }: Observation, known: Known, warn: Say): void {
  if (Object.keys(themes).length === 0) warn('themes', 'check/no-theme');
  if (Object.keys(links).length === 0) warn('links', 'check/no-link');
  for (const measure of Object.keys(links)) {
    if (known.measures !== undefined && !known.measures.has(measure)) {
      warn(`links/${measure}`, 'check/unknown-measure', { measure });
    }
  }
}

function checkForm(observation: Observation, form: Form, known: Known, warn: Say, refuse: Say): void {
  const visible = visibleQuestions(form, observation.answers);
  let sensitive = 0;
  for (const section of form.sections) {
    for (const question of section.questions) {
      const key = answerKey(form.code, question.code);
      const value: Json | undefined = observation.answers[key];
      if (value === undefined || !visible.has(question.code)) continue;
      if (question.sensitive === true && isAnswered(value)) sensitive++;
      const problem = answerProblem(question, value, known.vocabularies);
      if (problem === 'answer/not-a-date') {
        refuse(`answers/${key}`, 'check/not-a-date', { found: String(value).slice(0, 80) });
      } else if (problem !== null) warn(`answers/${key}`, 'check/answer', { problem });
    }
  }
  if (observation.sensitivity === 'open' && sensitive > 0) {
    warn('sensitivity', 'check/sensitive-in-open', { answers: sensitive, form: form.code });
  }
  for (const { question, check } of firingChecks(form, observation.answers)) {
    warn(`answers/${answerKey(form.code, question)}`, 'check/form', {
      form: form.code,
      question,
      check: check.code,
    });
  }
}
