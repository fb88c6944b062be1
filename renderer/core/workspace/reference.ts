import type { Locale } from '../base/locales.ts';
import { DIRECTIONS, type Direction } from '../model/observation.ts';
import { searchMeasures } from '../search/measure-search.ts';
import { searchPlaces } from '../search/place-search.ts';
import type { Counts, MeasureHit, Reference, ReferenceDoor } from '../workspace.ts';
import { formsOf, membersOf } from './organisation.ts';
import type { Session } from './session.ts';

/** Catalogue, places, vocabularies and forms, and how the observations bear on the catalogue. */
export class ReferenceRoom implements ReferenceDoor {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async all(): Promise<Reference> {
    const { catalogue, places, vocabularies } = this.#session.reference;
    return {
      catalogue,
      places,
      vocabularies,
      forms: formsOf(this.#session),
      members: membersOf(this.#session),
    };
  }

  async counts(): Promise<Counts> {
    const counts: Record<string, Record<Direction, number>> = {};
    const add = (code: string, direction: Direction): void => {
      counts[code] ??= { progress: 0, 'no-change': 0, regression: 0 };
      counts[code][direction]++;
    };
    for (const row of this.#session.store.rows) {
      if (row.deleted) continue;
      for (const direction of DIRECTIONS) {
        const measures = row.links.filter((link) => link[1] === direction).map(([measure]) => measure);
        for (const measure of measures) add(measure, direction);
        // An observation linked to two measures of one area counts once for the area.
        for (const area of new Set(measures.map(areaOf))) add(area, direction);
      }
    }
    return counts;
  }

  async searchMeasures(query: string, locale: Locale): Promise<readonly MeasureHit[]> {
    return searchMeasures(this.#session.reference.catalogue, query, locale, this.#session.reference.synonyms);
  }

  async searchPlaces(query: string): Promise<readonly string[]> {
    return searchPlaces(this.#session.reference.places, query);
  }
}

/** `KGZ-2020-D1.2.c` lies in `KGZ-2020-D1.2`. */
const areaOf = (measure: string): string => measure.slice(0, measure.lastIndexOf('.'));
