import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyObservation, type Observation } from '@/core/model/observation.ts';
import { type App, startApp } from '../support/app.ts';
import { fillVault } from '../support/filled-vault.ts';
import { axeProblems } from '../support/page-checks.ts';

/**
 * Form, page, history and drafts of an observation, in the built app. The vault comes with two records: one that was
 * edited twice from the same state, as two people without a line would, and one to edit.
 */

const CONTESTED = 'Нооруз базарындагы тополоң';
const PLAIN = 'Мектепте өзбек классы жабылды';
const EARLIER = 'Класста жыйырма үч бала бар эле, ата-энелерге эч ким айткан эмес.';

/** Starts, kills and derivations of keys take their time on a busy machine. */
const LONG = 90_000;

let app: App;
let home: string;
let contested = '';
let plain = '';

function told(title: string, narrative: string): Observation {
  return {
    ...emptyObservation('ky'),
    title: { text: title, lang: 'ky' },
    narrative: { text: narrative, lang: 'ky' },
    people: { ata: { role: 'witness', sex: null, ageGroup: null, characteristics: [] } },
    names: { ata: 'Жыпаргүл Сатарова' },
  };
}

beforeAll(async () => {
  home = join(await mkdtemp(join(tmpdir(), 'baikoo-observation-')), 'home');
  await fillVault(home, async ({ observations }) => {
    const first = told(CONTESTED, 'Милиция төрт адамды алып кетти, эч кимге кагаз көрсөтпөдү.');
    const made = await observations.save({ id: null, base: null, seen: {}, observation: first, draft: null });
    contested = made.id;
    const { observation, seen } = await observations.open(contested);
    for (const text of ['Милиция беш адамды алып кетти.', 'Милиция төрт кишини алып кетти.']) {
      await observations.save({
        id: contested,
        base: observation,
        seen,
        observation: { ...observation, narrative: { text, lang: 'ky' } },
        draft: null,
      });
    }
    const second = told(PLAIN, EARLIER);
    plain = (await observations.save({ id: null, base: null, seen: {}, observation: second, draft: null }))
      .id;
  });
  app = await startApp({ home, ownProcess: true });
  await app.unlock();
}, LONG);

afterAll(async () => {
  await app.stop();
  await rm(join(home, '..'), { recursive: true, force: true });
});

const t = (key: string, values?: Record<string, string | number>) => app.t(key, values);
const narrative = () =>
  app.page.getByRole('textbox', { name: t('observation.fields.narrative'), exact: true });
const title = () => app.page.getByRole('textbox', { name: t('observation.fields.title'), exact: true });
const heading = (text: string) => app.page.getByRole('heading', { level: 1, name: text, exact: true });
const press = (key: string) => app.page.keyboard.press(key);
const type = (text: string) => app.page.keyboard.type(text);
const isFocused = (locator: Locator) => locator.evaluate((element) => element === document.activeElement);

/** Goes on with the Tab key until the focus is there, as somebody without a mouse does. */
async function tabTo(target: Locator, most = 20): Promise<void> {
  for (let tabs = 0; tabs < most; tabs++) {
    if (await isFocused(target)) return;
    await press('Tab');
  }
  throw new Error(`${most} presses of Tab did not lead to ${target}.`);
}

async function openPage(id: string, name: string): Promise<void> {
  await app.go(`#/observations/${id}`);
  await heading(name).waitFor();
}

const draftKept = () => app.page.locator('[data-draft="kept"]').waitFor();

