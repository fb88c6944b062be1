import { mkdir, mkdtemp, readdir, readFile, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LOCALES, type Locale } from '@/core/base/locales.ts';
import { type App, startApp } from '../support/app.ts';
import { QUICK_VAULT_WORDS, writeQuickVault } from '../support/bare-app.ts';
import { axeProblems, layoutProblems } from '../support/page-checks.ts';
import { PASSPHRASE } from '../support/vault.ts';

vi.setConfig({ testTimeout: 240_000 });

let scratch: string;
let app: App | null = null;

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'baikoo-restore-test-'));
  await mkdir(join(scratch, 'old'));
  await mkdir(join(scratch, 'stick'));
  await writeQuickVault(join(scratch, 'old'));
});
afterEach(async () => {
  await app?.stop();
  app = null;
  await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
});

const stick = () => join(scratch, 'stick');
const page = () => (app as App).page;
const t: App['t'] = (key, values) => (app as App).t(key, values);
const button = (key: string) => page().getByRole('button', { name: t(key), exact: true });
const field = (key: string) => page().getByLabel(t(key), { exact: true });
const says = (key: string, values?: Record<string, string | number>) =>
  page().getByText(t(key, values)).first().waitFor();

async function expectSound(): Promise<void> {
  expect(await axeProblems(page())).toEqual([]);
  expect(await layoutProblems(page())).toEqual([]);
}

/** Logs one observation on the old computer and has it copied to the stick, twice. */
async function copyToStick(): Promise<void> {
  app = await startApp({ home: join(scratch, 'old') });
  await app.unlock(PASSPHRASE);
  await app.go('#/observations/new');
  await field('observation.fields.title').fill('Ала качуу, Өзгөн');
  await page().keyboard.press('Control+s');
  await page().getByRole('heading', { name: 'Ала качуу, Өзгөн' }).waitFor();
  await app.go('#/settings');
  await field('settings.safety.path').fill(stick());
  await button('settings.safety.use').click();
  await says('settings.safety.current');
  await button('settings.safety.copyNow').click();
  await expect.poll(generations).toEqual(['a', 'b']);
  await says('settings.safety.current');
  await app.stop();
  app = null;
}

const root = async () => join(stick(), (await readdir(stick()))[0] as string);
const generations = async () => (await readdir(await root())).sort();

/** To the screen of restoring on a computer that has no vault, with the stick looked at. */
async function lookAtStick(locale: Locale = 'en'): Promise<void> {
  app = await startApp({ home: join(scratch, 'new'), locale });
  await button('vault.restore.offer').click();
  await field('vault.restore.folder').fill(stick());
  await button('vault.restore.look').click();
}

test('on a new computer the copy is found, opened, counted and put in place, and the vault goes on as another device', async () => {
  await copyToStick();
  await lookAtStick();
  const found = page().getByRole('radiogroup', { name: t('vault.restore.found') });
  await found.waitFor();
  expect(await found.getByRole('radio').count()).toBe(1);
  expect(await found.getByRole('radio').isChecked()).toBe(true);
  await expectSound();

  const passphrase = field('vault.unlock.passphrase');
  await passphrase.fill('not this one at all');
  await page().keyboard.press('Enter');
  await says('errors.vault.wrong-passphrase.says');
  await passphrase.fill(PASSPHRASE);
  await page().keyboard.press('Enter');
  await says('vault.restore.content', { number: 1 });
  await expectSound();
  // Nothing was put anywhere so far.
  expect(
    await readdir(join(scratch, 'new')).then((names) => names.filter((name) => /bk[vj]$/.test(name))),
  ).toEqual([]);
  await button('vault.restore.submit').click();
  await says('notices.device.restored.says');
  await (app as App).go('#/observations');
  await page().getByText('Ала качуу, Өзгөн').first().waitFor();
});

test('by the recovery words the copy opens as well, and asks for a new passphrase', async () => {
  await copyToStick();
  await lookAtStick();
  await button('vault.restore.byWords').click();
  await field('vault.recover.words').fill(QUICK_VAULT_WORDS.join(' '));
  await button('vault.restore.open').click();
  await says('vault.restore.content', { number: 1 });
  await button('vault.restore.submit').click();
  await page()
    .getByRole('heading', { name: t('vault.recover.newTitle') })
    .waitFor();
  await button('vault.recover.notNow').click();
  await says('notices.device.restored.says');
});

test('a damaged copy gives way to the one before it, and where both are damaged it is refused', async () => {
  await copyToStick();
  const spoil = async (letter: 'a' | 'b') => truncate(join(await root(), letter, 'journal.bkj'), 100);
  // The copies follow each other as a, b, a ...: one more may have been made meanwhile.
  // One that is being made has no such file for a moment.
  const at = (letter: 'a' | 'b') =>
    vi.waitFor(
      async () =>
        (JSON.parse(await readFile(join(await root(), letter, 'copy.json'), 'utf8')) as { at: string }).at,
      { timeout: 20_000 },
    );
  const [latest, earlier] = (await at('a')) > (await at('b')) ? (['a', 'b'] as const) : (['b', 'a'] as const);
  await spoil(latest);
  await lookAtStick();
  await says('vault.restore.before');
  await expectSound();
  await spoil(earlier);
  await button('vault.restore.look').click();
  await says('vault.restore.torn');
  expect(await page().getByRole('radio').isDisabled()).toBe(true);
  expect(await button('vault.restore.open').count()).toBe(0);
  await expectSound();
  await field('vault.restore.folder').fill(join(scratch, 'old'));
  await button('vault.restore.look').click();
  await says('vault.restore.none');
  await field('vault.restore.folder').fill(join(scratch, 'nowhere'));
  await button('vault.restore.look').click();
  await says('errors.safety.absent.says');
});

test('nothing of it is cut off on a narrow window in any language', async () => {
  await copyToStick();
  for (const locale of LOCALES) {
    await lookAtStick(locale);
    await page().setViewportSize({ width: 360, height: 740 });
    await page().getByRole('radiogroup').waitFor();
    await field('vault.unlock.passphrase').fill(PASSPHRASE);
    await button('vault.restore.open').click();
    await says('vault.restore.content', { number: 1 });
    await expectSound();
    const { BAIKOO_SCREENSHOTS: shots } = process.env;
    if (shots) await page().screenshot({ path: join(shots, `restore-${locale}.png`), fullPage: true });
    await app?.stop();
    app = null;
  }
});
