import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { OpenConflict } from '@/core/team-doors.ts';
import { NO_FILTERS } from '@/ui/observations/filters.ts';
import { textOf } from '../support/texts.ts';
import { callsOf, type FakedApp, show, startFakedApp, writtenIn } from './faked-app.ts';
import { torn } from './scenes.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 180_000 });

let app: FakedApp;
beforeAll(async () => {
  app = await startFakedApp();
});
afterEach(() => app.closePages());
afterAll(() => app?.close());

const t = (key: string, values: Readonly<Record<string, string | number>> = {}) => textOf('en', key, values);
const button = (page: Page, key: string, values = {}) =>
  page.getByRole('button', { name: t(key, values), exact: true });

/** The page on a screen, with the conflicts and the pair of `torn`. */
async function tornApart(
  hash: (ids: readonly string[]) => string,
): Promise<{ page: Page; ids: readonly string[] }> {
  const page = await app.open({ hash: '#/drafts' });
  const ids = await writtenIn(page);
  await show(page, hash(ids), torn(ids));
  return { page, ids };
}

/** The versions that `torn` shows of its conflict `n`: what whoever settles it says that they saw. */
const versionsOf = (ids: readonly string[], n: number): readonly string[] | undefined =>
  torn(ids).conflicts?.[n]?.versions.map(({ change }) => change);

describe('the screen of the conflicts', () => {
  test('says that there are none, and what would stand there', async () => {
    const page = await app.open({ hash: '#/conflicts' });
    await page.getByText(t('conflicts.none')).waitFor();
    await page.getByText(t('duplicates.none')).waitFor();
  });

  test('lists each with record, field, who and when, and opens one by keys', async () => {
    const { page } = await tornApart(() => '#/conflicts');
    const items = page.getByRole('region', { name: t('conflicts.list') }).getByRole('listitem');
    await expect.poll(() => items.count()).toBe(5);
    const first = (await items.first().textContent()) ?? '';
    expect(first).toContain('Снос дома на улице Шопокова');
    expect(first).toContain(t('observation.fields.narrative'));
    expect(first).toContain('Бакыт, 10 March 2026, 15:30 · Dilnoza, 11 March 2026, 15:30');
    await page.getByRole('link', { name: /Conflicts.*Open conflicts: 5/ }).waitFor();
    await items.first().getByRole('button').press('Enter');
    const versions = items.first().locator('[data-version]');
    expect(await versions.count()).toBe(2);
  });

  test('shows the only one at once, and folds it when asked', async () => {
    const page = await app.open({ hash: '#/drafts' });
    const scene = torn(await writtenIn(page));
    await show(page, '#/conflicts', { ...scene, conflicts: (scene.conflicts ?? []).slice(0, 1) });
    const item = page.getByRole('region', { name: t('conflicts.list') }).getByRole('listitem');
    await item.locator('[data-version="1"]').waitFor();
    const toggle = item.getByRole('button', { expanded: true });
    await toggle.click();
    await item.getByRole('button', { expanded: false }).waitFor();
    expect(await item.locator('[data-version]').count()).toBe(0);
  });

  test('shows beside a deletion what it had not seen, and deletes both', async () => {
    const { page, ids } = await tornApart(() => '#/conflicts');
    const item = page
      .getByRole('region', { name: t('conflicts.list') })
      .getByRole('listitem')
      .filter({ hasText: 'Выселение семьи с детьми' });
    await item.getByRole('button').first().click();
    const text = await item.locator('[data-beside]').textContent();
    expect(text).toContain(t('conflicts.besideDeletion'));
    expect(text).toMatch(/Үй-бүлөнү көчөгө чыгарышты\.\s*Бакыт\s*12 March 2026, 15:30/);
    expect(text).toContain(t('observation.fields.date'));
    expect(await item.locator('[data-deletion]').textContent()).toMatch(/Dilnoza\s*11 March 2026, 15:30/);
    await item.getByRole('button', { name: t('observation.conflict.delete') }).click();
    const conflict = torn(ids).conflicts?.[2];
    const shown = [...(conflict?.versions ?? []), ...(conflict?.unseen ?? [])].map(({ change }) => change);
    await expect
      .poll(() => callsOf(page, 'conflicts.settle'))
      .toEqual([[conflict?.record, 'deleted', true, shown]]);
  });

  test('marks in each version what was added to the common ancestor and taken from it', async () => {
    const { page } = await tornApart(() => '#/conflicts');
    const item = page
      .getByRole('region', { name: t('conflicts.list') })
      .getByRole('listitem')
      .first();
    await item.getByRole('button').click();
    await item.getByText(t('conflicts.ancestor')).waitFor();
    const one = item.locator('[data-version="1"]');
    const two = item.locator('[data-version="2"]');
    expect(await one.locator('del').allInnerTexts()).toEqual(['два часа']);
    expect(await one.locator('mark').allInnerTexts()).toEqual(['один час']);
    expect(await two.locator('mark').allInnerTexts()).toEqual([' Решения суда не показали.']);
  });

  test('takes one version, or a third that is written from one', async () => {
    const { page, ids } = await tornApart(() => '#/conflicts');
    const items = page.getByRole('region', { name: t('conflicts.list') }).getByRole('listitem');
    await items.first().getByRole('button').click();
    await items.first().locator('[data-version="2"]').getByRole('button').nth(1).click();
    await page.getByRole('textbox', { name: t('observation.fields.narrative') }).fill('Третья.');
    await button(page, 'observation.conflict.saveThird').click();
    await expect.poll(() => items.count()).toBe(4);
    await page.getByText(t('observation.conflict.settled')).waitFor();
    expect(await callsOf(page, 'conflicts.settle')).toEqual([
      [ids[0], 'narrative', { text: 'Третья.', lang: 'ru' }, versionsOf(ids, 0)],
    ]);
    // A setting of the team is settled in the same way.
    const setting = items.filter({ hasText: t('conflicts.types.setting') });
    await setting.getByRole('button').click();
    await setting.locator('[data-version="1"]').getByRole('button').first().click();
    await expect.poll(() => items.count()).toBe(3);
    expect((await callsOf(page, 'conflicts.settle')).at(-1)).toEqual([
      'organisation',
      'organisation',
      'Ак жол коомдук фонду',
      versionsOf(ids, 3),
    ]);
  });

  test('keeps a conflict that could not be settled, and says why', async () => {
    const { page } = await tornApart(() => '#/conflicts');
    await page.evaluate(() => window.fake.set({ failing: { 'conflicts.settle': ['disk/full'] } }));
    const items = page.getByRole('region', { name: t('conflicts.list') }).getByRole('listitem');
    await items.first().getByRole('button').click();
    await items.first().locator('[data-version="1"]').getByRole('button').first().click();
    await page.getByText(t('errors.disk.full.says')).waitFor();
    expect(await items.count()).toBe(5);
  });
});