test(
  'a simple observation is logged by the keyboard alone',
  async () => {
    await press('Alt+KeyN');
    await title().waitFor();
    await expect.poll(() => isFocused(title())).toBe(true);
    await type('Families told to leave mahalla 12');
    await tabTo(narrative());
    await type(
      'On Monday four men came and said that everybody must be out by Friday. They showed no paper.',
    );
    await tabTo(app.page.getByRole('textbox', { name: t('observation.fields.date'), exact: true }));
    await type('12.04.2021');
    await tabTo(app.page.getByRole('combobox', { name: t('observation.fields.place'), exact: true }));
    await type('Ош шаары');
    await app.page.getByRole('option').first().waitFor();
    await press('Enter');
    await tabTo(app.page.locator('[id="field:links"]'));
    await type('D5.3.a');
    await app.page.getByRole('option').first().waitFor();
    await press('Enter');
    await app.page.getByRole('main').getByText('KGZ-2020-D5.3.a').first().waitFor();
    // The message is gone after some seconds: on a busy machine, before the record is there to be seen.
    await Promise.all([app.page.getByText('Saved on this device').waitFor(), press('Control+KeyS')]);
    await heading('Families told to leave mahalla 12').waitFor();
    const page = app.page.getByRole('main');
    await page.getByText('They showed no paper.').waitFor();
    await page.getByText('12 April 2021').first().waitFor();
    await page.getByRole('link', { name: 'KGZ-2020-D5.3.a' }).waitFor();
    expect(await axeProblems(app.page)).toEqual([]);
    await app.go('#/drafts');
    await app.page.getByText(t('drafts.empty')).waitFor();
  },
  LONG,
);

test('a record that says nothing is refused beside the field, and nothing typed is lost', async () => {
  await app.go('#/observations/new');
  await title().waitFor();
  const village = app.page.getByLabel(t('fields.place.village'), { exact: true });
  await village.fill('Кара-Дыйкан, мектептин жаны');
  await press('Control+Enter');
  await app.page.getByText(t('observation.checks.empty')).first().waitFor();
  await expect.poll(() => isFocused(narrative())).toBe(true);
  expect(await narrative().getAttribute('aria-invalid')).toBe('true');
  expect(await axeProblems(app.page)).toEqual([]);

  // The list of remarks leads to its fields, too.
  await app.page.getByRole('button', { name: /^Date\. / }).press('Enter');
  const date = app.page.getByRole('textbox', { name: t('observation.fields.date'), exact: true });
  await expect.poll(() => isFocused(date)).toBe(true);

  expect(await village.inputValue()).toBe('Кара-Дыйкан, мектептин жаны');
  await narrative().fill('Айыл өкмөтү жолду жапты.');
  await press('Control+Enter');
  await app.page.getByRole('heading', { level: 1, name: t('observation.view.untitled') }).waitFor();
  await app.page.getByRole('main').getByText('Кара-Дыйкан, мектептин жаны').first().waitFor();
});

test(
  'a draft outlives a killed program and opens again in its record, marked as a draft',
  async () => {
    app.forgive();
    await openPage(plain, PLAIN);
    await press('F2');
    await narrative().waitFor();
    await narrative().focus();
    await press('Control+End');
    await type(' Директор буйрукту көрсөткөн жок.');
    await draftKept();
    await app.kill();
    await app.restart();
    await app.unlock();

    await app.go('#/drafts');
    await app.page.getByText(t('drafts.ofRecord', { title: PLAIN })).waitFor();
    expect(await axeProblems(app.page)).toEqual([]);
    await app.page.getByRole('link', { name: PLAIN }).press('Enter');
    await app.page.locator('[data-banner="draft"]').waitFor();
    expect(await narrative().inputValue()).toBe(`${EARLIER} Директор буйрукту көрсөткөн жок.`);
    expect(app.page.url()).toContain(`#/observations/${plain}/edit`);

    // Discarding shows the record as it is saved, and can be taken back.
    await app.page.getByRole('button', { name: t('observation.draft.discard') }).press('Enter');
    expect(await narrative().inputValue()).toBe(EARLIER);
    await app.page.getByRole('button', { name: t('observation.draft.bringBack') }).press('Enter');
    expect(await narrative().inputValue()).toContain('Директор');
    await draftKept();

    // The page of the record knows of it.
    await openPage(plain, PLAIN);
    await app.page.getByRole('link', { name: t('observation.view.openDraft') }).press('Enter');
    await app.page.locator('[data-banner="draft"]').waitFor();
    await press('Control+KeyS');
    await heading(PLAIN).waitFor();
  },
  LONG,
);

