import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { axeProblems } from '../support/page-checks.ts';
import { textOf } from '../support/texts.ts';
import { callsOf, type FakedApp, show, startFakedApp } from './faked-app.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

let app: FakedApp;
beforeAll(async () => {
  app = await startFakedApp();
});
afterEach(() => app.closePages());
afterAll(() => app?.close());

const t = (key: string) => textOf('en', key);
const dialog = (page: Page) => page.getByRole('dialog');
const says = (page: Page, key: string) => dialog(page).getByText(t(key)).first().waitFor();

test('a file whose looking at fails unforeseen says so with what to do next, and is looked at once more on request', async () => {
  const page = await app.open({ hash: '#/catalogue' });
  await show(page, '#/catalogue', { opened: 'request', failing: { 'incoming.look': ['host/failed'] } });
  await says(page, 'errors.host.failed.says');
  await says(page, 'errors.host.failed.todo');
  expect(await dialog(page).getByText(t('incoming.reading')).count()).toBe(0);
  expect(await axeProblems(page)).toEqual([]);
  await dialog(page)
    .getByRole('button', { name: t('kit.retry') })
    .click();
  await says(page, 'incoming.request.says');
  expect(await callsOf(page, 'team.openFile')).toEqual([]);
});

test('a file that never arrives says so, and that it has to be opened anew', async () => {
  const page = await app.open({ hash: '#/catalogue' });
  await show(page, '#/catalogue', {
    opened: 'request',
    failing: { 'incoming.opened': ['internal/unexpected'] },
  });
  await says(page, 'errors.internal.unexpected.says');
  await says(page, 'incoming.openAgain');
  await dialog(page)
    .getByRole('button', { name: t('kit.close') })
    .last()
    .click();
  await dialog(page).waitFor({ state: 'hidden' });
});