test('a record with open conflicts is marked on its page, in the list and in the catalogue, and settled on its page', async () => {
  const { page } = await tornApart(([one]) => `#/observations/${one}`);
  await page.getByRole('heading', { level: 2, name: t('observation.conflict.title') }).waitFor();
  await page.getByText(t('observation.conflict.mark', { figure: 2 })).waitFor();
  // What both began from is known here too.
  await page.getByText(t('conflicts.ancestor')).waitFor();
  await show(page, '#/observations', {});
  await page.getByRole('row').getByText('2 conflicts').waitFor();
  await show(page, '#/catalogue/KGZ-2020-D1.2', {});
  await page
    .getByRole('list', { name: t('catalogue.inTime.list') })
    .getByText('2 conflicts')
    .waitFor();
});

test('a record with open conflicts is marked in its form, field by field, and in the list of drafts', async () => {
  const { page } = await tornApart(([one]) => `#/observations/${one}/edit`);
  const banner = page.getByRole('note').filter({ hasText: t('observation.conflict.title') });
  await banner.getByText(`${t('observation.fields.narrative')}, ${t('observation.fields.date')}`).waitFor();
  const marked = (field: string) =>
    page.getByRole('link', {
      name: t('observation.conflict.ofField', { field: t(`observation.fields.${field}`) }),
    });
  await marked('narrative').waitFor();
  expect(await marked('date').count()).toBe(1);
  expect(await marked('title').count()).toBe(0);
  await page.getByRole('textbox', { name: t('observation.fields.title') }).fill('Снос дома');
  await page.getByText(/^Draft kept/).waitFor();
  await show(page, '#/drafts', {});
  await page.getByRole('main').getByText('2 conflicts').waitFor();
});

