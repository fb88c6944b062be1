import { LOCALES, type Locale } from '../base/locales.ts';
import type { DemoPhrases } from '../model/demo-phrases.ts';
import {
  DIRECTIONS,
  emptyObservation,
  KINDS,
  type Observation,
  SENSITIVITIES,
  STATUSES,
} from '../model/observation.ts';
import type { ReferenceData } from './reference-data.ts';

/** How many observations a demonstration shows. */
export const DEMO_OBSERVATIONS = 300;
const DAYS = 3 * 365;

/**
 * The demonstration: invented observations in all five languages, over all themes and oblasts and the three years
 * before `lastDay` (ISO). The same input gives the same observations. Nothing in them happened; every narrative
 * says so in its own language.
 */
export function demoObservations(
  reference: Pick<ReferenceData, 'catalogue' | 'places' | 'vocabularies'>,
  phrases: DemoPhrases,
  lastDay: string,
): Observation[] {
  const measures = reference.catalogue.areas.flatMap((area) => area.measures);
  const themes = reference.vocabularies.themes?.terms ?? [];
  // Cities and rayons of every oblast in turn, so that none is left out.
  const units = reference.places.filter((place) => place.level >= 1);
  return Array.from({ length: DEMO_OBSERVATIONS }, (_, i) => {
    const lang = LOCALES[i % LOCALES.length] as Locale;
    const voice = phrases.voices[lang];
    const theme = at(themes, i);
    const unit = at(units, i * 7);
    const day = daysBefore(lastDay, (i * 251) % DAYS);
    const linked = measures.filter((measure) => measure.themes.includes(theme.code));
    const fill = (sentence: string): string =>
      sentence.replaceAll('{place}', unit.names[lang]).replaceAll('{theme}', theme.label[lang]);
    const say = (sentences: readonly string[], stride: number): string =>
      fill(at(sentences, Math.floor(i / LOCALES.length) * stride + stride));
    return {
      ...emptyObservation(lang),
      kind: at(KINDS, scatter(i, 6)),
      date: precise(day, i),
      place: { unit: unit.id, label: unit.names[lang] },
      village: i % 3 === 0 ? say(voice.villages, 1) : '',
      title: { text: say(voice.titles, 1), lang },
      narrative: {
        text: [
          voice.mark,
          [say(voice.openings, 1), say(voice.events, 3)].join(' '),
          [say(voice.reactions, 2), say(voice.closings, 5)].join(' '),
        ].join('\n\n'),
        lang,
      },
      source: say(voice.sources, 1),
      sourceType: codeOf(reference, 'source-types', i),
      sourceConnection: codeOf(reference, 'source-connections', i),
      reliability: codeOf(reference, 'reliability', i),
      consent: codeOf(reference, 'consent-states', i),
      consentDate: day,
      consentLang: lang,
      sensitivity: at(SENSITIVITIES, scatter(i, 1)),
      status: at(STATUSES, scatter(i, 2)),
      ...(at(KINDS, scatter(i, 6)) === 'indicator'
        ? { indicatorDefinition: theme.label[lang], indicatorValue: (i * 37) % 400 }
        : {}),
      themes: { [theme.code]: true as const },
      people:
        i % 2 === 0
          ? {
              p1: {
                role: codeOf(reference, 'person-roles', i),
                sex: codeOf(reference, 'sexes', i),
                ageGroup: codeOf(reference, 'age-groups', i),
                characteristics: [codeOf(reference, 'characteristics', i)],
              },
            }
          : {},
      tags: { [say(voice.tags, 1)]: true as const },
      links: Object.fromEntries(
        linked
          .slice(0, 1 + (i % 2))
          .map((measure, n) => [measure.code, { direction: at(DIRECTIONS, scatter(i, 3 + n)), comment: '' }]),
      ),
    };
  });
}

function at<T>(list: readonly T[], index: number): T {
  if (list.length === 0) throw new RangeError('The demonstration has nothing to choose from.');
  return list[index % list.length] as T;
}

/** Spreads neighbours apart, the same way every time, so that a sorted list does not look drilled. */
const scatter = (index: number, salt: number): number =>
  (Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(salt, 0x85ebca6b)) >>> 9;

const codeOf = (reference: Pick<ReferenceData, 'vocabularies'>, vocabulary: string, index: number): string =>
  at(reference.vocabularies[vocabulary]?.terms ?? [], index).code;

function daysBefore(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - count * 86_400_000).toISOString().slice(0, 10);
}

/** Some dates are known to the day, some to the month, some roughly: as in life. */
function precise(day: string, i: number): string {
  if (i % 11 === 0) return `${day.slice(0, 7)}~`;
  return i % 7 === 0 ? day.slice(0, 7) : day;
}
