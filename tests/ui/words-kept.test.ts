import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { textOf } from '../support/texts.ts';
import { callsOf, type FakedApp, show, startFakedApp, writtenIn } from './faked-app.ts';
import type { FakeState } from './pages/fake-doors.ts';
import { IN_TEAM, torn } from './scenes.ts';

/** Words that are typed beside a form: a version of one's own in a conflict, a reviewer's note. */
vi.setConfig({ testTimeout: 90_000, hookTimeout: 180_000 });

let app: FakedApp;
beforeAll(async () => {
  app = await startFakedApp();
});
afterEach(() => app.closePages());
afterAll(() => app?.close());

const t = (key: string, values: Readonly<Record<string, string | number>> = {}) => textOf('en', key, values);
const button = (page: Page, key: string) => page.getByRole('button', { name: t(key), exact: true });
const itemsOf = (page: Page) => page.getByRole('region', { name: t('conflicts.list') }).getByRole('listitem');
const narrative = (page: Page) => page.getByRole('textbox', { name: t('observation.fields.narrative') });
const WORDS = 'Ten minutes of typing.';

const openConflicts = (scene: Partial<FakeState>) => scene.conflicts ?? [];
/** What somebody else wrote over both versions of the narrative. */
const settledBy = (id: string | undefined): Partial<FakeState> => ({
  standing: {
    [`${id}/narrative`]: [
      {
        value: { text: 'Семье дали час.', lang: 'ru' },
        change: 'm3:9',
        author: 'm3',
        at: '2026-03-12T09:30:00Z',
      },
    ],
  },
});

/** A page on which a third version of the first conflict is being typed. */
async function typing(count: number) {
  const page = await app.open({ hash: '#/drafts' });
  const ids = await writtenIn(page);
  const scene = torn(ids);
  await show(page, '#/conflicts', { ...scene, conflicts: openConflicts(scene).slice(0, count) });
  const item = itemsOf(page).first();
  if (count > 1) await item.getByRole('button').first().click();
  await item.locator('[data-version="1"]').getByRole('button').nth(1).click();
  await narrative(page).fill(WORDS);
  return { page, ids, scene };
}

test('a third version goes on being typed, in the same place, while another conflict arrives', async () => {
  const { page, scene } = await typing(1);
  await show(page, '#/conflicts', { conflicts: openConflicts(scene).slice(0, 2) });
  await expect.poll(() => itemsOf(page).count()).toBe(2);
  await page.keyboard.type(' More.');
  expect(await narrative(page).inputValue()).toBe(`${WORDS} More.`);
});

test('a third version stays, with who settled the conflict meanwhile, and replaces what they chose or is discarded', async () => {
  const { page, ids, scene } = await typing(5);
  await show(page, '#/conflicts', { ...settledBy(ids[0]), conflicts: openConflicts(scene).slice(1) });
  await page.getByText(t('conflicts.settledBy', { name: 'Dilnoza', time: '12 March 2026, 15:30' })).waitFor();
  await page.getByText('Семье дали час.').waitFor();
  await page.keyboard.type(' More.');
  expect(await narrative(page).inputValue()).toBe(`${WORDS} More.`);
  expect(await itemsOf(page).count()).toBe(5);
  await button(page, 'conflicts.dropOwn').click();
  await expect.poll(() => itemsOf(page).count()).toBe(4);
  await page.keyboard.press('Alt+KeyZ');
  await expect.poll(() => itemsOf(page).count()).toBe(5);
  await itemsOf(page).first().getByText(t('conflicts.ownVersion')).waitFor();
  await button(page, 'conflicts.saveOwn').click();
  await expect.poll(() => itemsOf(page).count()).toBe(4);
  // What it replaces is what was shown: the choice that was made meanwhile.
  expect(await callsOf(page, 'conflicts.settle')).toEqual([
    [ids[0], 'narrative', { text: `${WORDS} More.`, lang: 'en' }, ['m3:9']],
  ]);
});

test('a third version stays on the page of its observation when its last conflict is settled elsewhere', async () => {
  const page = await app.open({ hash: '#/drafts' });
  const ids = await writtenIn(page);
  const scene = torn(ids);
  await show(page, `#/observations/${ids[0]}`, { ...scene, conflicts: openConflicts(scene).slice(0, 1) });
  await page.locator('[data-version="1"]').getByRole('button').nth(1).click();
  await narrative(page).fill(WORDS);
  // Somebody settles it on another device: an edit of the record arrives.
  await show(page, `#/observations/${ids[0]}`, { ...settledBy(ids[0]), conflicts: [] });
  await page.evaluate((id) => window.arrived(id), ids[0] ?? '');
  await page.getByRole('heading', { level: 2, name: t('conflicts.ownVersion') }).waitFor();
  await page.getByText(/Settled meanwhile by Dilnoza/).waitFor();
  expect(await narrative(page).inputValue()).toBe(WORDS);
});

test('a third version is there again after another screen, stands among the drafts, and is cancelled with a way back', async () => {
  const { page } = await typing(2);
  await page.getByText(/^Draft kept/).waitFor();
  await show(page, '#/drafts', {});
  const draft = page.getByRole('main').getByRole('listitem');
  expect(await draft.getByRole('link').textContent()).toBe(WORDS);
  expect(await draft.textContent()).toContain(t('observation.fields.narrative'));
  await page.getByRole('link', { name: /^Drafts.*1/ }).waitFor();
  await show(page, '#/conflicts', {});
  await expect.poll(() => narrative(page).inputValue()).toBe(WORDS);
  await button(page, 'kit.cancel').click();
  await expect.poll(() => narrative(page).count()).toBe(0);
  expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');
  await page.keyboard.press('Alt+KeyZ');
  await expect.poll(() => narrative(page).inputValue()).toBe(WORDS);
});

test('a third version is on the disk before the vault locks', async () => {
  const { page } = await typing(2);
  await page.getByRole('button', { name: t('app.lock') }).click();
  await page.locator('main').getByRole('textbox').first().waitFor();
  expect(await page.evaluate(() => window.draftsOnDisk())).toBe(1);
});

test('a version that could not be saved stays', async () => {
  const { page } = await typing(2);
  await page.evaluate(() => window.fake.set({ failing: { 'conflicts.settle': ['disk/failed'] } }));
  await button(page, 'observation.conflict.saveThird').click();
  await page.getByText(t('errors.disk.failed.says')).waitFor();
  expect(await narrative(page).inputValue()).toBe(WORDS);
});

test('a reviewer’s note is there again after another screen, and is no draft once it is recorded', async () => {
  const page = await app.open({ hash: '#/drafts' });
  const ids = await writtenIn(page);
  await show(page, `#/observations/${ids[0]}`, IN_TEAM);
  const note = page.getByRole('textbox', { name: t('observation.fields.reviewNote') });
  await note.fill(WORDS);
  await show(page, '#/drafts', {});
  await page.getByRole('main').getByRole('link', { name: WORDS }).click();
  await expect.poll(() => note.inputValue()).toBe(WORDS);
  await button(page, 'observation.review.record').click();
  await page.getByText(/^Recorded/).waitFor();
  await expect.poll(() => page.evaluate(() => window.draftsOnDisk())).toBe(0);
  expect(await note.inputValue()).toBe(WORDS);
});
