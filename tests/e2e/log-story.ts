import type { Json } from '@/core/base/json.ts';
import type { Locale } from '@/core/base/locales.ts';
import type { Column, Question } from '@/core/model/form.ts';
import type { Observation, Text } from '@/core/model/observation.ts';
import { textOf } from '../support/texts.ts';
import type { Keyboard } from './keyboard.ts';
import { formOf, optionLabel, placeLabel, questionsOf, type Story, term } from './story.ts';

/**
 * Types a story into the form, from the empty sheet to Ctrl+S, in the order in which Tab leads through it. Every list
 * is searched, every section is unfolded and every row is added with keys.
 */
export async function logStory(keys: Keyboard, story: Story): Promise<void> {
  const writer = new Writer(keys, story);
  await keys.press('Alt+n');
  await writer.what();
  await writer.whenAndWhere();
  await writer.links();
  await writer.kind();
  await writer.themes();
  await writer.people();
  await writer.source();
  await writer.consent();
  await writer.sensitivity();
  await writer.tags();
  await keys.press('Control+s');
}

/** Uzbek as it comes from a keyboard that has one apostrophe only; the app makes the right letters of it. */
const asTyped = ({ text, lang }: Text): string => (lang === 'uz-Latn' ? text.replace(/[ʻʼ]/gu, "'") : text);

const decimal = (value: number, locale: Locale): string =>
  locale === 'en' ? String(value) : String(value).replace('.', ',');

class Writer {
  readonly #keys: Keyboard;
  readonly #story: Story;
  readonly #o: Observation;
  readonly #locale: Locale;

  constructor(keys: Keyboard, story: Story) {
    this.#keys = keys;
    this.#story = story;
    this.#o = story.observation;
    this.#locale = story.locale;
  }

  #t(key: string, values?: Readonly<Record<string, string | number>>): string {
    return textOf(this.#locale, key, values);
  }

