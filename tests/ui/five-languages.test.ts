import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LOCALES, type Locale } from '@/core/base/locales.ts';
import { emptyObservation } from '@/core/model/observation.ts';
import { OWN_NAMES } from '@/ui/language/own-names.ts';
import { scriptProblems } from '../../build/locale-script.mjs';
import { type App, startApp } from '../support/app.ts';
import { fillVault } from '../support/filled-vault.ts';
import { textOf } from '../support/texts.ts';

/** All that people wrote in this vault is figures, so every letter on the screen is the program's own. */
const AUTHOR = '7';
/**
 * Each language is called what its speakers call it, and a file's ending, a command and the example of a path are the
 * same, whatever the interface speaks.
 */
const EVERYWHERE = [...Object.values(OWN_NAMES), 'xlsx', 'copies', 'npm', 'start', 'home', 'DIR'];
const MEASURE = 'KGZ-2020-D1.2.e';
let scratch: string;
let id = '';
let app: App;
let shown: Locale = 'en';

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'baikoo-five-'));
  const home = join(scratch, '1');
  await fillVault(
    home,
    async ({ observations }) => {
      ({ id } = await observations.save({
        id: null,
        base: null,
        seen: {},
        draft: null,
        observation: {
          ...emptyObservation('ky'),
          date: '2021-05',
          place: { unit: 'KG02000000000', label: '1' },
          title: { text: '17', lang: 'ky' },
          narrative: { text: '42', lang: 'ky' },
          themes: { 'bride-kidnapping': true },
          people: { a: { role: 'victim', sex: 'female', ageGroup: null, characteristics: [] } },
          links: { [MEASURE]: { direction: 'regression', comment: '5' } },
          tags: { '3': true },
          translations: { 'narrative/ru': { text: '43', translator: '8', on: '2021-05-04' } },
        },
      }));
    },
    { name: AUTHOR },
  );
  app = await startApp({ home, exports: join(scratch, '2') });
  await app.unlock();
}, 120_000);
afterAll(async () => {
  await app?.stop();
  await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
});

const button = (key: string) => app.page.getByRole('button', { name: textOf(shown, key), exact: true });

async function speak(locale: Locale): Promise<void> {
  await app.page
    .getByRole('button', { name: `${textOf(shown, 'app.language')}: ${OWN_NAMES[shown]}`, exact: true })
    .click();
  await app.page.getByRole('menuitemradio', { name: OWN_NAMES[locale], exact: true }).click();
  shown = locale;
  await expect.poll(() => app.page.evaluate(() => document.documentElement.lang)).toBe(locale);
}

/** Every text that is read or heard on the page in the language of the page: what says that it is in another is left out. */
const pageTexts = (): Promise<string[]> =>
  app.page.evaluate(() => {
    const own = (element: Element | null): boolean =>
      element !== null &&
      element.closest('[lang]')?.getAttribute('lang') === document.documentElement.lang &&
      element.closest('style, script, kbd, code, svg') === null;
    const texts: string[] = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      if (own(node.parentElement)) texts.push(node.textContent ?? '');
    }
    for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-description']) {
      for (const element of document.querySelectorAll(`[${name}]`)) {
        if (own(element) && element.closest('[aria-hidden=true]') === null)
          texts.push(element.getAttribute(name) ?? '');
      }
    }
    return [...new Set(texts.map((text) => text.trim()).filter((text) => text !== ''))];
  });

/** Text fields in which a browser would look words up, or remember them. */
const watchedFields = (): Promise<string[]> =>
  app.page.evaluate(() =>
    [...document.querySelectorAll<HTMLInputElement>('textarea, input:not([type]), input[type=text]')]
      .filter((field) => !field.readOnly && field.ariaHidden !== 'true')
      .filter((field) => field.spellcheck || field.autocomplete !== 'off')
      .map((field) => field.outerHTML.slice(0, 200)),
  );

describe.each(LOCALES)('in %s', (locale) => {
  test('every screen speaks the language in its own script, and no field is looked over', async () => {
    await app.go('#/catalogue');
    await speak(locale);
    const found: string[] = [];
    const look = async (screen: string): Promise<void> => {
      for (const text of await pageTexts()) {
        for (const problem of scriptProblems(locale, text, { namesLetters: true, quoted: EVERYWHERE })) {
          found.push(`${screen}: "${text.slice(0, 80)}" ${problem}`);
        }
      }
      for (const field of await watchedFields()) found.push(`${screen}: ${field}`);
    };
    const open = async (address: string): Promise<void> => {
      await app.go(address);
      await app.page.getByRole('heading', { level: 1 }).first().waitFor();
      // Parts of a screen come a moment after its heading.
      let before = -1;
      const isStill = async (): Promise<boolean> => {
        const seen = before;
        before = (await pageTexts()).length;
        return before === seen;
      };
      await expect.poll(isStill, { interval: 250 }).toBe(true);
      await look(address);
    };
    await open('#/catalogue');
    await open(`#/catalogue/${MEASURE}`);
    await open('#/drafts');
    await open('#/settings');
    await open('#/observations/new');
    await open(`#/observations/${id}`);
    await open(`#/observations/${id}/edit`);
    await open('#/nowhere');
    await open('#/observations');
    await button('observations.filters.title').click();
    await look('filters');
    await button('observations.filters.close').click();
    await button('observations.views.title').click();
    await look('views');
    await app.page.keyboard.press('Escape');
    await button('observations.export').click();
    await app.page.getByText(textOf(locale, 'export.what.list_one', { count: 1 })).waitFor();
    await look('export');
    await app.page.keyboard.press('Escape');
    expect(found).toEqual([]);
  });
});

test('the language changes in the middle of a word, and not a letter of what is being typed is lost', async () => {
  await app.go('#/observations/new');
  const title = () =>
    app.page.getByRole('textbox', { name: textOf(shown, 'observation.fields.title'), exact: true });
  await title().waitFor();
  let typed = '';
  for (const locale of LOCALES) {
    await title().focus();
    await app.page.keyboard.press('End');
    await app.page.keyboard.type('қыз ');
    typed += 'қыз ';
    await speak(locale);
    expect(await title().inputValue()).toBe(typed);
  }
});
