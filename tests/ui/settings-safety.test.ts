import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type App, startApp } from '../support/app.ts';
import { writeQuickVault } from '../support/bare-app.ts';
import { axeProblems, layoutProblems } from '../support/page-checks.ts';
import { PASSPHRASE } from '../support/vault.ts';

vi.setConfig({ testTimeout: 120_000 });

let scratch: string;
let app: App | null = null;

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'baikoo-safety-test-'));
  await mkdir(join(scratch, 'home'));
  await mkdir(join(scratch, 'stick'));
  await writeQuickVault(join(scratch, 'home'));
});
afterEach(async () => {
  await app?.stop();
  app = null;
  await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
});

test('a folder is typed, a copy is made, its age is shown, and a restore is rehearsed in words', async () => {
  app = await startApp({ home: join(scratch, 'home') });
  await app.unlock(PASSPHRASE);
  await app.go('#/settings');
  const { page, t } = app;
  const section = page.getByRole('region', { name: t('settings.safety.title') });
  const path = section.getByLabel(t('settings.safety.path'), { exact: true });
  const use = section.getByRole('button', { name: t('settings.safety.use'), exact: true });
  await path.fill(join(scratch, 'nowhere'));
  await use.click();
  await section.getByText(t('errors.safety.absent.says')).waitFor();
  await path.fill(join(scratch, 'stick'));
  await use.click();
  await section.getByText(t('settings.safety.current')).waitFor();
  await section.getByText(t('settings.safety.sameDrive')).waitFor();

  await section.getByRole('button', { name: t('settings.safety.rehearse'), exact: true }).click();
  const passphrase = section.getByLabel(t('settings.security.present'), { exact: true });
  await passphrase.fill('not this one at all');
  await page.keyboard.press('Enter');
  await section.getByText(t('errors.vault.wrong-passphrase.says')).waitFor();
  await passphrase.fill(PASSPHRASE);
  await page.keyboard.press('Enter');
  const result = section.getByText(t('settings.safety.result.same', { number: '#' }).split('#')[0] ?? '');
  await result.waitFor({ timeout: 60_000 });
  expect(await axeProblems(page)).toEqual([]);
});

test('in Uzbek Cyrillic on a narrow window nothing of it is cut off and axe finds nothing', async () => {
  const narrow = { width: 360, height: 740 };
  app = await startApp({ home: join(scratch, 'home'), locale: 'uz-Cyrl', scheme: 'dark', viewport: narrow });
  await app.unlock(PASSPHRASE);
  await app.go('#/settings');
  const { page, t } = app;
  await page.getByLabel(t('settings.safety.path'), { exact: true }).fill(join(scratch, 'stick'));
  await page.getByRole('button', { name: t('settings.safety.use'), exact: true }).click();
  await page.getByText(t('settings.safety.current')).waitFor();
  await page.getByRole('button', { name: t('settings.safety.rehearse'), exact: true }).click();
  expect(await layoutProblems(page)).toEqual([]);
  expect(await axeProblems(page)).toEqual([]);
});
