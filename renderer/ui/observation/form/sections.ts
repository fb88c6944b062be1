import { sameJson } from '@/core/base/json.ts';
import { toFields } from '@/core/model/fields.ts';
import { emptyObservation, type Observation } from '@/core/model/observation.ts';
import { splitRegister } from '../field-names.ts';

type Field = keyof Observation;

/** A part of the form. */
export interface Section {
  readonly code: SectionCode;
  readonly fields: readonly Field[];
  /** What it looks at in other sections' fields, and no more: it is drawn anew when any of it changes. */
  readonly reads: (values: Observation) => readonly unknown[];
  /** Always open: the simple case needs no more than these. */
  readonly plain: boolean;
}

export type SectionCode =
  | 'what'
  | 'whenWhere'
  | 'links'
  | 'kind'
  | 'themes'
  | 'people'
  | 'source'
  | 'consent'
  | 'sensitivity'
  | 'tags'
  | 'translations';

const nothing = (): readonly unknown[] => [];

/** In the order of the form; the three that everybody fills come first, the rest unfolds. */
export const SECTIONS: readonly Section[] = [
  { code: 'what', fields: ['title', 'narrative'], reads: nothing, plain: true },
  { code: 'whenWhere', fields: ['date', 'place', 'village', 'placeNote'], reads: nothing, plain: true },
  { code: 'links', fields: ['links'], reads: ({ themes }) => [themes], plain: true },
  {
    code: 'kind',
    fields: ['kind', 'indicatorDefinition', 'indicatorValue', 'indicatorUnit'],
    reads: nothing,
    plain: false,
  },
  { code: 'themes', fields: ['themes', 'answers'], reads: ({ narrative }) => [narrative.lang], plain: false },
  { code: 'people', fields: ['people', 'names'], reads: nothing, plain: false },
  {
    code: 'source',
    fields: ['sourceType', 'source', 'sourceConnection', 'reliability'],
    reads: nothing,
    plain: false,
  },
  {
    code: 'consent',
    fields: [
      'consent',
      'consentPurpose',
      'consentAudience',
      'consentLang',
      'consentDate',
      'consentWithdrawnOn',
    ],
    reads: nothing,
    plain: false,
  },
  { code: 'sensitivity', fields: ['sensitivity'], reads: nothing, plain: false },
  { code: 'tags', fields: ['tags'], reads: nothing, plain: false },
  {
    code: 'translations',
    fields: ['translations'],
    reads: ({ title, narrative }) => [title, narrative],
    plain: false,
  },
];

const EMPTY = toFields(emptyObservation('en'));

/** The section that holds a register. */
export function sectionOf(register: string): Section | undefined {
  const { root } = splitRegister(register);
  return SECTIONS.find(({ fields }) => (fields as readonly string[]).includes(root));
}

/** The fields of each section that say something an empty form would not. */
export function filledFields(observation: Observation): ReadonlyMap<SectionCode, readonly Field[]> {
  const filled = new Set(
    Object.entries(toFields(observation))
      .filter(([name, value]) => EMPTY[name] === undefined || !sameJson(EMPTY[name], value))
      .map(([name]) => splitRegister(name).root),
  );
  return new Map(SECTIONS.map(({ code, fields }) => [code, fields.filter((field) => filled.has(field))]));
}

/** The id of the control that a list of problems leads to. */
export const fieldId = (register: string): string => `field:${register}`;
export const sectionId = (code: SectionCode): string => `section:${code}`;
