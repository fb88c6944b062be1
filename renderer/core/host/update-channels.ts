import { z } from 'zod';
import { LOCALES } from '../base/locales.ts';
import type { Release, UpdateState } from '../base/release.ts';
import { type ChannelSpec, nothing } from './channel.ts';

export const releaseSchema = z.object({
  version: z.string().regex(/^(0|[1-9][0-9]{0,4})(\.(0|[1-9][0-9]{0,4})){2}$/),
  notes: z.record(z.enum(LOCALES), z.string().max(2000)),
  files: z
    .array(
      z.object({
        name: z.string().regex(/^[0-9A-Za-z][0-9A-Za-z._-]{0,99}$/),
        bytes: z.number().int().positive(),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .max(20)
    .readonly(),
}) satisfies z.ZodType<Release>;

/**
 * What the update server answers with: `release` is the JSON text of a `Release`, letter for letter as it was signed,
 * and `signature` the Ed25519 signature (base64) of `RELEASE_CONTEXT` followed by that text in UTF-8. Members of a
 * release that this version does not know are let pass.
 */
export const signedReleaseSchema = z.strictObject({ release: z.string(), signature: z.base64().length(88) });
/** Keeps a signature made for something else from counting as one of a release. */
export const RELEASE_CONTEXT = 'baikoo release 1\n';

export const updateStateSchema = z.strictObject({
  source: z.strictObject({ server: z.string(), page: z.string() }).nullable(),
  weekly: z.boolean(),
  checkedAt: z.string().nullable(),
  newer: releaseSchema.nullable(),
}) satisfies z.ZodType<UpdateState>;

/** The channels of the update check. None takes an address: the build has one or has none. */
export const UPDATE_CHANNELS = {
  'updates.state': {
    doc: 'What is known about newer versions; asks nobody.',
    params: nothing,
    result: updateStateSchema,
    claimed: true,
    maxBytes: 0,
  },
  'updates.setWeekly': {
    doc: 'Turns the weekly question on or off.',
    params: z.tuple([z.boolean()]),
    result: updateStateSchema,
    claimed: true,
    maxBytes: 0,
  },
  'updates.check': {
    doc: 'Asks the server now.',
    params: nothing,
    result: updateStateSchema,
    claimed: true,
    maxBytes: 0,
    aside: true,
  },
} as const satisfies Record<string, ChannelSpec>;
