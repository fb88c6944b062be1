import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type App, startApp } from '../support/app.ts';
import { mountSmallDisk, type SmallDisk } from '../support/small-disk.ts';

/**
 * A disk that is really full, through the interface. Where loop mounts are not permitted this is reported as
 * skipped: `tests/electron` injects ENOSPC at every write call, everywhere.
 */
let disk: SmallDisk | null;
let app: App;

beforeAll(async () => {
  disk = mountSmallDisk(24);
  if (disk === null) return;
  app = await startApp({ home: join(disk.folder, 'home') });
  app.forgive();
});

afterAll(async () => {
  if (disk === null) return;
  await app.stop();
  disk.remove();
});

const titleField = () => app.page.getByLabel(app.t('observation.fields.title'), { exact: true });
const listed = (title: string) => app.page.getByText(title, { exact: true }).first();

async function log(title: string): Promise<void> {
  await app.go('#/observations/new');
  await titleField().fill(title);
  await app.page.keyboard.press('Control+s');
}

test('on a full disk nothing that was saved is lost, it is said, what was typed stays, and it goes on', {
  timeout: 180_000,
}, async ({ skip }) => {
  if (disk === null) return skip('no loop mount is permitted here');
  await app.createVault();
  await log('before the disk was full');
  await app.page.getByRole('heading', { name: 'before the disk was full' }).waitFor();

  disk.fill();
  await log('too much for the disk');
  await app.page.getByText(app.t('errors.disk.full.says')).first().waitFor();
  expect(await titleField().inputValue()).toBe('too much for the disk');

  // The program starts on the full disk, with everything that was acknowledged.
  await app.restart();
  await app.unlock();
  await app.go('#/observations');
  await listed('before the disk was full').waitFor();
  expect(await app.page.getByText('too much for the disk').count()).toBe(0);

  disk.empty();
  await log('after the disk was freed');
  await app.page.getByRole('heading', { name: 'after the disk was freed' }).waitFor();
  await app.restart();
  await app.unlock();
  await app.go('#/observations');
  for (const title of ['before the disk was full', 'after the disk was freed']) {
    await listed(title).waitFor();
  }
});
