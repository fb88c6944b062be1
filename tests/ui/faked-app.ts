import type { Browser, Page } from 'playwright-core';
import type { Locale } from '@/core/base/locales.ts';
import { launchBrowser } from '../support/browser.ts';
import { type Harness, serveModule } from '../support/harness.ts';
import type { FakeState } from './pages/fake-doors.ts';

export const DESK = { width: 1366, height: 768 };
export const PHONE = { width: 360, height: 640 };
/** 1366x768 at 200 % zoom. */
export const ZOOMED = { width: 683, height: 384 };

export interface FakedApp {
  /** The app on a screen, with the doors to team, exchange and conflicts as `state` says. */
  open(options: {
    readonly hash: string;
    readonly state?: Partial<FakeState>;
    readonly locale?: Locale;
    readonly scheme?: 'light' | 'dark';
    readonly viewport?: typeof DESK;
  }): Promise<Page>;
  /** Closes what was opened. */
  closePages(): Promise<void>;
  close(): Promise<void>;
}

/** The page of `pages/exchange.tsx` in a real Chromium. */
export async function startFakedApp(): Promise<FakedApp> {
  const browser: Browser = await launchBrowser();
  const harness: Harness = await serveModule('tests/ui/pages/exchange.tsx');
  const pages: Page[] = [];
  return {
    async open({ hash, state = {}, locale = 'en', scheme = 'light', viewport = DESK }) {
      const page = await harness.open(browser, { viewport });
      pages.push(page);
      page.setDefaultTimeout(30_000);
      await page.goto(`${harness.url}?locale=${locale}&scheme=${scheme}`);
      await page.locator('main').waitFor();
      await show(page, hash, state);
      await page.locator('main h1').waitFor();
      return page;
    },
    async closePages() {
      for (const page of pages.splice(0)) await page.context().close();
    },
    async close() {
      await browser.close();
      await harness.close();
    },
  };
}

/** Goes to a screen and sets the doors behind it. */
export const show = (page: Page, hash: string, state: Partial<FakeState>): Promise<void> =>
  page.evaluate<void, { readonly to: string; readonly edit: unknown }>(
    ({ to, edit }) => {
      window.location.hash = to;
      window.fake.set(edit as Partial<FakeState>);
    },
    { to: hash, edit: state },
  );

/** The ids of the three observations that the page wrote. */
export const writtenIn = (page: Page): Promise<readonly string[]> => page.evaluate(() => window.written);

/** What a door's method was called with, call by call. */
export const callsOf = (page: Page, name: string): Promise<readonly unknown[][]> =>
  page.evaluate(
    (wanted) => window.fake.calls.filter(([called]) => called === wanted).map(([, ...args]) => args),
    name,
  );
