import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { startPageProcess } from '../electron/page-process.ts';
import { writeQuickVault } from '../support/bare-app.ts';
import { launchProfile } from '../support/browser.ts';

/** The bench page in a Chromium and a profile of its own, over a host with a new vault. */
export interface Profile {
  readonly context: BrowserContext;
  readonly page: Page;
  close(): Promise<void>;
}

/** `program`: the built bench page's server. What the page complains of is printed. */
export async function openProfile(program: string): Promise<Profile> {
  const scratch = await mkdtemp(join(tmpdir(), 'baikoo-bench-'));
  const home = join(scratch, 'home');
  await writeQuickVault(home);
  const server = await startPageProcess({ home, exports: join(scratch, 'exports'), program });
  const context = await launchProfile(join(scratch, 'profile'));
  const page = context.pages()[0] ?? (await context.newPage());
  page.on('pageerror', (error) => console.error(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') console.error(message.text());
  });
  page.setDefaultTimeout(0);
  await page.goto(server.url);
  return {
    context,
    page,
    async close() {
      await context.close();
      await server.end();
      await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
