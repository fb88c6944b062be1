import { cp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { scratchFolder } from '../electron/scratch.ts';
import { type App, startApp } from '../support/app.ts';
import { builtRenderer } from '../support/built.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let app: App;
afterEach(() => app?.stop());

test('the worker that stretches the passphrase is gone, with its memory, soon after the vault is open', async () => {
  app = await startApp();
  const isDeriver = (url: string) => url.includes('/argon2.worker');
  const seen: string[] = [];
  const ended: string[] = [];
  app.page.on('worker', (worker) => {
    seen.push(worker.url());
    worker.on('close', () => ended.push(worker.url()));
  });
  const allEnded = (least: number) =>
    expect
      .poll(
        () => {
          const made = seen.filter(isDeriver).length;
          return made >= least && ended.filter(isDeriver).length === made;
        },
        { timeout: 30_000 },
      )
      .toBe(true);
  await app.createVault();
  await allEnded(1);
  await app.page.getByRole('button', { name: app.t('app.lock'), exact: true }).click();
  await app.unlock();
  await allEnded(2);
  const left = app.page.workers().map((worker) => worker.url());
  expect(left.filter(isDeriver)).toEqual([]);
  // The vault's own and that for exports.
  expect(left).toHaveLength(2);
});

test('where that worker does not start, a vault is made and opened all the same', async () => {
  const renderer = await scratchFolder();
  await cp(await builtRenderer(), renderer, { recursive: true });
  for (const name of await readdir(join(renderer, 'assets'))) {
    if (name.startsWith('argon2.worker')) await rm(join(renderer, 'assets', name));
  }
  vi.stubEnv('BAIKOO_RENDERER', renderer);
  app = await startApp();
  vi.unstubAllEnvs();
  // Of the file that is not there.
  app.forgive();
  await app.createVault();
  await app.page.getByRole('button', { name: app.t('app.lock'), exact: true }).click();
  await app.unlock();
});
