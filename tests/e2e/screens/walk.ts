import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { LOCALES, type Locale } from '@/core/base/locales.ts';
import { OWN_NAMES } from '@/ui/language/own-names.ts';
import { type App, PASSPHRASE } from '../../support/app.ts';
import { axeProblems, layoutProblems } from '../../support/page-checks.ts';
import { textOf } from '../../support/texts.ts';

/** The language that screens are opened in; each is then looked at in all of them. */
export const HOME: Locale = 'ru';
/** axe looks twice: names and colours both matter to it, and neither scheme nor language may be left out. */
const AXE_LOOKS = [
  { locale: HOME, colorScheme: 'light' },
  { locale: 'uz-Latn', colorScheme: 'dark' },
] as const;
/** A common laptop, the same at 200 % zoom, and a narrow window. */
const VIEWPORTS = [
  { width: 1366, height: 768 },
  { width: 683, height: 384 },
  { width: 360, height: 740 },
] as const;
/** A folder: every look at every screen leaves a picture there, for people to go over. */
const PICTURES = process.env.BAIKOO_SCREENSHOTS ?? '';
const HIGHEST_PICTURE = 6_000;

/** One screen or state of the app. Those of a list are opened one after the other, on one page. */
export interface Screen {
  readonly name: string;
  /** The way there from the screen before it, in `HOME` and in the widest window. */
  readonly open: (walk: Walk) => Promise<void>;
  /** Brings back what a change of language or size takes away: an open menu, a choice. */
  readonly again?: (walk: Walk) => Promise<void>;
}

/** Ids of observations by their titles. */
export type Ids = Map<string, string>;

/** One page that is led from screen to screen, and looked at in every language and size without being opened anew. */
export class Walk {
  readonly app: App;
  readonly #ids: Ids;
  #page: Page;
  #locale: Locale = HOME;
  #seen = 0;

  constructor(app: App, ids: Ids) {
    this.app = app;
    this.#ids = ids;
    this.#page = app.page;
  }

  get page(): Page {
    return this.#page;
  }

  /** Goes on in another tab. */
  turnTo(page: Page): void {
    this.#page = page;
  }

