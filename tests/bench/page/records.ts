import { demoPhrasesSchema } from '@/core/model/demo-phrases.ts';
import { demoObservations } from '@/core/workspace/demo.ts';
import { readSeeds } from '@/core/workspace/reference-data.ts';
import { seedFiles } from '@/workers/seed-files.ts';
import type { PlainRecord } from './contestant.ts';

/** The demonstration's observations over and over, each with a number of its own in title and narrative (some 600 letters). */
export function records(count: number): PlainRecord[] {
  const seeds = readSeeds(seedFiles);
  const invented = demoObservations(seeds, demoPhrasesSchema.parse(seeds.demo), '2025-06-30');
  return Array.from({ length: count }, (_, n) => {
    const base = invented[n % invented.length] as (typeof invented)[0];
    const more = invented[(n * 7 + 3) % invented.length] as (typeof invented)[0];
    return {
      ...base,
      id: `record-${String(n).padStart(8, '0')}`,
      title: { ...base.title, text: `${base.title.text} ${n}` },
      narrative: { ...base.narrative, text: `${base.narrative.text}\n${more.narrative.text}\n№ ${n}` },
    };
  });
}