test('the history tells before and after, word by word, and is opened from a field', async () => {
  await openPage(plain, PLAIN);
  await press('F2');
  await narrative().waitFor();
  await narrative().fill('Класста жыйырма үч бала бар эле, ата-энелерге жума күнү айтылды.');
  await press('Alt+KeyH');
  const drawer = app.page.getByRole('dialog');
  await drawer
    .getByText(t('observation.history.ofField', { field: t('observation.fields.narrative') }))
    .waitFor();
  await drawer.getByRole('listitem').first().waitFor();
  await press('Escape');
  await drawer.waitFor({ state: 'detached' });
  await press('Control+KeyS');

  await heading(PLAIN).waitFor();
  await press('Alt+KeyH');
  const newest = app.page.getByRole('dialog').getByRole('listitem').first();
  await newest.waitFor();
  expect((await newest.locator('ins').allInnerTexts()).join('')).toContain('жума күнү айтылды');
  expect((await newest.locator('del').allInnerTexts()).join('')).toContain('эч ким айткан эмес');
  const words = (await newest.textContent()) ?? '';
  expect(words).toContain('Aigul');
  expect(words).toContain(t('observation.history.thisDevice'));
  expect(words).toContain(t('observation.fields.narrative'));
  expect(words).toContain('жыйырма үч бала бар эле');
  // A real name stays hidden here as well.
  expect(await app.page.getByRole('dialog').textContent()).not.toContain('Сатарова');
  expect(await axeProblems(app.page)).toEqual([]);
  await press('Escape');
});

test('a real name is hidden until it is asked for', async () => {
  await openPage(plain, PLAIN);
  const main = app.page.getByRole('main');
  expect(await main.textContent()).not.toContain('Сатарова');
  await app.page.getByRole('button', { name: t('observation.names.show') }).press('Enter');
  await main.getByText('Жыпаргүл Сатарова').waitFor();
});

test('two versions stand side by side until somebody settles them', async () => {
  await openPage(contested, CONTESTED);
  const conflicts = app.page.getByRole('region', { name: t('observation.conflict.title') });
  await conflicts.waitFor();
  await conflicts.getByText(t('conflicts.ancestor')).waitFor();
  // A version is what stayed of the common beginning and what was added to it.
  const versions = await conflicts
    .locator('[data-version] [lang]')
    .evaluateAll((texts) =>
      texts.map((text) => [...text.querySelectorAll(':not(del)')].map((part) => part.textContent).join('')),
    );
  expect(versions.sort()).toEqual(['Милиция беш адамды алып кетти.', 'Милиция төрт кишини алып кетти.']);
  expect(await axeProblems(app.page)).toEqual([]);

  await conflicts
    .getByRole('button', { name: t('observation.conflict.third') })
    .first()
    .press('Enter');
  await narrative().fill('Милиция төрт же беш кишини алып кетти.');
  await conflicts.getByRole('button', { name: t('observation.conflict.saveThird') }).press('Enter');
  await conflicts.waitFor({ state: 'detached' });
  await app.page.getByRole('main').getByText('Милиция төрт же беш кишини алып кетти.').waitFor();

  await press('Alt+KeyH');
  const newest = app.page.getByRole('dialog').getByRole('listitem').first();
  await newest.waitFor();
  expect((await newest.locator('del').allInnerTexts()).sort()).toEqual([
    'Милиция беш адамды алып кетти.',
    'Милиция төрт кишини алып кетти.',
  ]);
  await press('Escape');
});

test('a deleted observation comes back with one key', async () => {
  await openPage(plain, PLAIN);
  await app.page.getByRole('button', { name: t('observation.view.delete'), exact: true }).press('Enter');
  await app.page.getByText(t('observation.view.deleted')).waitFor();
  await heading(PLAIN).waitFor({ state: 'detached' });
  await app.go(`#/observations/${plain}`);
  await app.page.getByText(t('observation.view.isDeleted')).waitFor();
  await press('Alt+KeyZ');
  await app.page.getByText(t('observation.view.isDeleted')).waitFor({ state: 'detached' });
  await heading(PLAIN).waitFor();
});

test('a reviewer’s decision is recorded with its note and can be taken back', async () => {
  await openPage(plain, PLAIN);
  await app.page.getByRole('radio', { name: 'Has issues' }).press('Space');
  await app.page
    .getByLabel(t('observation.fields.reviewNote'), { exact: true })
    .fill('Буйруктун номери керек.');
  await app.page.getByRole('button', { name: t('observation.review.record') }).press('Enter');
  const marks = app.page.getByRole('main').getByRole('list').first();
  await marks.getByText('Has issues').waitFor();
  await press('Alt+KeyZ');
  await marks.getByText('Submitted').waitFor();
});