  /** Words in the language that the page speaks now. */
  t(key: string, values?: Readonly<Record<string, string | number>>): string {
    return textOf(this.#locale, key, values);
  }

  button(key: string, values?: Readonly<Record<string, string | number>>) {
    return this.page.getByRole('button', { name: this.t(key, values), exact: true }).first();
  }

  field(key: string) {
    return this.page.getByLabel(this.t(key), { exact: true }).first();
  }

  sees(text: string) {
    return this.page.getByText(text).first().waitFor();
  }

  /** Goes to an address of the app, away from whatever dialog or menu stands open. */
  async go(hash: string): Promise<void> {
    const open = this.page.locator('[role="dialog"], [role="menu"]').first();
    for (let layers = 0; layers < 4 && (await open.isVisible()); layers++) {
      await this.page.keyboard.press('Escape');
    }
    await this.page.evaluate((address) => {
      window.location.hash = address;
    }, hash);
  }

  async list(): Promise<void> {
    await this.go('#/observations');
    await this.page.getByRole('row').nth(1).waitFor();
  }

  async openRecord(title: string): Promise<void> {
    await this.go(`#/observations/${this.#ids.get(title)}`);
    await this.page.getByRole('heading', { level: 1, name: title }).waitFor();
  }

  /** The form of a story with all its sections open, so with every question of its theme that its answers ask for. */
  async openForm(title: string): Promise<void> {
    await this.openRecord(title);
    await this.page.keyboard.press('F2');
    await this.page.getByRole('heading', { level: 1, name: this.t('observation.form.edit') }).waitFor();
    const folded = this.page.locator('section h2 button[aria-expanded="false"]');
    while ((await folded.count()) > 0) await folded.first().click();
  }

  async unlock(): Promise<void> {
    await this.app.unlock(PASSPHRASE);
  }

  /** Changes the language where the page stands, as if by the menu; a dialog in front of it keeps nobody out. */
  async #speak(locale: Locale): Promise<void> {
    if (this.#locale === locale) return;
    const label = `${this.t('app.language')}: ${OWN_NAMES[this.#locale]}`;
    const item = this.page.locator(`[role="menuitemradio"][lang="${locale}"]`).first();
    if ((await item.count()) === 0) {
      await this.page.evaluate(
        ({ label }) => document.querySelector<HTMLElement>(`button[aria-label="${label}"]`)?.click(),
        { label },
      );
    }
    await item.waitFor({ state: 'attached' });
    await item.evaluate((element) => (element as HTMLElement).click());
    await this.page.waitForFunction((lang) => document.documentElement.lang === lang, locale);
    await item.waitFor({ state: 'hidden' });
    this.#locale = locale;
  }

  /** What axe finds in light and dark, and what is cut, overlapping or too wide in any language and size. */
  async problems(screen: Screen): Promise<string[]> {
    const { page } = this;
    const found = new Set<string>();
    const look = async (here: string, check: (page: Page) => Promise<string[]>) => {
      for (const problem of await this.#lasting(() => check(page))) found.add(`${here}: ${problem}`);
    };
    this.#seen++;
    // What the pointer happens to rest on would explain itself over the rest.
    await page.mouse.move(1, 1);
    for (const locale of [...LOCALES.filter((code) => code !== HOME), HOME]) {
      await this.#speak(locale);
      for (const viewport of VIEWPORTS) {
        await page.setViewportSize(viewport);
        await screen.again?.(this);
        await look(`${locale} ${viewport.width}px`, layoutProblems);
        await this.#picture(`${locale}-${viewport.width}`, screen);
      }
      await page.setViewportSize(VIEWPORTS[0]);
      for (const { colorScheme } of AXE_LOOKS.filter((axe) => axe.locale === locale)) {
        await screen.again?.(this);
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await look(`${locale} ${colorScheme}`, axeProblems);
        await this.#picture(`${locale}-${colorScheme}`, screen);
      }
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    }
    return [...found];
  }

  /** Keeps a picture of the window, made as high as what its regions hold, unless that would close what is open. */
  async #picture(look: string, { name, again }: Screen): Promise<void> {
    if (PICTURES === '') return;
    await mkdir(PICTURES, { recursive: true });
    const file = `${String(this.#seen).padStart(2, '0')} ${name.replace(/[^\w ]+/g, '')} ${look}.png`;
    const size = this.page.viewportSize() ?? VIEWPORTS[0];
    const hidden = again === undefined ? await this.#hiddenHeight() : 0;
    if (hidden > 0) {
      await this.page.setViewportSize({ ...size, height: Math.min(size.height + hidden, HIGHEST_PICTURE) });
      await this.#settle();
    }
    await this.page.screenshot({ path: join(PICTURES, file) });
    if (hidden > 0) await this.page.setViewportSize(size);
  }

  /** How much of the longest region can be seen by scrolling only, in px. */
  #hiddenHeight(): Promise<number> {
    return this.page.evaluate(() => {
      const regions = [...document.querySelectorAll('*')].filter(
        (element) =>
          element === document.documentElement || /auto|scroll/.test(getComputedStyle(element).overflowY),
      );
      return Math.max(...regions.map(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight));
    });
  }

  /** What is still wrong once colours have faded and rows have been measured. */
  async #lasting(look: () => Promise<string[]>): Promise<string[]> {
    let problems: string[] = [];
    for (const wait of [0, 100, 300, 1_000]) {
      await this.page.waitForTimeout(wait);
      await this.#settle();
      problems = await look();
      if (problems.length === 0) break;
    }
    return problems;
  }

  /** Two frames, one to lay out and one for what is placed after that, and the end of whatever fades or moves. */
  async #settle(): Promise<void> {
    await this.page.evaluate(async () => {
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      await frame();
      await frame();
      const over = performance.now() + 2_000;
      const moving = () =>
        document
          .getAnimations()
          .some(({ effect }) => effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY);
      while (moving() && performance.now() < over) await frame();
    });
  }
}
