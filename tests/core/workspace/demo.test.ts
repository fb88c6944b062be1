import { expect, test } from 'vitest';
import { LOCALES } from '@/core/base/locales.ts';
import { observationSchema } from '@/core/model/observation.ts';
import { DEMO_OBSERVATIONS, demoObservations } from '@/core/workspace/demo.ts';
import { readSeeds } from '@/core/workspace/reference-data.ts';
import { laptop, query, seedFiles, silent } from '../../support/vault.ts';

const seeds = readSeeds(seedFiles);
const invented = demoObservations(seeds, seeds.demo, '2025-06-30');

test('the demonstration speaks all five languages, of every theme and every oblast, over three years', () => {
  expect(invented).toHaveLength(DEMO_OBSERVATIONS);
  const used = <T>(values: readonly T[]): number => new Set(values).size;
  expect(used(invented.map((observation) => observation.narrative.lang))).toBe(LOCALES.length);
  expect(used(invented.flatMap((observation) => Object.keys(observation.themes)))).toBe(
    seeds.vocabularies.themes?.terms.length,
  );
  const byId = new Map(seeds.places.map((place) => [place.id, place]));
  const oblastOf = (id: string): string => {
    const place = byId.get(id);
    return place === undefined || place.level === 1 ? id : oblastOf(place.parent ?? '');
  };
  expect(used(invented.map((observation) => oblastOf(observation.place?.unit ?? '')))).toBe(
    seeds.places.filter((place) => place.level === 1).length,
  );
  expect([...new Set(invented.map((observation) => observation.date.slice(0, 4)))].sort()).toEqual([
    '2022',
    '2023',
    '2024',
    '2025',
  ]);
});

test('each of its narratives says in its own language that it is invented, and reads as an observation', () => {
  for (const observation of invented) {
    observationSchema.parse(observation);
    const lang = observation.narrative.lang as (typeof LOCALES)[number];
    expect(observation.narrative.text.startsWith(seeds.demo.voices[lang].mark)).toBe(true);
    expect(observation.narrative.text).not.toContain('{');
  }
});

test('it opens by itself, marked as a demonstration, and again after a restart', async () => {
  const machine = laptop();
  const first = machine.start();
  await first.vault.openDemo('ru', silent);
  expect((await first.observations.query('all', query())).total).toBe(DEMO_OBSERVATIONS);
  await first.vault.lock();
  machine.host.disk.restart();
  const again = machine.start();
  await again.vault.openDemo('ru', silent);
  expect(await again.vault.status()).toEqual({ state: 'open', demo: true });
  expect((await again.observations.query('all', query())).total).toBe(DEMO_OBSERVATIONS);
});
