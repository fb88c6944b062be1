import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { LOCALES } from '@/core/base/locales.ts';
import { type App, startApp } from '../support/app.ts';
import { axeProblems, layoutProblems } from '../support/page-checks.ts';
import { textOf } from '../support/texts.ts';

vi.setConfig({ testTimeout: 120_000 });

const FORM = readFileSync('seeds/forms/bride-kidnapping.json', 'utf8').replace(
  '"code": "bride-kidnapping"',
  '"code": "own-form"',
);

let app: App;

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

interface Dragged {
  readonly name: string;
  readonly text: string;
}

/** What the browser does when files are dragged over the window, let go on, or carried away again. */
async function drag(
  page: Page,
  files: readonly Dragged[],
  events: readonly string[],
  at = 'body',
): Promise<boolean> {
  return page.evaluate(
    ({ files: given, events: types, at: selector }) => {
      const dataTransfer = new DataTransfer();
      for (const { name, text } of given) dataTransfer.items.add(new File([text], name));
      let taken = true;
      for (const type of types) {
        const event = new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer });
        taken = !document.querySelector(selector)?.dispatchEvent(event);
      }
      return taken;
    },
    { files, events, at },
  );
}

const drop = (...files: Dragged[]) => drag(app.page, files, ['dragenter', 'dragover', 'drop']);
const dialog = () => app.page.getByRole('dialog');
const says = (key: string, values?: Record<string, string | number>) =>
  dialog().getByText(app.t(key, values)).first().waitFor();
const press = (key: string) =>
  dialog()
    .getByRole('button', { name: app.t(key), exact: true })
    .last()
    .click();

test('a file that is dropped on a closed vault opens nothing, and it is said what to do first', async () => {
  await app.page.getByRole('heading', { level: 1 }).waitFor();
  expect(await drop({ name: 'form.json', text: FORM })).toBe(true);
  await app.page.getByText(app.t('incoming.locked')).waitFor();
  expect(await axeProblems(app.page)).toEqual([]);
  await app.createVault();
});

describe('dragging over an open vault', () => {
  test('shows where to drop and what can be opened, in every language, and goes when the file is carried away', async () => {
    // English last, which the other tests read.
    for (const locale of [...LOCALES.filter((code) => code !== 'en'), 'en'] as const) {
      await app.page
        .getByRole('button', { name: /: (English|Кыргызча|Русский|Oʻzbekcha|Ўзбекча)$/ })
        .first()
        .click();
      await app.page.locator(`[role="menuitemradio"][lang="${locale}"]`).click();
      const hint = app.page.getByText(textOf(locale, 'incoming.hint.title'));
      for (const viewport of [
        { width: 1366, height: 768 },
        { width: 360, height: 640 },
      ]) {
        await app.page.setViewportSize(viewport);
        await drag(app.page, [{ name: 'form.json', text: FORM }], ['dragenter', 'dragover']);
        await hint.waitFor();
        const { BAIKOO_SCREENSHOTS: shots } = process.env;
        if (shots) await app.page.screenshot({ path: join(shots, `drop-${locale}-${viewport.width}.png`) });
        expect(await app.page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)).toBe(
          false,
        );
        await drag(app.page, [{ name: 'form.json', text: FORM }], ['dragleave']);
        await hint.waitFor({ state: 'hidden' });
      }
      await app.page.setViewportSize({ width: 1366, height: 768 });
    }
  });

  test('a piece of text is none of its business', async () => {
    await drag(app.page, [], ['dragenter', 'dragover']);
    expect(await app.page.getByText(app.t('incoming.hint.title')).count()).toBe(0);
  });
});

describe('a dropped file', () => {
  test('that is a form is shown first, and added only by the button, which leads to where forms are', async () => {
    await drop({ name: 'анкета.json', text: FORM });
    await says('incoming.form.title');
    await dialog().getByText('анкета.json').waitFor();
    expect(await axeProblems(app.page)).toEqual([]);
    expect(await layoutProblems(app.page)).toEqual([]);
    const { BAIKOO_SCREENSHOTS: shots } = process.env;
    if (shots) await app.page.screenshot({ path: join(shots, 'incoming-form.png') });
    await press('kit.cancel');
    await dialog().waitFor({ state: 'hidden' });
    await app.go('#/settings');
    await app.page.getByText(app.t('settings.forms.none')).waitFor();
    await app.go('#/catalogue');
    await drop({ name: 'form.json', text: FORM });
    await says('incoming.form.title');
    await press('incoming.accept.form');
    await dialog().waitFor({ state: 'hidden' });
    await expect.poll(() => app.page.url()).toMatch(/#\/settings$/);
    await app.page.getByRole('list', { name: app.t('settings.forms.title') }).waitFor();
  });

  test('that is a form for a newer version is not blamed: what helps is the newer version', async () => {
    await drop({ name: 'form.json', text: FORM.replace('"version": 1', '"version": 2') });
    await says('incoming.refused.bad-form');
    const text = await dialog().textContent();
    expect(text).toContain(app.t('errors.form.newer.says'));
    expect(text).toContain(app.t('errors.form.newer.todo'));
    expect(text).not.toContain(app.t('errors.form.todo'));
    await press('kit.close');
  });

  test('with a mistake in it is refused with the place of the mistake', async () => {
    await drop({ name: 'form.json', text: FORM.replace('"revision"', '"revisoin"') });
    await says('incoming.refused.bad-form');
    expect(await dialog().textContent()).toMatch(/Line \d+, column \d+\./);
    await press('kit.close');
  });

  test('that is nothing of ours is refused, with what can be dropped', async () => {
    await drop({ name: 'photo.jpg', text: '\u0000\u0001' });
    await says('incoming.refused.unknown');
    await says('incoming.hint.can');
    expect(await axeProblems(app.page)).toEqual([]);
    await press('kit.close');
  });

  test('among others is not chosen for anybody', async () => {
    await drop({ name: 'one.json', text: FORM }, { name: 'two.json', text: FORM });
    await says('incoming.refused.several');
    await press('kit.close');
  });

  test('that is a translation is shown by its language, and taken in only by the button', async () => {
    const text = readFileSync('seeds/catalogue/ru.json', 'utf8');
    await drop({ name: 'ru.json', text });
    await says('incoming.translation.title', { language: 'Русский' });
    await press('incoming.accept.translation');
    await dialog().waitFor({ state: 'hidden' });
    await app.page.getByText(app.t('catalogue.files.nothingNew')).waitFor();
  });
});
