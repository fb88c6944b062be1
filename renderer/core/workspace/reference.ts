import type { Locale } from '../base/locales.ts';
import { termOf } from '../model/correction.ts';
import { DIRECTIONS, type Direction } from '../model/observation.ts';
import type { Catalogue } from '../model/recommendation.ts';
import { searchMeasures } from '../search/measure-search.ts';
import { searchPlaces } from '../search/place-search.ts';
import type { Counts, MeasureHit, Reference, ReferenceDoor, Timeline } from '../workspace.ts';
import { catalogueOf } from './corrections.ts';
import { formsOf, membersOf } from './organisation.ts';
import type { Row } from './row.ts';
import type { Session } from './session.ts';

/** Catalogue, places, vocabularies and forms, and how the observations bear on the catalogue. */
export class ReferenceRoom implements ReferenceDoor {
  readonly #session: Session;
  /** For each measure: itself, its area, and the sections the area stands in. */
  readonly #above = new Map<string, readonly string[]>();

  constructor(session: Session) {
    this.#session = session;
    for (const area of session.reference.catalogue.areas) {
      const over = [area.code, ...area.sectionCodes];
      for (const { code } of area.measures) this.#above.set(code, [code, ...over]);
    }
  }

  async all(): Promise<Reference> {
    const { places, vocabularies } = this.#session.reference;
    const catalogue = catalogueOf(this.#session);
    return {
      catalogue,
      places,
      vocabularies: withCorrectedLabels(vocabularies, catalogue),
      forms: formsOf(this.#session),
      members: membersOf(this.#session),
    };
  }

  async counts(): Promise<Counts> {
    const counts: Record<string, Record<Direction, number>> = {};
    for (const row of this.#living()) {
      for (const direction of DIRECTIONS) {
        for (const code of this.#codesOf(row, direction)) {
          counts[code] ??= none();
          counts[code][direction]++;
        }
      }
    }
    return counts;
  }

  async timeline(code: string): Promise<Timeline> {
    const periods = new Map<string, Record<Direction, number>>();
    for (const row of this.#living()) {
      for (const direction of DIRECTIONS) {
        if (!this.#codesOf(row, direction).has(code)) continue;
        const period = periodOf(row);
        const counts = periods.get(period) ?? none();
        counts[direction]++;
        periods.set(period, counts);
      }
    }
    return [...periods]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([period, counts]) => ({ period, counts }));
  }

  #living(): Row[] {
    return this.#session.store.rows.filter((row) => !row.deleted);
  }

  /** An observation linked to two measures of one area counts once for the area. */
  #codesOf(row: Row, direction: Direction): ReadonlySet<string> {
    const codes = new Set<string>();
    for (const [measure, linked] of row.links) {
      if (linked !== direction) continue;
      for (const code of this.#above.get(measure) ?? [measure]) codes.add(code);
    }
    return codes;
  }

  async searchMeasures(query: string, locale: Locale): Promise<readonly MeasureHit[]> {
    return searchMeasures(catalogueOf(this.#session), query, locale, this.#session.reference.synonyms);
  }

  async searchPlaces(query: string): Promise<readonly string[]> {
    return searchPlaces(this.#session.reference.places, query);
  }
}

/**
 * Themes and groups by the names the organisation gave them; everything else as it is. A name that is contested is all
 * of its versions: it stands in lists, filters and exports, where there is no room for a mark.
 */
function withCorrectedLabels(
  vocabularies: Reference['vocabularies'],
  { corrected = {}, contested = {}, translations }: Catalogue,
): Reference['vocabularies'] {
  const shown = { ...vocabularies };
  const name = (lang: string, entry: string, own: string | undefined): void => {
    const named = termOf(entry);
    const vocabulary = named === null ? undefined : shown[named.list];
    if (named === null || own === undefined || vocabulary === undefined) return;
    const terms = vocabulary.terms.map((term) =>
      term.code === named.code ? { ...term, label: { ...term.label, [lang]: own } } : term,
    );
    shown[named.list] = { ...vocabulary, terms };
  };
  for (const [lang, entries = []] of Object.entries(corrected)) {
    for (const entry of entries) {
      const { list, code } = termOf(entry) ?? {};
      if (list !== undefined) name(lang, entry, translations[lang as Locale]?.[list]?.[code ?? '']);
    }
  }
  for (const [lang, texts = []] of Object.entries(contested)) {
    for (const { code, versions } of texts) {
      name(lang, code, [...new Set(versions.map(({ text }) => text))].join(' / '));
    }
  }
  return shown;
}

const none = (): Record<Direction, number> => ({ progress: 0, 'no-change': 0, regression: 0 });

/** See `Timeline`: the month or year in which everything the date can mean lies, else the year it began. */
function periodOf({ from, to }: Row): string {
  const begin = from ?? to;
  if (begin === null) return '';
  return from !== null && to !== null && from.slice(0, 7) === to.slice(0, 7)
    ? begin.slice(0, 7)
    : begin.slice(0, 4);
}
