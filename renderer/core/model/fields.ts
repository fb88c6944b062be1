import type { ChangeId } from '../base/ids.ts';
import { type Json, sameJson } from '../base/json.ts';
import { emptyObservation, type Observation, observationSchema } from './observation.ts';

/**
 * The flat form of a record: register name -> value. Names of keyed collections are `collection/key`
 * (`links/KGZ-2020-D5.3.a`); a null value is an element taken away, or a field set back to empty.
 */
export type FieldMap = Readonly<Record<string, Json>>;

export const COLLECTIONS = ['themes', 'people', 'names', 'tags', 'links', 'answers', 'translations'] as const;
export type Collection = (typeof COLLECTIONS)[number];

const isCollection = (name: string): name is Collection => (COLLECTIONS as readonly string[]).includes(name);

/** Every register an observation fills, empty ones left out: what an empty form would not say. */
export function toFields(observation: Observation): FieldMap {
  const empty = emptyObservation('en') as unknown as Record<string, Json>;
  const fields: Record<string, Json> = {};
  for (const [name, value] of Object.entries(observation) as [string, Json][]) {
    if (isCollection(name)) {
      for (const [key, element] of Object.entries(value as Record<string, Json>)) {
        fields[`${name}/${key}`] = element;
      }
    } else if (name === 'title' || name === 'narrative') {
      if ((value as { text: string }).text !== '') fields[name] = value;
    } else if (name === 'kind' || name === 'sensitivity' || name === 'status') {
      fields[name] = value;
    } else if (!sameJson(value, empty[name] as Json)) {
      fields[name] = value;
    }
  }
  return fields;
}

export interface ReadObservation {
  readonly observation: Observation;
  /** Registers whose value this version cannot read (a newer version wrote them): kept, shown raw, never overwritten unseen. */
  readonly unread: FieldMap;
}

type Shape = { safeParse(value: unknown): { readonly success: boolean } };
const SHAPES: Readonly<Record<string, Shape>> = observationSchema.shape;

/** By key and element, without a record of one around them: asked for every element of every observation. */
function isElement(collection: Collection, key: string, value: Json): boolean {
  const { keyType, valueType }: Readonly<Record<'keyType' | 'valueType', Shape>> =
    observationSchema.shape[collection];
  return keyType.safeParse(key).success && valueType.safeParse(value).success;
}

/** The reverse of `toFields`; `lang` is that of texts nobody has written yet. */
export function fromFields(fields: FieldMap, lang: Observation['title']['lang']): ReadObservation {
  const observation = emptyObservation(lang) as unknown as Record<string, unknown>;
  const unread: Record<string, Json> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value === null || name === 'deleted') continue;
    const slash = name.indexOf('/');
    const collection = slash < 0 ? null : name.slice(0, slash);
    if (collection !== null && isCollection(collection)) {
      const key = name.slice(slash + 1);
      if (isElement(collection, key, value)) {
        (observation[collection] as Record<string, Json>)[key] = value;
      } else unread[name] = value;
    } else if (collection === null && SHAPES[name]?.safeParse(value).success) {
      observation[name] = value;
    } else unread[name] = value;
  }
  return { observation: observation as unknown as Observation, unread };
}

/** What was edited between two versions: each changed register with its new value, null where it was emptied. */
export function diffFields(before: FieldMap, after: FieldMap): FieldMap {
  const edited: Record<string, Json> = {};
  for (const [name, value] of Object.entries(after)) {
    const old = before[name];
    if (old === undefined || !sameJson(old, value)) edited[name] = value;
  }
  for (const name of Object.keys(before)) {
    if (!(name in after) && before[name] !== null) edited[name] = null;
  }
  return edited;
}

/** For each register, the ids of the values that its reader saw: what an edit of it will say it replaces. */
export type Seen = Readonly<Record<string, readonly ChangeId[]>>;
