import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { type Harness, serveModule } from '../support/harness.ts';
import { axeProblems, layoutProblems } from '../support/page-checks.ts';

// A machine that does much else at once needs more than the usual time for a keystroke.
describe('in Chromium', { timeout: 60_000 }, () => {
  let harness: Harness;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [harness, browser] = await Promise.all([
      serveModule('tests/ui/pages/fields-gallery.tsx'),
      launchBrowser(),
    ]);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await harness.close();
  });

  async function gallery(query = 'locale=en'): Promise<void> {
    page = await harness.open(browser, { viewport: { width: 1366, height: 768 } });
    await page.goto(`${harness.url}?${query}`);
    await page.waitForSelector('main input');
  }
  const observation = () => page.evaluate(() => window.values.observation);
  const title = async () => (await observation()).title;
  const shown = (id: string) => page.inputValue(`#${id}`);
  const focused = () => page.evaluate(() => document.activeElement?.id ?? '');

  test('stores oʻ, gʻ and the tutuq right as they are typed; one undo keeps what was typed', async () => {
    await gallery();
    await page.click('#title');
    await page.keyboard.type("bu o'zbek maktabi uchun ta'lim");
    expect(await title()).toEqual({ text: 'bu oʻzbek maktabi uchun taʼlim', lang: 'uz-Latn' });

    await page.keyboard.type(" bog'");
    expect((await title()).text).toMatch(/bogʻ$/);
    await page.keyboard.press('Control+z');
    expect((await title()).text).toMatch(/bog'$/);
    await page.keyboard.type('lar');
    expect((await title()).text).toMatch(/bog'lar$/);
    expect(await shown('title')).toBe((await title()).text);
    await page.context().close();
  });

  test('leaves an apostrophe alone in a text of another language', async () => {
    await gallery();
    await page.click('#title');
    await page.keyboard.type("The police didn't come and nobody was there");
    expect(await title()).toEqual({ text: "The police didn't come and nobody was there", lang: 'en' });
    await page.context().close();
  });

  test('corrects a pasted text in one step that can be undone', async () => {
    await gallery();
    await page.click('#title');
    await page.keyboard.type('maktab uchun ');
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData('text/plain', 'x');
      document.execCommand('insertText', false, '');
    });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.evaluate(() => navigator.clipboard.writeText('o‘qituvchilar va ma’muriyat'));
    await page.keyboard.press('Control+v');
    expect((await title()).text).toBe('maktab uchun oʻqituvchilar va maʼmuriyat');
    await page.keyboard.press('Control+z');
    expect((await title()).text).toBe('maktab uchun o‘qituvchilar va ma’muriyat');
    await page.context().close();
  });

  test('a chosen language is guessed over no more', async () => {
    await gallery();
    await page.click('#title');
    await page.keyboard.type('кең');
    expect((await title()).lang).toBe('ky');
    await page.click('button[aria-label="Language of the text: Кыргызча"] >> nth=0');
    await page.click('[role="menuitemradio"]:has-text("Русский")');
    expect(await focused()).toBe('title');
    await page.keyboard.press('End');
    await page.keyboard.type(' өлкө жана үй-бүлө');
    expect(await title()).toEqual({ text: 'кең өлкө жана үй-бүлө', lang: 'ru' });
    expect(await page.getAttribute('#title', 'lang')).toBe('ru');
    expect(await page.getAttribute('#title', 'spellcheck')).toBe('false');
    await page.context().close();
  });

  test('chords type the missing letters on any layout and can be undone', async () => {
    await gallery();
    await page.click('#line');
    await page.keyboard.type('Кен');
    // As a Russian layout reports it: the place of the key counts, not what is printed on it.
    await page.evaluate(() =>
      document.activeElement?.dispatchEvent(
        new KeyboardEvent('keydown', {
          code: 'Semicolon',
          key: 'ж',
          ctrlKey: true,
          bubbles: true,
          cancelable: true,
        }),
      ),
    );
    expect((await observation()).source).toBe('Кең');
    await page.keyboard.press('Alt+Digit2');
    await page.keyboard.press('Alt+Shift+Digit8');
    expect((await observation()).source).toBe('КеңөOʻ');
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    expect((await observation()).source).toBe('Кен');
    expect(await shown('line')).toBe('Кен');
    await page.context().close();
  });

  test('the palette belongs to the focused field, types without taking the focus, moves, and is remembered', async () => {
    await gallery();
    await page.click('#line');
    expect(await page.locator('[data-letters-palette]').count()).toBe(0);
    await page.keyboard.press('Alt+Backquote');
    await page.click('[data-letters-palette] button[aria-label="Insert ү"]');
    await page.click('[data-letters-palette] button[aria-label="Capital letters"]');
    await page.click('[data-letters-palette] button[aria-label="Insert Қ"]');
    expect((await observation()).source).toBe('үҚ');
    expect(await focused()).toBe('line');

    const box = async () => {
      const found = await page.locator('[data-letters-palette]').boundingBox();
      if (found === null) throw new Error('The palette is not there.');
      return found;
    };
    const grip = await page.locator('[data-letters-palette] button').first().boundingBox();
    await page.mouse.move((grip?.x ?? 0) + 5, (grip?.y ?? 0) + 5);
    await page.mouse.down();
    await page.mouse.move(105, 605, { steps: 4 });
    await page.mouse.up();
    await expect.poll(async () => Math.round((await box()).x)).toBeLessThan(150);
    expect(await focused()).toBe('line');

    await page.keyboard.press('Alt+Shift+Backquote');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    expect((await observation()).source).toBe('үҚө');
    expect(await focused()).toBe('line');

    await page.reload();
    await page.click('#line');
    await page.waitForSelector('[data-letters-palette]');
    await page.keyboard.press('Alt+Backquote');
    expect(await page.locator('[data-letters-palette]').count()).toBe(0);
    expect(await focused()).toBe('line');
    await page.context().close();
  });

  test('a date is understood, shown in words and made less exact by keyboard', async () => {
    await gallery('locale=ru');
    await page.click('#date');
    await page.keyboard.type('12 апреля 2021');
    expect((await observation()).date).toBe('2021-04-12');
    await page.keyboard.press('Tab');
    expect(await shown('date')).toBe('12.04.2021');
    await page.keyboard.press('ArrowRight');
    expect((await observation()).date).toBe('2021-04-XX');
    await page.keyboard.press('ArrowRight');
    expect((await observation()).date).toBe('2021-04');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    expect((await observation()).date).toBe('2021-04~');
    await page.waitForSelector('text=примерно апрель 2021 г.');

    await page.fill('#date', 'скоро');
    await page.keyboard.press('Tab');
    expect((await observation()).date).toBe('скоро');
    expect(await page.getAttribute('#date', 'aria-invalid')).toBe('true');
    await page.context().close();
  });

  test('a place is found in another script and told apart by what it lies in', async () => {
    await gallery('locale=uz-Latn');
    await page.click('#place');
    await page.keyboard.type('Манас');
    await page.waitForSelector('[role="option"]:has-text("Talas viloyati")');
    await page.keyboard.press('Enter');
    const { place } = await observation();
    expect(place?.label).toBe('Manas tumani, Talas viloyati');
    await page.fill('#place', '');
    await page.keyboard.press('Tab');
    expect((await observation()).place).toBeNull();
    await page.context().close();
  });

  test('a measure is linked, judged and left by keyboard alone', async () => {
    await gallery('locale=ru');
    await page.click('#measures');
    await page.keyboard.type('D5.3.a');
    await page.waitForSelector('[role="option"]:has-text("KGZ-2020-D5.3.a")');
    await page.keyboard.press('Enter');
    await expect.poll(async () => Object.keys((await observation()).links)).toEqual(['KGZ-2020-D5.3.a']);
    await page.keyboard.press('ArrowRight');
    expect((await observation()).links['KGZ-2020-D5.3.a']?.direction).toBe('regression');
    await page.waitForSelector('text=Undertaking inquiries into allegations of corruption');
    await page.keyboard.press('Enter');
    expect(await focused()).toBe('measures');
    await page.click('button[aria-label="Убрать связь с KGZ-2020-D5.3.a"]');
    expect((await observation()).links).toEqual({});
    await page.keyboard.press('Enter');
    expect((await observation()).links['KGZ-2020-D5.3.a']?.direction).toBe('regression');
    await page.context().close();
  });

  test('Enter before the answer takes what was typed, not what an older question found', async () => {
    await gallery('locale=ru&held');
    const answer = () => page.evaluate(() => window.letAnswer());
    await page.click('#measures');
    await page.keyboard.type('D');
    await answer();
    await page.waitForSelector('[role="option"]:has-text("KGZ-2020-")');
    await page.keyboard.type('5.3.a');
    await page.keyboard.press('Enter');
    expect((await observation()).links).toEqual({});
    await answer();
    await expect.poll(async () => Object.keys((await observation()).links)).toEqual(['KGZ-2020-D5.3.a']);

    await page.click('#place');
    await page.keyboard.type('Т');
    await answer();
    await page.waitForSelector('[role="option"]:has-text("Т")');
    await page.keyboard.type('окмок');
    await page.keyboard.press('Enter');
    // The line may be left meanwhile.
    await page.keyboard.press('Tab');
    expect((await observation()).place).toBeNull();
    await answer();
    await expect.poll(async () => (await observation()).place?.label ?? '').toMatch(/Токмок/);
    await page.context().close();
  });

  test('a real name shows only after a press and hides when it is left', async () => {
    await gallery();
    await page.click('#people');
    await page.keyboard.press('Escape');
    await page.click('text=Record the real name');
    await page.keyboard.type('Айгүл Осмонова');
    const { people, names } = await observation();
    expect(Object.keys(names)).toEqual(Object.keys(people));
    await page.click('#title');
    const values = await page.$$eval('input', (inputs) => inputs.map((input) => input.value));
    expect(`${await page.textContent('main')}${values.join()}`).not.toContain('Айгүл');
    await page.click('text=Show the real name');
    expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).value)).toBe(
      'Айгүл Осмонова',
    );
    await page.context().close();
  });

  test('a form asks what its answers call for, warns beside the question, and takes rows', async () => {
    await gallery('locale=en&form=forced-eviction');
    const field = (label: string) => page.getByLabel(label, { exact: true });
    await field('How many households?')
      .or(page.getByLabel(/households/i))
      .first()
      .fill('12');
    const { answers } = await observation();
    expect(answers['forced-eviction/households']).toBe(12);
    await page.context().close();

    await gallery('locale=ru&form=uzbek-language-schooling');
    await page
      .getByRole('button', { name: /^Добавить строку/ })
      .first()
      .click();
    await page.keyboard.type('5');
    const rows = (await observation()).answers['uzbek-language-schooling/classes'];
    expect(rows).toEqual([{ grade: 5 }]);
    await page.getByRole('button', { name: 'Убрать строку 1' }).click();
    expect((await observation()).answers).toEqual({});
    await page.keyboard.press('Enter');
    expect((await observation()).answers['uzbek-language-schooling/classes']).toEqual([{ grade: 5 }]);
    await page.context().close();
  });

  test.each([
    'locale=ru&scheme=light',
    'locale=uz-Latn&scheme=dark',
    'locale=ky&scheme=light&form=bride-kidnapping',
  ])('has nothing that axe objects to, and nothing cut at 360 px (%s)', async (query) => {
    await gallery(query);
    if (!query.includes('form')) {
      await page.fill('#date', '2021');
      await page.click('#people');
      await page.keyboard.press('Escape');
      await page.click('#measures');
      await page.keyboard.type('D5.3.a');
      await page.waitForSelector('[role="option"]:has-text("KGZ-2020-D5.3.a")');
      expect(await axeProblems(page)).toEqual([]);
      await page.keyboard.press('Enter');
    } else
      await page
        .getByRole('button', { name: /^Сап кошуу/ })
        .first()
        .click();
    expect(await axeProblems(page)).toEqual([]);
    expect(await layoutProblems(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await layoutProblems(page)).toEqual([]);
    await page.context().close();
  });
});