  #field(name: string): string {
    return this.#t(`observation.fields.${name}`);
  }

  async #unfold(section: string): Promise<void> {
    await this.#keys.push(this.#t(`observation.sections.${section}`));
  }

  async #text(label: string, value: Text): Promise<void> {
    await this.#keys.write(label, asTyped(value));
  }

  async #line(label: string, value: string): Promise<void> {
    if (value !== '') await this.#keys.write(label, value);
  }

  async #date(label: string, register: string, value: string): Promise<void> {
    if (value !== '') await this.#keys.write(label, this.#story.typed[register] ?? value);
  }

  async #term(label: string, list: string, code: string | null): Promise<void> {
    if (code !== null) await this.#keys.choose(label, term(list, code, this.#locale));
  }

  async #terms(label: string, list: string, codes: readonly string[]): Promise<void> {
    for (const code of codes) await this.#keys.choose(label, term(list, code, this.#locale));
  }

  async what(): Promise<void> {
    await this.#text(this.#field('title'), this.#o.title);
    await this.#text(this.#field('narrative'), this.#o.narrative);
  }

  async whenAndWhere(): Promise<void> {
    await this.#date(this.#field('date'), 'date', this.#o.date);
    const { place, village, placeNote } = this.#o;
    if (place !== null) {
      const label = placeLabel(place.unit, this.#locale);
      await this.#keys.tabTo(this.#field('place'));
      await this.#keys.pick(label.split(',')[0] ?? '', (option) => option.split('\n')[0] === label);
    }
    await this.#line(this.#t('fields.place.village'), village);
    await this.#keys.push(this.#t('fields.place.addNote'));
    await this.#line(this.#t('fields.place.note'), placeNote);
  }

  /** Enter in a direction leads back to the search, so all links come first and their comments after them. */
  async links(): Promise<void> {
    const links = Object.entries(this.#o.links);
    await this.#keys.tabTo(this.#t('fields.measures.search'));
    for (const [code, { direction }] of links) {
      await this.#keys.pick(code.replace('KGZ-2020-', ''), (option) => option.split('\n')[0] === code);
      await this.#keys.chooseRadio(
        this.#t('fields.measures.direction', { code }),
        term('directions', direction, this.#locale),
      );
      await this.#keys.press('Enter');
    }
    for (const [code, { comment }] of links) {
      await this.#keys.push(`${this.#t('fields.measures.addComment')}: ${code}`);
      await this.#line(this.#t('fields.measures.comment', { code }), comment);
    }
  }

  async kind(): Promise<void> {
    await this.#unfold('kind');
    await this.#term(this.#field('kind'), 'observation-kinds', this.#o.kind);
  }

  async themes(): Promise<void> {
    await this.#unfold('themes');
    await this.#terms(this.#field('themes'), 'themes', Object.keys(this.#o.themes));
    const form = formOf(this.#story);
    for (const question of questionsOf(form)) {
      const key = `${form.code}/${question.code}`;
      const value = this.#o.answers[key];
      if (value !== undefined) await this.#answer(question, value, `answers/${key}`);
    }
  }

  async #answer(question: Question, value: Json, register: string): Promise<void> {
    const label = question.label[this.#locale];
    switch (question.type) {
      case 'text':
        return this.#text(label, value as Text);
      case 'date':
        return this.#date(label, register, value as string);
      case 'yes-no':
        return this.#keys.chooseRadio(label, this.#t(`fields.yesNo.${value}`));
      case 'choices':
        for (const code of value as string[]) {
          await this.#keys.choose(label, optionLabel(question, code, this.#locale));
        }
        return;
      case 'rows':
        for (const [index, row] of (value as Record<string, Json>[]).entries()) {
          await this.#keys.push(`${this.#t('fields.rows.add')}: ${label}`);
          for (const column of question.columns ?? []) {
            const cell = this.#t('fields.rows.cell', {
              column: column.label[this.#locale],
              number: index + 1,
            });
            if (row[column.code] !== undefined) await this.#simple(column, cell, row[column.code] as Json);
          }
        }
        return;
      default:
        return this.#simple(question, label, value);
    }
  }

  async #simple(item: Question | Column, label: string, value: Json): Promise<void> {
    if (item.type === 'choice') {
      await this.#keys.choose(label, optionLabel(item, String(value), this.#locale));
    } else {
      await this.#line(label, typeof value === 'number' ? decimal(value, this.#locale) : String(value));
    }
  }

  async people(): Promise<void> {
    await this.#unfold('people');
    const { people, names } = this.#o;
    for (const [index, [key, person]] of Object.entries(people).entries()) {
      await this.#keys.push(this.#t('fields.people.add'));
      await this.#term(this.#t('fields.people.role'), 'person-roles', person.role);
      await this.#term(this.#t('fields.people.sex'), 'sexes', person.sex);
      await this.#term(this.#t('fields.people.ageGroup'), 'age-groups', person.ageGroup);
      await this.#terms(this.#t('fields.people.characteristics'), 'characteristics', person.characteristics);
      const name = names[key];
      if (name === undefined) continue;
      const number = this.#t('fields.people.person', { number: index + 1 });
      await this.#keys.push(`${this.#t('fields.people.addName')}: ${number}`);
      await this.#line(this.#t('fields.people.name'), name);
    }
  }

  async source(): Promise<void> {
    await this.#unfold('source');
    await this.#term(this.#field('sourceType'), 'source-types', this.#o.sourceType);
    await this.#line(this.#field('source'), this.#o.source);
    await this.#term(this.#field('sourceConnection'), 'source-connections', this.#o.sourceConnection);
    await this.#term(this.#field('reliability'), 'reliability', this.#o.reliability);
  }

  async consent(): Promise<void> {
    await this.#unfold('consent');
    await this.#term(this.#field('consent'), 'consent-states', this.#o.consent);
    await this.#term(this.#field('consentLang'), 'languages', this.#o.consentLang);
    await this.#line(this.#field('consentPurpose'), this.#o.consentPurpose);
    await this.#terms(this.#field('consentAudience'), 'consent-audiences', this.#o.consentAudience);
    await this.#date(this.#field('consentDate'), 'consentDate', this.#o.consentDate);
  }

  async sensitivity(): Promise<void> {
    await this.#unfold('sensitivity');
    await this.#term(this.#field('sensitivity'), 'sensitivities', this.#o.sensitivity);
  }

  async tags(): Promise<void> {
    await this.#unfold('tags');
    for (const tag of Object.keys(this.#o.tags)) {
      await this.#keys.write(this.#field('tags'), tag);
      await this.#keys.press('Enter');
    }
  }
}