test('what a team has set differently is told in words, side by side', async () => {
  const query = { ...NO_FILTERS, text: 'снос', locale: 'ru', statuses: ['approved'] };
  const form = JSON.parse(await readFile('seeds/forms/forced-eviction.json', 'utf8'));
  const other = structuredClone(form);
  other.sections[0].questions[0].label.en = 'Asked in another way';
  const by = (author: string, value: unknown) => ({
    value: value as never,
    change: `${author}:1`,
    author,
    at: '2026-03-10T09:30:00Z',
  });
  const conflicts: OpenConflict[] = [
    {
      record: 'v1',
      type: 'view',
      title: 'Сносы',
      field: 'query',
      ancestor: null,
      unseen: [],
      versions: [by('m2', query), by('m3', { ...query, statuses: ['rejected'] })],
    },
    {
      record: 'form:forced-eviction',
      type: 'form',
      title: '',
      field: 'file',
      ancestor: null,
      unseen: [],
      versions: [by('m2', JSON.stringify(form)), by('m3', JSON.stringify(other))],
    },
  ];
  const page = await app.open({ hash: '#/conflicts', state: { conflicts } });
  const items = page.getByRole('region', { name: t('conflicts.list') }).getByRole('listitem');
  const view = items.filter({ hasText: t('conflicts.fields.query') });
  await view.getByRole('button').click();
  const shown = await view.locator('[data-version]').allInnerTexts();
  expect(shown[0]).toContain(`${t('conflicts.search', { text: 'снос' })}\nStatus: Approved`);
  expect(shown[1]).toContain('Status: Rejected');
  expect(await view.locator('mark').allInnerTexts()).toEqual(['Approved', 'Rejected']);
  const forms = items.filter({ hasText: t('conflicts.fields.file') });
  await forms.getByRole('button').click();
  await forms.locator('mark').getByText('Asked in another way').waitFor();
  expect((await forms.locator('[data-version]').allInnerTexts()).join()).not.toContain('"format"');
});

describe('versions that cannot be told apart by their words', () => {
  const by = (author: string, value: unknown) => ({
    value: value as never,
    change: `${author}:1`,
    author,
    at: '2026-03-10T09:30:00Z',
  });
  const text = 'Кыйноолорду алдын алуу';
  const review = (reviewer: string) => ({ text, review: { reviewer, on: '2026-03-10' } });
  const ofAll = { title: 'Снос', ancestor: null, unseen: [] };

  test('say their language, who reviewed them, or that they read the same', async () => {
    const conflicts: OpenConflict[] = [
      {
        ...ofAll,
        record: 'r1',
        type: 'observation',
        field: 'narrative',
        versions: [by('m2', { text, lang: 'ky' }), by('m3', { text, lang: 'ru' })],
      },
      {
        ...ofAll,
        record: 'correction:ky:KGZ-2020-D1.2',
        type: 'correction',
        field: 'shortTitle',
        versions: [by('m2', review('Бакыт')), by('m3', review('Dilnoza'))],
      },
      {
        ...ofAll,
        record: 'v1',
        type: 'view',
        field: 'query',
        versions: [by('m2', { ...NO_FILTERS, added: 1 }), by('m3', { ...NO_FILTERS, added: 2 })],
      },
    ];
    const page = await app.open({ hash: '#/conflicts', state: { conflicts } });
    const items = page.getByRole('region', { name: t('conflicts.list') }).getByRole('listitem');
    await items.nth(0).getByRole('button').click();
    await items.nth(0).locator('[data-version="1"]').getByText('Кыргызча').waitFor();
    await items.nth(0).locator('[data-version="2"]').getByText('Русский').waitFor();
    await items.nth(1).getByRole('button').click();
    await items.nth(1).locator('[data-version="1"]').getByText('reviewed by Бакыт, 10 March 2026').waitFor();
    await items.nth(2).getByRole('button').click();
    await items.nth(2).getByText(t('conflicts.readAlike')).waitFor();
    await items.nth(2).locator('[data-version="1"]').getByRole('button').first().click();
    // A view has no history on any screen.
    await page.getByText(t('conflicts.settled'), { exact: true }).waitFor();
  });

  test('are real names: they show when asked for', async () => {
    const conflict: OpenConflict = {
      ...ofAll,
      record: 'r1',
      type: 'observation',
      field: 'names/p1',
      versions: [by('m2', 'Айгүл Асанова'), by('m3', 'Айгүл Усенова')],
    };
    const page = await app.open({ hash: '#/conflicts', state: { conflicts: [conflict] } });
    const second = page.locator('[data-version="2"]');
    await second.getByText(t('observation.names.hidden')).waitFor();
    await button(page, 'observation.names.show').click();
    await second.getByText('Айгүл Усенова').waitFor();
    await button(page, 'observation.names.hide').click();
    await second.getByText(t('observation.names.hidden')).waitFor();
  });
});

