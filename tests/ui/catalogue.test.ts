import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyObservation } from '@/core/model/observation.ts';
import { catalogueSchema, translationFileSchema } from '@/core/model/recommendation.ts';
import { type App, startApp } from '../support/app.ts';
import { fillVault } from '../support/filled-vault.ts';
import { axeProblems } from '../support/page-checks.ts';

/** The letter's outline, an area's page and the correction of its translation, in the built app, in Russian. */

const seed = async (name: string) => JSON.parse(await readFile(`seeds/catalogue/${name}.json`, 'utf8'));
const catalogue = catalogueSchema.parse(await seed('recommendations'));
const russian = translationFileSchema.parse(await seed('ru'));
const AREA = 'KGZ-2020-D1.2';
const MEASURE = 'KGZ-2020-D1.2.e';
const LONG = 120_000;

let app: App;
let home: string;
let exports: string;

beforeAll(async () => {
  home = join(await mkdtemp(join(tmpdir(), 'baikoo-catalogue-')), 'home');
  exports = join(home, '..', 'exports');
  await fillVault(home, async ({ observations }) => {
    for (const [date, title, direction] of [
      ['2021-04-12', 'Школа сообщила в милицию', 'progress'],
      ['2021-06', 'Больница промолчала', 'regression'],
    ] as const) {
      await observations.save({
        id: null,
        base: null,
        seen: {},
        observation: {
          ...emptyObservation('ru'),
          date,
          title: { text: title, lang: 'ru' },
          links: { [MEASURE]: { direction, comment: '' } },
        },
        draft: null,
      });
    }
  });
  app = await startApp({ home, exports, locale: 'ru' });
  await app.unlock();
}, LONG);

afterAll(async () => {
  await app.stop();
  await rm(join(home, '..'), { recursive: true, force: true });
});

const t = (key: string, values?: Record<string, string | number>) => app.t(key, values);
const tree = () => app.page.getByRole('tree');
const items = () => tree().getByRole('treeitem');
const item = (code: string) => tree().locator(`[data-code="${code}"]`);
const focused = () => app.page.evaluate(() => (document.activeElement as HTMLElement).dataset.code ?? '');
const press = (key: string) => app.page.keyboard.press(key);
const search = () => app.page.getByRole('textbox', { name: t('catalogue.search'), exact: true });
const improve = (of: string) =>
  app.page.getByRole('button', { name: t('catalogue.improveOf', { of }), exact: true });
const dialog = () => app.page.getByRole('dialog');
const own = () => dialog().getByRole('textbox', { name: t('catalogue.texts.text'), exact: true });

test(
  'the outline follows the letter and answers the keys of a tree, down to the page of an area',
  async () => {
    await app.go('#/catalogue');
    await items().first().waitFor();
    const codes = await tree()
      .locator('[data-kind="area"]')
      .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.code));
    expect(codes).toEqual(catalogue.areas.map(({ code }) => code));
    expect(await axeProblems(app.page)).toEqual([]);

    await items().first().focus();
    await press('ArrowDown');
    expect(await focused()).toBe('KGZ-2020-L.1');
    await press('ArrowRight');
    await press('ArrowRight');
    expect(await focused()).toBe('KGZ-2020-L.1.a');
    await press('ArrowLeft');
    await press('ArrowLeft');
    expect(await item('KGZ-2020-L.1').getAttribute('aria-expanded')).toBe('false');
    await press('ArrowLeft');
    await press('ArrowLeft');
    expect(await items().count()).toBeGreaterThan(0);
    expect(await item('KGZ-2020-L.1').count()).toBe(0);
    await press('ArrowRight');
    await press('End');
    expect(await focused()).toBe(catalogue.areas.at(-1)?.code);
    await press('Home');
    expect(await focused()).toBe('KGZ-2020-L');
    for (const letter of 'd1.2') await press(letter);
    expect(await focused()).toBe(AREA);
    await press('Enter');
    await app.page.getByRole('heading', { level: 1, name: russian.items[AREA]?.shortTitle ?? '' }).waitFor();
    expect(await item(AREA).getAttribute('aria-selected')).toBe('true');
  },
  LONG,
);

test(
  'words find measures in their place in the outline, marked; filters narrow together and are cleared',
  async () => {
    await app.go('#/catalogue');
    await search().fill('убежища');
    await item('KGZ-2020-D1.2.h').locator('mark').first().waitFor();
    expect(await item('KGZ-2020-D1').count()).toBe(1);
    expect(await item('KGZ-2020-N.1').count()).toBe(0);
    await search().fill('D1.2.c');
    await item('KGZ-2020-D1.2.c').waitFor();
    await press('ArrowDown');
    expect(await focused()).not.toBe('');

    await search().fill('');
    await app.go('#/catalogue?theme=rape&group=women&sdg=5');
    const meant = catalogue.areas
      .filter((area) => area.sdgTargets.some(({ target }) => target.startsWith('5.')))
      .flatMap((area) => area.measures)
      .filter((measure) => measure.themes.includes('rape') && measure.groups.includes('women'))
      .map(({ code }) => code);
    await expect.poll(() => tree().locator('[data-kind="measure"]').count()).toBe(meant.length);
    await app.page.getByRole('button', { name: t('catalogue.clear'), exact: true }).click();
    await expect.poll(() => tree().locator('[data-kind="area"]').count()).toBe(catalogue.areas.length);
  },
  LONG,
);

