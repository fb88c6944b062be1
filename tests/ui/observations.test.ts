import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { emptyObservation } from '@/core/model/observation.ts';
import type { ObservationQuery, ObservationsDoor } from '@/core/workspace.ts';
import { NO_FILTERS, readFilters } from '@/ui/observations/filters.ts';
import { ListResult } from '@/ui/observations/list-result.ts';
import { type App, startApp } from '../support/app.ts';
import { fillVault } from '../support/filled-vault.ts';
import { axeProblems, layoutProblems } from '../support/page-checks.ts';

const COUNT = 240;
const MEASURE = 'KGZ-2020-L.1.a';
let scratch: string;
let exports: string;
let app: App;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'baikoo-list-'));
  exports = join(scratch, 'exports');
  const home = join(scratch, 'home');
  await fillVault(home, async ({ observations }) => {
    for (let i = 0; i < COUNT; i++) {
      const day = new Date(Date.UTC(2021, 0, 1 + i)).toISOString().slice(0, 10);
      await observations.save({
        id: null,
        base: null,
        seen: {},
        draft: null,
        observation: {
          ...emptyObservation('ru'),
          date: day,
          title: { text: `Наблюдение ${i}`, lang: 'ru' },
          narrative: { text: i % 40 === 0 ? 'Приехал участковый и уехал.' : 'Ничего нового.', lang: 'ru' },
          sensitivity: i < 3 ? 'confidential' : 'internal',
          people: { a: { role: 'victim', sex: null, ageGroup: null, characteristics: [] } },
          names: i < 2 ? { a: 'Гүлнара' } : {},
          translations:
            i === 7 ? { 'narrative/en': { text: 'The officer laughed.', translator: 'Aigul', on: '' } } : {},
          links: i < 5 ? { [MEASURE]: { direction: 'regression', comment: '' } } : {},
        },
      });
    }
  });
  app = await startApp({ home, exports });
  await app.unlock();
}, 120_000);
afterAll(async () => {
  await app?.stop();
  await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
});

const grid = () => app.page.getByRole('grid');
const found = (count: number) =>
  app.page
    .getByRole('status')
    .getByText(app.t(count === 1 ? 'observations.found_one' : 'observations.found_other', { count }), {
      exact: true,
    });
const button = (key: string, values?: Record<string, string | number>) =>
  app.page.getByRole('button', { name: app.t(key, values), exact: true });
const active = () =>
  app.page.evaluate(() => {
    const id = document.activeElement?.getAttribute('aria-activedescendant') ?? '';
    return document.getElementById(id)?.textContent ?? '';
  });

beforeEach(async () => {
  await app.page.setViewportSize({ width: 1366, height: 768 });
  await app.go('#/catalogue');
  await app.go('#/observations');
  const clear = button('app.search.clear');
  if (await clear.isVisible()) await clear.click();
  const all = button('observations.chips.clear');
  if (await all.isVisible()) await all.click();
  await found(COUNT).waitFor();
});

describe('the list', () => {
  test('holds only the rows in sight, and fetches the others on the way to them', async () => {
    expect(await grid().getAttribute('aria-rowcount')).toBe(String(COUNT + 1));
    expect(await grid().getByRole('row').count()).toBeLessThan(40);
    await grid().focus();
    await app.page.keyboard.press('End');
    await expect.poll(active).toContain('Наблюдение 0');
    await app.page.keyboard.press('Home');
    await expect.poll(active).toContain(`Наблюдение ${COUNT - 1}`);
  });

  test('moves by J and K on a Cyrillic layout, opens with Enter, and is as it was on the way back', async () => {
    await grid().focus();
    await app.page.keyboard.press('Home');
    for (const [code, key] of [
      ['KeyJ', 'о'],
      ['KeyJ', 'о'],
      ['KeyK', 'л'],
    ] as const) {
      await grid().dispatchEvent('keydown', { code, key, bubbles: true });
    }
    for (let i = 0; i < 12; i++) await app.page.keyboard.press('ArrowDown');
    const title = `Наблюдение ${COUNT - 1 - 13}`;
    await expect.poll(active).toContain(title);
    const offset = await grid().evaluate((element) => element.scrollTop);
    expect(offset).toBeGreaterThan(0);
    await app.page.keyboard.press('Enter');
    await app.page.getByRole('heading', { level: 1, name: title }).waitFor();
    await app.page.goBack();
    await expect.poll(active).toContain(title);
    expect(await grid().evaluate((element) => element.scrollTop)).toBeCloseTo(offset, -1);
  });

  test('orders by a heading, and says so', async () => {
    await grid()
      .getByRole('button', { name: app.t('observations.columns.date') })
      .click();
    const heading = grid().getByRole('columnheader', { name: app.t('observations.columns.date') });
    await expect.poll(() => heading.getAttribute('aria-sort')).toBe('ascending');
    await expect.poll(() => grid().getByRole('row').nth(1).textContent()).toContain('Наблюдение 0');
    await grid()
      .getByRole('button', { name: app.t('observations.columns.date') })
      .click();
    await expect.poll(() => heading.getAttribute('aria-sort')).toBe('descending');
  });
});

