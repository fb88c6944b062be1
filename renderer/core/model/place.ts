import { z } from 'zod';
import { codeSchema, labelSchema } from './label.ts';

/** An administrative unit. Ids are the state classifier's codes: text, never numbers. */
const placeUnitSchema = z.strictObject({
  id: codeSchema,
  level: z.number().int().min(0).max(4),
  type: codeSchema,
  parent: codeSchema.nullable(),
  iso: z.string().max(10).nullable(),
  names: labelSchema,
  aliases: z.array(z.string().min(1).max(200)).max(50),
  /** Approximate centroid in degrees: a dot on a small map, never evidence. */
  lon: z.number().min(-180).max(180).nullable(),
  lat: z.number().min(-90).max(90).nullable(),
  validFrom: z.string().max(40).nullable(),
  validTo: z.string().max(40).nullable(),
  replacedBy: codeSchema.nullable(),
  /** Locales whose names still need a native reader. */
  namesState: z.record(z.string(), z.enum(['draft', 'reviewed'])).optional(),
});
export type Place = z.infer<typeof placeUnitSchema>;

/** A unit and those above it, nearest first, without the country. */
export function lineOf(place: Place, byId: ReadonlyMap<string, Place>): readonly Place[] {
  const line = [place];
  let parent = place.parent === null ? undefined : byId.get(place.parent);
  // An organisation's own list can be wrong in any way, also go in circles.
  while (parent !== undefined && parent.parent !== null && !line.includes(parent)) {
    line.push(parent);
    parent = byId.get(parent.parent);
  }
  return line;
}

export const placesSchema = z.strictObject({
  format: z.literal('baikoo-places'),
  version: z.literal(1),
  units: z.array(placeUnitSchema).max(20_000),
});
