import { useMemo } from 'react';
import { LOCALES, type Locale } from '@/core/base/locales.ts';
import { lineOf, type Place } from '@/core/model/place.ts';
import { useReference } from '../app/reference.tsx';
import { useLanguage } from '../language/language.tsx';

export interface PlaceNames {
  readonly name: string;
  /** The units above it, nearest first, without the country; empty for those right below it. */
  readonly above: readonly string[];
  /** Its names in the other languages, each once, under the first language that has it. */
  readonly others: ReadonlyMap<string, Locale>;
}

/** `Manas rayon, Talas oblast`: a name that is told apart from its homonyms. */
export const fullName = ({ name, above }: PlaceNames): string => [name, ...above].join(', ');

/** Places by id with their names in the interface language; those no longer in force are found too. */
export function usePlaceNames(): ReadonlyMap<string, PlaceNames> {
  const { places } = useReference();
  const { locale } = useLanguage();
  return useMemo(() => {
    const byId = new Map(places.map((place) => [place.id, place]));
    return new Map(places.map((place) => [place.id, namesOf(place, byId, locale)]));
  }, [places, locale]);
}

function namesOf(place: Place, byId: ReadonlyMap<string, Place>, locale: Locale): PlaceNames {
  const name = place.names[locale];
  const above = lineOf(place, byId)
    .slice(1)
    .map((unit) => unit.names[locale]);
  const others = new Map<string, Locale>();
  for (const other of LOCALES) {
    const called = place.names[other];
    if (called !== name && !others.has(called)) others.set(called, other);
  }
  return { name, above, others };
}
