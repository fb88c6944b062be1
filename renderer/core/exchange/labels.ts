import { CodedError } from '../base/coded-error.ts';
import type { Label, Locale } from '../base/locales.ts';
import type { Place } from '../model/place.ts';
import type { Term } from '../model/vocabulary.ts';
import type { ExportReference } from './record.ts';

/** Lists that hold the export's own words. */
const OWN = ['export-columns', 'export-words', 'export-readme'] as const;
type OwnList = (typeof OWN)[number];

/**
 * Looks up the words of an export in its languages. One of our own words that is missing is an error
 * (`export/label-missing`); a code that no list knows, because an older or newer version wrote it, is shown as the code.
 */
export class Labels {
  readonly reference: ExportReference;
  readonly locales: readonly Locale[];
  readonly #terms = new Map<string, ReadonlyMap<string, Term>>();
  readonly #places: ReadonlyMap<string, Place>;
  readonly #measures: ReadonlySet<string>;

  constructor(reference: ExportReference, locales: readonly Locale[]) {
    if (locales.length === 0) {
      throw new CodedError('export/no-language', 'An export needs at least one language.');
    }
    this.reference = reference;
    this.locales = [...new Set(locales)];
    for (const [list, vocabulary] of Object.entries(reference.vocabularies)) {
      this.#terms.set(list, new Map(vocabulary.terms.map((term) => [term.code, term])));
    }
    this.#places = new Map(reference.places.map((place) => [place.id, place]));
    const { areas } = reference.catalogue;
    this.#measures = new Set(areas.flatMap(({ measures }) => measures.map(({ code }) => code)));
  }

  /** The leading language. */
  get first(): Locale {
    return this.locales[0] as Locale;
  }

  #own(list: OwnList, code: string): Term {
    const term = this.#terms.get(list)?.get(code);
    if (term === undefined) {
      throw new CodedError('export/label-missing', `The list ${list} has no term ${code}.`, { list, code });
    }
    return term;
  }

  column(code: string): Label {
    return this.#own('export-columns', code).label;
  }

  word(code: string): Label {
    return this.#own('export-words', code).label;
  }

  /** A line of the Read me sheet: its name and its sentence with `{holes}`. */
  line(code: string): { readonly name: Label; readonly sentence: Label | undefined } {
    const { label, hint } = this.#own('export-readme', code);
    return { name: label, sentence: hint };
  }

  term(list: string, code: string, locale: Locale): string {
    return this.#terms.get(list)?.get(code)?.label[locale] ?? code;
  }

  /** How a language is called by its speakers, with its code: `Кыргызча (ky)`, as XLSForm heads its columns. */
  autonym(locale: Locale): string {
    const name = this.term('languages', locale, locale).replace(/ \(.*\)$/, '');
    return `${name} (${locale})`;
  }

  place(unit: string): Place | undefined {
    return this.#places.get(unit);
  }

  /** The first-level unit (oblast or republican city) that a unit lies in, or is. */
  oblastOf(unit: string): Place | undefined {
    let place = this.#places.get(unit);
    for (let steps = 0; place !== undefined && place.level > 1 && steps < 10; steps++) {
      place = place.parent === null ? undefined : this.#places.get(place.parent);
    }
    return place?.level === 1 ? place : undefined;
  }

  isMeasure(code: string): boolean {
    return this.#measures.has(code);
  }

  member(id: string): string {
    return this.reference.members[id] ?? id;
  }
}

/** `Название (уточнение)` in every language. */
export function qualified(label: Label, qualifier: Label): Label {
  const both = (locale: Locale): string => `${label[locale]} (${qualifier[locale]})`;
  return {
    ky: both('ky'),
    ru: both('ru'),
    'uz-Cyrl': both('uz-Cyrl'),
    'uz-Latn': both('uz-Latn'),
    en: both('en'),
  };
}