test(
  'an area shows the letter word for word beside its marked translation, and what was observed in time',
  async () => {
    await app.go(`#/catalogue/${MEASURE}`);
    const area = catalogue.areas.find(({ code }) => code === AREA);
    const quote = app.page.locator('blockquote');
    await quote.waitFor();
    expect(await quote.textContent()).toBe(area?.text);
    expect(await quote.getAttribute('lang')).toBe('en');
    expect(await quote.locator('mark').textContent()).toBe(
      area?.measures.find(({ code }) => code === MEASURE)?.text,
    );
    const page = app.page.getByRole('article');
    await page.getByText(russian.items[AREA]?.text ?? '', { exact: true }).waitFor();
    await page.getByText(t('catalogue.unofficial')).first().waitFor();
    await page.getByText('Школа сообщила в милицию').waitFor();
    const periods = page.getByRole('list', { name: t('catalogue.inTime.timeline') }).getByRole('listitem');
    expect(await periods.count()).toBe(3);
    await expect.poll(() => item(MEASURE).getByRole('img').count()).toBe(2);
    expect(
      await app.page
        .getByRole('link', { name: t('catalogue.observeOf', { code: 'D1.2.e' }), exact: true })
        .getAttribute('href'),
    ).toBe(`#/observations/new?measure=${MEASURE}`);
    expect(await axeProblems(app.page)).toEqual([]);

    await app.page.getByText(t('catalogue.shown.original'), { exact: true }).click();
    await expect.poll(() => page.getByText(t('catalogue.unofficial')).count()).toBe(0);
    expect(await quote.textContent()).toBe(area?.text);
  },
  LONG,
);

test(
  'a correction stands in place of the seed with its reviewer, survives a restart, is sent, and is undone',
  async () => {
    await app.go(`#/catalogue/${AREA}`);
    await improve('D1.2.e').click();
    await own().fill('Новые слова этой меры');
    await press('Escape');
    await improve('D1.2.e').click();
    expect(await own().inputValue()).toBe('Новые слова этой меры');
    expect(await axeProblems(app.page)).toEqual([]);
    await dialog()
      .getByRole('radio', { name: t('catalogue.correction.reviewed'), exact: true })
      .check();
    const save = dialog().getByRole('button', { name: t('catalogue.correction.save'), exact: true });
    await save.click();
    await dialog().getByText(t('catalogue.correction.noReviewer')).waitFor();
    await dialog()
      .getByRole('textbox', { name: t('catalogue.correction.reviewer'), exact: true })
      .fill('Айгүл');
    await dialog()
      .getByRole('textbox', { name: t('catalogue.correction.on'), exact: true })
      .fill('03.05.2021');
    await save.click();
    await dialog().waitFor({ state: 'detached' });

    await app.restart();
    await app.unlock();
    await app.go(`#/catalogue/${AREA}`);
    const card = app.page.locator(`[id="${MEASURE}"]`);
    await card.getByText('Новые слова этой меры', { exact: true }).waitFor();
    await card.getByText(/Айгүл, 3 мая 2021/).waitFor();

    await app.go('#/catalogue');
    await app.page.getByRole('button', { name: t('catalogue.files.send'), exact: true }).click();
    await expect.poll(async () => (await readdir(exports).catch(() => [])).length).toBe(1);
    const [file = ''] = await readdir(exports);
    const sent = translationFileSchema.parse(JSON.parse(await readFile(join(exports, file), 'utf8')));
    expect(sent.items[MEASURE]?.text).toBe('Новые слова этой меры');
    expect(sent.states?.[MEASURE]).toEqual({ state: 'reviewed', reviewer: 'Айгүл', on: '2021-05-03' });

    await app.page.locator('input[type=file]').setInputFiles({
      name: 'чужой.json',
      mimeType: 'application/json',
      buffer: Buffer.from('{"format": "baikoo-form"}'),
    });
    await app.page
      .getByRole('alert')
      .getByText(t('errors.translation.not-a-translation.says'), { exact: false })
      .waitFor();

    await app.go(`#/catalogue/${AREA}`);
    await improve('D1.2.e').click();
    await dialog()
      .getByRole('button', { name: t('catalogue.correction.revert'), exact: true })
      .click();
    await card.getByText(russian.items[MEASURE]?.text ?? '', { exact: true }).waitFor();
    await app.page
      .getByRole('button', { name: t('kit.undo'), exact: true })
      .first()
      .click();
    await card.getByText('Новые слова этой меры', { exact: true }).waitFor();
  },
  LONG,
);

test(
  'what we add to the letter is corrected as its translation is: the reason of a target, the name of a theme',
  async () => {
    const save = dialog().getByRole('button', { name: t('catalogue.correction.save'), exact: true });
    const correct = async (name: string, words: string) => {
      await dialog()
        .getByRole('textbox', { name: t(`catalogue.texts.${name}`), exact: true })
        .fill(words);
      await save.click();
      await dialog().waitFor({ state: 'detached' });
    };
    await app.go(`#/catalogue/${AREA}`);
    await improve(`${t('catalogue.sdg')} 5.2`).click();
    await dialog().getByText('Eliminate violence against women and girls.', { exact: true }).waitFor();
    await correct('reason', 'Чтобы насилия над женщинами не было.');
    await app.page.getByText('Чтобы насилия над женщинами не было.', { exact: true }).waitFor();

    await app.go('#/catalogue');
    await app.page.getByRole('combobox', { name: t('catalogue.terms.themes'), exact: true }).click();
    await app.page.getByRole('option', { name: 'Изнасилование', exact: true }).click();
    expect(await axeProblems(app.page)).toEqual([]);
    await correct('label', 'Сексуальное насилие');
    await app.go(`#/catalogue/${AREA}`);
    await app.page.getByRole('link', { name: 'Сексуальное насилие', exact: true }).first().waitFor();
  },
  LONG,
);
