import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BALLAST } from '../../electron/ballast.ts';
import { type App, startApp } from '../support/app.ts';
import { mountSmallDisk, type SmallDisk } from '../support/small-disk.ts';

/**
 * A disk that is really full, through the interface. Where loop mounts are not permitted this is reported as
 * skipped: `tests/electron` injects ENOSPC at every write call, everywhere.
 */
let disk: SmallDisk | null;
let app: App;

beforeAll(async () => {
  disk = mountSmallDisk(32);
  if (disk === null) return;
  app = await startApp({ home: join(disk.folder, 'home') });
  app.forgive();
});

afterAll(async () => {
  if (disk === null) return;
  await app.stop();
  disk.remove();
});

const ballast = () => join(app.home, BALLAST);
const titleField = () => app.page.getByLabel(app.t('observation.fields.title'), { exact: true });
const listed = (title: string) => app.page.getByText(title, { exact: true }).first();
const headed = (title: string) => app.page.getByRole('heading', { name: title }).waitFor();
const isFull = () => app.page.getByText(app.t('space.full.says')).first();

/** Incompressible, so that it takes room for sure. */
const long = () =>
  Array.from({ length: 12_000 }, () => String.fromCharCode(0x430 + Math.floor(Math.random() * 32))).join('');

async function begin(title: string): Promise<void> {
  await app.go('#/observations/new');
  await titleField().fill(title);
  await app.page.getByLabel(app.t('observation.fields.narrative'), { exact: true }).fill(long());
  await app.page.locator('[data-draft="kept"]').waitFor();
}

const save = () => app.page.keyboard.press('Control+s');

test('on a full disk last words are saved thanks to the ballast; then Baikoo only reads, until there is room', {
  timeout: 300_000,
}, async ({ skip }) => {
  if (disk === null) return skip('no loop mount is permitted here');
  await app.createVault();
  // A drive of 32 megabytes is low on room from the start.
  await app.page.getByText(/There is little room left on the disk: \d/).waitFor();
  expect(statSync(ballast()).size).toBe(8 * 1024 * 1024);
  await begin('before the disk was full');
  await save();
  await headed('before the disk was full');

  await begin('last words');
  disk.fill();
  await save();
  await headed('last words');
  await isFull().waitFor();
  await app.page.getByText(app.t('space.full.can')).waitFor();
  expect(() => statSync(ballast())).toThrow('ENOENT');
  const remove = app.page.getByRole('button', { name: app.t('observation.view.delete') });
  await remove.and(app.page.locator('[aria-disabled="true"]')).waitFor();

  // Nothing new is begun, nothing else written, and all of it is said.
  await app.go('#/observations/new');
  await headed(app.t('space.form.title'));
  await app.page.getByRole('button', { name: app.t('kit.retry') }).click();
  await app.page.getByText(app.t('space.full.still')).waitFor();

  // The program starts on the full disk, with everything that was acknowledged.
  await app.restart();
  await isFull().waitFor();
  await app.unlock();
  await app.go('#/observations');
  for (const title of ['before the disk was full', 'last words']) await listed(title).waitFor();

  // The form that waits opens by itself once there is room.
  await app.go('#/observations/new');
  await headed(app.t('space.form.title'));
  disk.empty();
  await app.page.getByRole('button', { name: app.t('kit.retry') }).click();
  await titleField().waitFor();
  await isFull().waitFor({ state: 'hidden' });
  expect(statSync(ballast()).size).toBe(8 * 1024 * 1024);
});

test('where even the ballast is gone nothing that was saved is lost, it is said, what was typed stays, and it goes on', {
  timeout: 300_000,
}, async ({ skip }) => {
  if (disk === null) return skip('no loop mount is permitted here');
  await begin('too much for the disk');
  rmSync(ballast());
  disk.fill();
  await save();
  await app.page.getByText(app.t('errors.disk.full.says')).first().waitFor();
  expect(await titleField().inputValue()).toBe('too much for the disk');

  await app.restart();
  await app.unlock();
  await app.go('#/observations');
  await listed('last words').waitFor();
  expect(await app.page.getByText('too much for the disk').count()).toBe(0);

  disk.empty();
  await app.go('#/drafts');
  await listed('too much for the disk').click();
  await titleField().waitFor();
  await save();
  await headed('too much for the disk');
  await app.restart();
  await app.unlock();
  await app.go('#/observations');
  for (const title of ['before the disk was full', 'last words', 'too much for the disk']) {
    await listed(title).waitFor();
  }
});