test('a contested link shows both accounts, and is marked on their pages', async () => {
  const page = await app.open({ hash: '#/drafts' });
  const [one = '', other = ''] = await writtenIn(page);
  const by = (author: string, value: string) => ({
    value,
    change: `${author}:1`,
    author,
    at: '2026-03-10T09:30:00Z',
  });
  const conflict: OpenConflict = {
    record: `pair:${one}+${other}`,
    type: 'pair',
    title: 'Снос дома · Выселение',
    field: 'verdict',
    ancestor: null,
    unseen: [],
    versions: [by('m2', 'same'), by('m3', 'different')],
  };
  await show(page, '#/conflicts', { conflicts: [conflict] });
  const item = page.getByRole('region', { name: t('conflicts.list') }).getByRole('listitem');
  await item.getByText('Снос дома · Выселение').waitFor();
  await item.getByRole('link', { name: 'Снос дома на улице Шопокова' }).waitFor();
  await item.getByText(/жили трое детей/).waitFor();
  await show(page, `#/observations/${one}`, { linked: { [one]: [{ id: other, contested: true }] } });
  const accounts = page.getByRole('region', { name: t('duplicates.accounts') });
  await accounts.getByRole('link', { name: t('duplicates.contested') }).waitFor();
  expect(await accounts.getByRole('button').count()).toBe(0);
});

test('settling by keys leaves the focus on the next conflict, and after the last on the heading', async () => {
  const { page } = await tornApart(() => '#/conflicts');
  const scene = torn(await writtenIn(page));
  await show(page, '#/conflicts', { conflicts: (scene.conflicts ?? []).slice(0, 2) });
  const items = page.getByRole('region', { name: t('conflicts.list') }).getByRole('listitem');
  await expect.poll(() => items.count()).toBe(2);
  const focused = () =>
    page.evaluate(
      () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.tagName,
    );
  for (const left of [1, 0]) {
    if ((await items.first().locator('[data-version]').count()) === 0) {
      await items.first().getByRole('button').first().press('Enter');
    }
    await items.first().locator('[data-version="1"]').getByRole('button').first().press('Enter');
    await expect.poll(() => items.count()).toBe(left);
    await expect.poll(focused).toContain(left === 1 ? t('observation.fields.date') : 'H1');
  }
});

test('what was just done is told in the language that is on', async () => {
  const { page } = await tornApart(() => '#/conflicts');
  const items = page.getByRole('region', { name: t('conflicts.list') }).getByRole('listitem');
  await items.first().getByRole('button').click();
  await items.first().locator('[data-version="1"]').getByRole('button').first().click();
  await page.getByText(t('observation.conflict.settled')).hover();
  await page.getByRole('button', { name: t('app.language') }).press('Enter');
  await page.getByRole('menuitemradio', { name: 'Русский' }).press('Enter');
  await page.getByText(textOf('ru', 'observation.conflict.settled')).waitFor();
});

describe('possible duplicates', () => {
  test('stand side by side with what they have in common; linking them shows on both pages and is undone', async () => {
    const { page, ids } = await tornApart(() => '#/conflicts');
    const pair = page.getByRole('group', { name: t('duplicates.pair') });
    await pair.getByText('In common: the date and words of the text').waitFor();
    await pair.getByText(/Семье дали два часа/).waitFor();
    await pair.getByText(/жили трое детей/).waitFor();
    await button(page, 'duplicates.same').click();
    await page.getByText(t('duplicates.none')).waitFor();
    expect(await callsOf(page, 'conflicts.judge')).toEqual([[ids[0], ids[1], 'same', null]]);
    await show(page, `#/observations/${ids[1]}`, {});
    const accounts = page.getByRole('region', { name: t('duplicates.accounts') });
    await accounts.getByRole('link', { name: 'Снос дома на улице Шопокова' }).waitFor();
    await accounts.getByRole('button').click();
    await page.getByText(t('duplicates.unlinked')).waitFor();
    await accounts.waitFor({ state: 'detached' });
  });

  test('are hinted at on the page of the observation, compared on request, told apart, and that is undone', async () => {
    const { page, ids } = await tornApart(([one]) => `#/observations/${one}`);
    const hint = page.getByRole('region', { name: t('duplicates.title') });
    await hint.getByText(t('duplicates.hint')).waitFor();
    expect(await hint.getByText(/жили трое детей/).count()).toBe(0);
    await hint.getByRole('button', { name: t('duplicates.compare') }).press('Enter');
    await hint.getByText(/жили трое детей/).waitFor();
    await button(page, 'duplicates.different').click();
    await hint.waitFor({ state: 'detached' });
    await page.keyboard.press('Alt+KeyZ');
    await hint.waitFor();
    expect((await callsOf(page, 'conflicts.judge')).map(([, , ...verdicts]) => verdicts)).toEqual([
      ['different', null],
      [null, 'different'],
    ]);
    expect(ids).toHaveLength(3);
  });
});
