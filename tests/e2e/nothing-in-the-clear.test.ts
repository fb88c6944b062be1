import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyObservation, type Observation } from '@/core/model/observation.ts';
import type { ObservationQuery } from '@/core/workspace.ts';
import { startApp } from '../support/app.ts';
import { buildBareApp, openBareApp, writeQuickVault } from '../support/bare-app.ts';
import { filesHolding } from '../support/find-text.ts';
import { PASSPHRASE, query } from '../support/vault.ts';

/** One word that no program has a reason to write, in each script. */
const CANARIES = ['zqxcanaryvj', 'жкңканарейкаөү', 'gʻqanariya'] as const;
const [LATIN, CYRILLIC, UZBEK] = CANARIES;
const RECORDS = 500;

interface Told {
  readonly passphrase: string;
  readonly all: ObservationQuery;
  readonly words: readonly string[];
  readonly observations: readonly Observation[];
}

/** Every field that takes words holds a canary. */
function canaryObservation(n: number): Observation {
  const text = `${LATIN} ${CYRILLIC} ${UZBEK} ${n}`;
  return {
    ...emptyObservation('ky'),
    date: '2021-04-12',
    place: { unit: 'KG06226000000', label: text },
    village: text,
    placeNote: text,
    title: { text, lang: 'ky' },
    narrative: { text: `${text}. `.repeat(20), lang: 'uz-Latn' },
    source: text,
    consentPurpose: text,
    reviewNote: text,
    indicatorDefinition: text,
    indicatorUnit: text,
    people: { p1: { role: 'victim', sex: null, ageGroup: null, characteristics: [] } },
    names: { p1: text },
    tags: { [text]: true },
    links: { 'KGZ-2020-D1.2.a': { direction: 'regression', comment: text } },
    answers: { 'bride-kidnapping/own-words': { text, lang: 'ky' } },
    translations: { 'narrative/ru': { text, translator: text, on: '2021-04-13' } },
  };
}

test('of 500 records with canaries in every field, searched and never exported, no file holds one in the clear', {
  timeout: 300_000,
}, async () => {
  const bare = await buildBareApp();
  const scratch = await mkdtemp(join(tmpdir(), 'baikoo-canary-'));
  const [home, profile] = [join(scratch, 'home'), join(scratch, 'profile')];
  await writeQuickVault(home);
  const app = await openBareApp({ program: bare.program, home, profile });
  const found = await app.page.evaluate(
    async (told: string) => {
      const { passphrase, all, observations, words } = JSON.parse(told) as Told;
      const { workspace } = window;
      if (workspace === undefined) throw new Error('The page is not ready.');
      await workspace.vault.unlock({ passphrase }, () => undefined);
      for (const observation of observations) {
        const draft = await workspace.drafts.newId();
        const edit = { base: null, seen: {}, observation };
        await workspace.drafts.put({ id: draft, record: null, ...edit });
        await workspace.observations.save({ id: null, ...edit, draft });
      }
      await workspace.views.save({ name: words[0] ?? '', query: { ...all, text: words[1] ?? '' } }, null);
      const kept = await workspace.drafts.newId();
      await workspace.drafts.put({
        id: kept,
        record: null,
        base: null,
        seen: {},
        observation: observations[0] as NonNullable<(typeof observations)[0]>,
      });
      const totals: number[] = [];
      for (const text of words) {
        const { key, total } = await workspace.observations.query('all', { ...all, text });
        await workspace.observations.page(key, 0, 50);
        totals.push(total);
      }
      // Long enough for the cache to have been written.
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      return totals;
    },
    JSON.stringify({
      passphrase: PASSPHRASE,
      all: query(),
      words: [...CANARIES],
      observations: Array.from({ length: RECORDS }, (_, n) => canaryObservation(n)),
    } satisfies Told),
  );
  expect(found).toEqual(CANARIES.map(() => RECORDS));
  expect(await filesHolding(CANARIES, [home, profile])).toEqual([]);
  await app.stop();
  expect(await filesHolding(CANARIES, [home, profile])).toEqual([]);
  // The search for canaries must be able to find one.
  await writeFile(join(home, 'in-the-clear'), Buffer.from(`… ${CYRILLIC} …`, 'utf16le'));
  expect(await filesHolding(CANARIES, [home, profile])).toEqual([join(home, 'in-the-clear')]);
  await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  await bare.remove();
});

test('what is typed into the form and the search field reaches no file of the browser', {
  timeout: 120_000,
}, async () => {
  const scratch = await mkdtemp(join(tmpdir(), 'baikoo-typed-'));
  const app = await startApp({ home: join(scratch, 'home') });
  await app.createVault({ passphrase: `${LATIN} ${UZBEK}`, name: CYRILLIC });
  await app.go('#/observations/new');
  await app.page.getByLabel(app.t('observation.fields.title'), { exact: true }).fill(`${LATIN} ${CYRILLIC}`);
  await app.page
    .getByLabel(app.t('observation.fields.narrative'), { exact: true })
    .fill(`${UZBEK} ${CYRILLIC}`);
  await app.page.waitForTimeout(2_500);
  await app.go('#/observations');
  await app.page.getByLabel(app.t('app.search.label'), { exact: true }).fill(CYRILLIC);
  await app.page.waitForTimeout(1_000);
  const profile = app.profile;
  await app.restart();
  expect(await filesHolding(CANARIES, [app.home, profile])).toEqual([]);
  await app.stop();
  await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
});