describe('search and filters', () => {
  test('finds a word in another script as it is typed, and marks it as it was written', async () => {
    await grid().focus();
    await app.page.keyboard.press('Slash');
    await app.page.keyboard.type('uchastkov');
    await found(COUNT / 40).waitFor();
    await expect.poll(() => grid().locator('mark').first().textContent()).toBe('участковый');
    await app.page.keyboard.press('ArrowDown');
    await expect.poll(active).toContain('участковый');
    expect(app.page.url()).not.toContain('uchastkov');
  });

  test('offers what a forgotten layout meant, and what else could be loosened', async () => {
    await app.page.keyboard.press('Alt+KeyS');
    await app.page.keyboard.type('exfcnrjdsq');
    await button('observations.empty.suggestion', { text: 'участковый' }).click();
    await found(COUNT / 40).waitFor();
  });

  test('narrows by what an address asks for, shows it as a chip, and keeps it while a record is read', async () => {
    await app.go(`#/observations?measure=${MEASURE}`);
    await found(5).waitFor();
    expect(app.page.url()).toMatch(/#\/observations$/);
    await grid().getByRole('row').nth(1).click();
    await app.page.getByRole('heading', { level: 1, name: /Наблюдение/ }).waitFor();
    await app.page.goBack();
    await found(5).waitFor();
    const what = app.t('observations.chips.is', {
      name: app.t('observations.filters.measures'),
      value: 'L.1.a',
    });
    await button('observations.chips.remove', { what }).click();
    await found(COUNT).waitFor();
  });

  test('takes a month as the end of a period to its last day', async () => {
    await button('observations.filters.title').click();
    await app.page.getByLabel(app.t('observations.filters.to'), { exact: true }).fill('02.2021');
    await found(31 + 28).waitFor();
    await app.page.getByLabel(app.t('observations.filters.from'), { exact: true }).fill('2.2021');
    await found(28).waitFor();
    await button('observations.filters.close').click();
  });

  test('saves the list as a view, applies it, and takes its removal back', async () => {
    await app.go('#/observations?sensitivity=confidential');
    await found(3).waitFor();
    await button('observations.views.title').click();
    await app.page.getByPlaceholder(app.t('observations.views.name')).fill('Осторожно');
    await app.page.keyboard.press('Enter');
    await button('observations.views.removeOne', { name: 'Осторожно' }).waitFor();
    await app.page.keyboard.press('Escape');
    await button('observations.chips.clear').click();
    await found(COUNT).waitFor();
    await button('observations.views.title').click();
    await button('observations.views.removeOne', { name: 'Осторожно' }).click();
    await button('observations.views.removeOne', { name: 'Осторожно' }).waitFor({ state: 'detached' });
    await app.page.keyboard.press('Escape');
    await app.page.keyboard.press('Alt+KeyZ');
    await button('observations.views.title').click();
    await app.page.getByRole('button', { name: 'Осторожно', exact: true }).click();
    await found(3).waitFor();
  });
});

describe('originals and translations', () => {
  const choose = async (label: string, option: string) => {
    await app.page.getByRole('combobox', { name: label, exact: true }).click();
    await app.page.getByRole('option', { name: option, exact: true }).click();
  };

  test('are searched apart when that is asked for, which a saved view keeps and the list shows', async () => {
    await button('observations.filters.title').click();
    await choose(app.t('observations.filters.wording'), 'Translations only');
    await found(1).waitFor();
    await button('observations.filters.close').click();
    await app.page.keyboard.press('Slash');
    await app.page.keyboard.type('laughed');
    const excerpt = grid().locator('[lang=en]', { hasText: 'The officer laughed.' });
    await excerpt.locator('mark', { hasText: 'laughed' }).waitFor();
    await button('observations.views.title').click();
    await app.page.getByPlaceholder(app.t('observations.views.name')).fill('Laughing');
    await app.page.keyboard.press('Enter');
    await button('observations.views.removeOne', { name: 'Laughing' }).waitFor();
    await app.page.keyboard.press('Escape');
    await button('observations.chips.remove', { what: 'Translations only' }).click();
    await button('observations.filters.title').click();
    await choose(app.t('observations.filters.wording'), 'Originals only');
    await app.page.getByText(app.t('observations.empty.notFound', { text: 'laughed' })).waitFor();
    await button('observations.filters.close').click();
    await button('observations.views.title').click();
    await app.page.getByRole('button', { name: 'Laughing', exact: true }).click();
    await found(1).waitFor();
    await button('observations.chips.remove', { what: 'Translations only' }).waitFor();
  });

  test('are exported each without the other, or both', async () => {
    await rm(exports, { recursive: true, force: true });
    const columns = async (texts: string): Promise<string> => {
      await button('observations.export').click();
      const dialog = app.page.getByRole('dialog');
      await dialog.getByText(app.t('export.what.list_other', { count: COUNT - 3 })).waitFor();
      await dialog.getByRole('radio', { name: app.t('export.format.csv') }).check();
      await dialog.getByText(app.t('export.columns.standard'), { exact: true }).click();
      await choose(app.t('export.columns.texts'), texts);
      await dialog.getByLabel(app.t('export.name.label')).fill(texts);
      await button('export.start').click();
      await dialog.getByText(app.t('export.done.clear')).waitFor();
      await dialog
        .getByRole('button', { name: app.t('kit.close') })
        .last()
        .click();
      return readFile(join(exports, `${texts}.csv`), 'utf8');
    };
    const translations = await columns('Translations only');
    expect(translations).toContain('The officer laughed.');
    expect(translations).not.toContain('Ничего нового.');
    const both = await columns('Originals and translations');
    expect(both).toContain('The officer laughed.');
    expect(both).toContain('Ничего нового.');
    expect(await columns('Originals only')).not.toContain('The officer laughed.');
  });
});

describe('many at once', () => {
  test('changes the status of those chosen by keyboard, and undo gives each its own back', async () => {
    await grid().focus();
    await app.page.keyboard.press('Home');
    await app.page.keyboard.press('Space');
    for (let i = 0; i < 3; i++) await app.page.keyboard.press('Shift+ArrowDown');
    await app.page
      .getByText(app.t('observations.bulk.selected_other', { count: 4 }), { exact: true })
      .waitFor();
    await button('observations.bulk.status').click();
    await app.page.getByRole('menuitem', { name: 'Approved' }).click();
    await app.page.getByText(app.t('observations.bulk.done.status_other', { count: 4 })).waitFor();
    await app.go('#/observations?status=approved');
    await found(4).waitFor();
    await app.page.keyboard.press('Alt+KeyZ');
    await app.page.getByText(app.t('observations.empty.filtered')).waitFor();
  });

  test('deletes all of a result with Delete, and undo brings them back', async () => {
    await app.go(`#/observations?measure=${MEASURE}`);
    await found(5).waitFor();
    await grid().focus();
    await app.page.keyboard.press('Control+KeyA');
    await app.page.getByText(app.t('observations.bulk.selected_other', { count: 5 })).waitFor();
    await app.page.keyboard.press('Delete');
    await app.page.getByText(app.t('observations.bulk.done.remove_other', { count: 5 })).waitFor();
    await app.page.getByText(app.t('observations.empty.filtered')).waitFor();
    await app.page.keyboard.press('Alt+KeyZ');
    await found(5).waitFor();
  });
});

describe('export', () => {
  test('leaves out what nobody ticked, keeps every choice over a failure, and says where the file is', async () => {
    app.forgive();
    // A file where the folder should be: nothing can be written until it is gone.
    await rm(exports, { recursive: true, force: true });
    await writeFile(exports, '');
    await button('observations.export').click();
    const dialog = app.page.getByRole('dialog');
    await dialog.getByText(app.t('export.what.list_other', { count: COUNT - 3 })).waitFor();
    await dialog.getByText(app.t('export.leaveOut.namesCount_other', { count: 2 })).waitFor();
    await dialog.getByRole('radio', { name: app.t('export.format.csv') }).check();
    await dialog.getByText(app.t('export.columns.own'), { exact: true }).click();
    const columns = dialog.getByRole('list', { name: app.t('export.columns.label') });
    const names = async () => (await columns.getByRole('listitem').allInnerTexts()).slice(0, 3);
    const before = await names();
    await columns.getByRole('checkbox').nth(2).focus();
    await app.page.keyboard.press('Alt+ArrowUp');
    await expect.poll(async () => (await names())[1]).toContain((before[2] ?? '').replace(/\d+/, '').trim());
    await dialog.getByLabel(app.t('export.name.label')).fill('Отчёт');
    await button('export.start').click();
    await dialog.getByRole('alert').waitFor();
    expect(await dialog.getByLabel(app.t('export.name.label')).inputValue()).toBe('Отчёт');
    expect(await dialog.getByRole('radio', { name: app.t('export.format.csv') }).isChecked()).toBe(true);

    await rm(exports);
    await button('export.start').click();
    await dialog.getByText(app.t('export.done.clear')).waitFor();
    const path = await dialog.getByLabel(app.t('export.done.path')).inputValue();
    expect(path).toBe(join(exports, 'Отчёт.csv'));
    expect(await readdir(exports)).toEqual(['Отчёт.csv']);
    const csv = await readFile(path, 'utf8');
    expect(csv).toContain(`Наблюдение ${COUNT - 1}`);
    expect(csv).not.toContain('Гүлнара');
    expect(csv).not.toContain('Наблюдение 2;');
    await app.page
      .getByRole('dialog')
      .getByRole('button', { name: app.t('kit.close') })
      .last()
      .click();
  });
});

describe('the result that the list shows', () => {
  const ask = (text: string): ObservationQuery => ({ ...NO_FILTERS, text, locale: 'ru' });
  /** A door that answers only when it is told to. */
  function slowDoor() {
    const waiting: (() => void)[] = [];
    const asked: string[] = [];
    const door: Pick<ObservationsDoor, 'query' | 'page'> = {
      query: (_slot, { text }) => {
        asked.push(text);
        return new Promise((resolve) => {
          waiting.push(() => resolve({ key: `list#${asked.length}`, total: text.length, suggestion: null }));
        });
      },
      page: async () => [],
    };
    return { door, asked, answer: () => waiting.shift()?.() };
  }
  const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

  test('never shows an answer that was overtaken, and asks no question twice', async () => {
    const { door, asked, answer } = slowDoor();
    const result = new ListResult(door, 'list');
    const shown: (string | undefined)[] = [];
    result.subscribe(() => shown.push(result.state().query?.text));
    for (const text of ['у', 'уч', 'уча', 'уча']) result.ask(ask(text));
    answer();
    await settle();
    answer();
    await settle();
    expect(asked).toEqual(['у', 'уча']);
    expect(shown).toEqual(['уча']);
  });

  test('tells a refreshed answer from one to another question', async () => {
    const { door, answer } = slowDoor();
    const result = new ListResult(door, 'list');
    result.ask(ask('а'));
    answer();
    await settle();
    expect(result.state().refreshed).toBe(false);
    result.refresh();
    answer();
    await settle();
    expect(result.state()).toMatchObject({ refreshed: true, revision: 2 });
  });

  test('reads filters that a newer version wrote, without what it does not know', () => {
    const read = readFilters({
      statuses: ['approved', 'sealed'],
      from: 'yesterday',
      tags: ['a', 7],
      moon: 1,
    });
    expect(read).toEqual({ ...NO_FILTERS, statuses: ['approved'], tags: ['a'] });
  });
});

test.each([
  [1366, 768],
  [683, 384],
  [360, 740],
])('axe finds nothing, and nothing is cut or overlaps, at %i by %i', async (width, height) => {
  await app.page.setViewportSize({ width, height });
  expect(await axeProblems(app.page)).toEqual([]);
  expect(await layoutProblems(app.page)).toEqual([]);
  await button('observations.filters.title').click();
  expect(await axeProblems(app.page)).toEqual([]);
  expect(await layoutProblems(app.page)).toEqual([]);
  await button('observations.filters.close').click();
  await button('observations.export').click();
  await app.page.getByText(app.t('export.what.list_other', { count: COUNT - 3 })).waitFor();
  expect(await axeProblems(app.page)).toEqual([]);
  await app.page.keyboard.press('Escape');
});
