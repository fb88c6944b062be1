import { z } from 'zod';
import { LOCALES } from '../base/locales.ts';

const sentences = z.array(z.string().min(1).max(600)).min(4).max(40);

/**
 * Sentences the demonstration is told in, by language. `{place}` and `{theme}` are filled in.
 */
const voiceSchema = z.strictObject({
  /** Says that the record is invented; every narrative begins with it. */
  mark: z.string().min(1).max(200),
  titles: sentences,
  openings: sentences,
  events: sentences,
  reactions: sentences,
  closings: sentences,
  sources: sentences,
  villages: sentences,
  tags: sentences,
});
export const demoPhrasesSchema = z.strictObject({
  format: z.literal('baikoo-demo'),
  version: z.literal(1),
  voices: z.strictObject(
    Object.fromEntries(LOCALES.map((locale) => [locale, voiceSchema])) as Record<
      (typeof LOCALES)[number],
      typeof voiceSchema
    >,
  ),
});
export type DemoPhrases = z.infer<typeof demoPhrasesSchema>;
