import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LANGUAGE_ORDER, OWN_NAMES } from '@/ui/language/own-names.ts';
import { excerptOf } from '@/ui/settings/form-refusal.tsx';
import { LIBRARIES } from '@/ui/settings/libraries.ts';
import { type App, startApp } from '../support/app.ts';
import { writeQuickVault } from '../support/bare-app.ts';
import { axeProblems, layoutProblems } from '../support/page-checks.ts';
import { textOf } from '../support/texts.ts';
import {
  CERTIFICATE,
  release,
  signed,
  startUpdateServer,
  type UpdateServer,
} from '../support/update-server.ts';
import { PASSPHRASE } from '../support/vault.ts';

vi.setConfig({ testTimeout: 90_000 });

let home: string;
let app: App | null = null;

async function openSettings(options: Parameters<typeof startApp>[0] = {}): Promise<App> {
  app = await startApp({ home, ...options });
  await app.unlock(PASSPHRASE);
  await app.go('#/settings');
  await app.page.getByRole('heading', { name: app.t('settings.about.title') }).waitFor();
  return app;
}

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'baikoo-settings-test-'));
  await writeQuickVault(home);
});
afterEach(async () => {
  await app?.stop();
  app = null;
  await rm(home, { recursive: true, force: true, maxRetries: 3 });
});

test('texts keep themselves, can be taken back, and are there after a restart', async () => {
  const opened = await openSettings();
  const { page, t } = opened;
  const name = page.getByLabel(t('vault.name.label'), { exact: true });
  const organisation = page.getByLabel(t('settings.organisation.name'), { exact: true });
  await organisation.fill('Ак жол');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Иностранный представитель: нет');
  await name.fill('Бермет');
  await page.keyboard.press('Tab');
  await page.getByText(t('settings.kept', { what: t('vault.name.label') })).waitFor();
  await page.keyboard.press('Alt+KeyZ');
  await expect.poll(() => name.inputValue(), { timeout: 10_000 }).toBe('Айгүл');
  // An empty name would leave history without an author: it is refused and what was there stays.
  await name.fill(' ');
  await page.getByText(t('vault.name.missing')).waitFor();
  // The lock comes while the field still has the focus.
  await page.getByLabel('Legal label: English').fill('None');
  await page.keyboard.press('Control+Shift+KeyL');
  await page.getByLabel(t('vault.unlock.passphrase'), { exact: true }).waitFor();

  await opened.restart();
  const again = app as App;
  await again.unlock(PASSPHRASE);
  await again.go('#/settings');
  const value = (label: string) => again.page.getByLabel(label, { exact: true }).inputValue();
  await again.page.getByLabel(t('settings.organisation.name'), { exact: true }).waitFor();
  expect(await value(t('vault.name.label'))).toBe('Айгүл');
  expect(await value(t('settings.organisation.name'))).toBe('Ак жол');
  expect(await value('Legal label: Кыргызча')).toBe('Иностранный представитель: нет');
  expect(await value('Legal label: English')).toBe('None');
});

test('a bad form file is refused with line, column and reason; mended it is added, and a removal is undone', async () => {
  const { page, t } = await openSettings();
  const good = (await readFile('seeds/forms/forced-eviction.json', 'utf8')).replace(
    /"code": "forced-eviction"/,
    '"code": "our-own"',
  );
  const bad = good.replace(/"uz-Cyrl": "[^"]*"/, '"uz-Cyrl": ""');
  const line = bad.slice(0, bad.indexOf('"uz-Cyrl": ""')).split('\n').length;
  const choose = (text: string) =>
    page
      .locator('input[type="file"]')
      .setInputFiles({ name: 'own.json', mimeType: 'application/json', buffer: Buffer.from(text) });

  await choose(bad);
  const refusal = page.getByRole('alert').filter({ hasText: 'own.json' });
  await refusal.waitFor();
  const words = await refusal.textContent();
  expect(words).toContain(`Line ${line}, column `);
  expect(words).toContain(t('errors.form.label-missing.says', { locale: 'uz-Cyrl' }));
  expect(words).toContain('"uz-Cyrl": ""');
  expect(await axeProblems(page)).toEqual([]);
  await page.getByText(t('settings.forms.none')).waitFor();

  await choose('{ "format": "baikoo-form", "version": 1,, }');
  await page.getByText(t('errors.form.not-json.says')).waitFor();

  await choose(good);
  const list = page.getByRole('list', { name: t('settings.forms.title') });
  await list.getByText('our-own', { exact: false }).waitFor();
  expect(await refusal.count()).toBe(0);
  await list.getByRole('button').click();
  await page.getByText(t('settings.forms.none')).waitFor();
  await page.keyboard.press('Alt+KeyZ');
  await list.getByText('our-own', { exact: false }).waitFor();
});

test('the passphrase changes only for whoever knows the present one', async () => {
  const opened = await openSettings();
  const { page, t } = opened;
  const own = async (present: string) => {
    await page.getByLabel(t('settings.security.present'), { exact: true }).fill(present);
    await page.getByRole('radio', { name: t('vault.choose.own') }).check();
    await page.getByLabel(t('vault.choose.passphrase'), { exact: true }).fill('a new one for the winter');
    await page.getByLabel(t('vault.choose.again'), { exact: true }).fill('a new one for the winter');
    await page.getByRole('button', { name: t('vault.recover.replace') }).click();
  };
  await page.getByRole('button', { name: t('settings.security.change') }).click();
  await own('not the present one');
  await page.getByText(t('errors.vault.wrong-passphrase.says')).waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await own(PASSPHRASE);
  await page.getByText(t('settings.security.changed')).waitFor();
  await page.getByRole('button', { name: t('app.lock'), exact: true }).click();
  await opened.unlock('a new one for the winter');
});

test('new recovery words are shown once, checked by three of them, and the reminder goes', async () => {
  const { page, t } = await openSettings();
  await page.getByText(t('vault.reminder.title')).waitFor();
  await page.getByRole('button', { name: t('settings.security.renew') }).click();
  await page.getByLabel(t('settings.security.present'), { exact: true }).fill(PASSPHRASE);
  await page.getByRole('button', { name: t('settings.security.renewSubmit') }).click();
  const sheet = page.getByRole('list', { name: t('vault.words.list') });
  await sheet.waitFor();
  const words = await sheet.getByRole('listitem').allInnerTexts();
  expect(words).toHaveLength(12);
  expect(await axeProblems(page)).toEqual([]);
  await page.getByRole('button', { name: t('vault.words.check') }).click();
  for (const label of await page.getByText(/^Word \d+$/).allInnerTexts()) {
    await page.getByLabel(label, { exact: true }).fill(words[Number(label.slice(5)) - 1] ?? '');
  }
  await page.getByRole('button', { name: t('vault.confirm.submit'), exact: true }).click();
  await page.getByText(t('settings.security.confirmed')).waitFor();
  expect(await page.getByText(t('vault.reminder.title')).count()).toBe(0);
});

test('a practice vault, of whose recovery words nobody was shown any, warns of none', async () => {
  await rm(home, { recursive: true });
  await writeQuickVault(home, { demo: true });
  const opened = await openSettings();
  const { page, t } = opened;
  await page.getByText(t('app.demo')).waitFor();
  await page.getByRole('button', { name: t('settings.security.renew') }).waitFor();
  expect(await page.getByText(t('vault.reminder.title')).count()).toBe(0);
  await opened.go('#/');
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await page.getByText(t('vault.reminder.title')).count()).toBe(0);
});

test.each([
  ['ru', 'dark', 1366, 768],
  ['uz-Latn', 'light', 360, 740],
  ['ky', 'light', 683, 384],
] as const)(
  'in %s, %s, at %i by %i nothing is cut off and axe finds nothing',
  async (locale, scheme, width, height) => {
    const { page, t } = await openSettings({ locale, scheme, viewport: { width, height } });
    await page.getByText(t('settings.about.updates.none')).waitFor();
    // Page mode has no window of the system to choose in.
    await page.getByText(/npm start -- --home DIR/).waitFor();
    await page.getByRole('button', { name: t('settings.security.change') }).click();
    await page.getByRole('button', { name: t('settings.security.renew') }).click();
    expect(await axeProblems(page)).toEqual([]);
    expect(await layoutProblems(page)).toEqual([]);
  },
);

test('the excerpt of a refused file shows the line around the column, cut where it is long', () => {
  expect(excerptOf('one\ntwo three\n', 2, 5)).toBe('two three\n    ^');
  expect(excerptOf('one', 7, 1)).toBeNull();
  const [shown = '', mark = ''] = (excerptOf(`${'x'.repeat(200)}!${'y'.repeat(200)}`, 1, 201) ?? '').split(
    '\n',
  );
  expect(shown.startsWith('…x')).toBe(true);
  expect(shown.endsWith('y…')).toBe(true);
  expect(shown[mark.indexOf('^')]).toBe('!');
});

test('every library that is shipped is named with the licence it states itself', () => {
  const require = createRequire(import.meta.url);
  const { dependencies } = require('../../package.json') as { dependencies: Record<string, string> };
  const stated = Object.keys(dependencies).map((name) => ({
    name,
    licence: (require(`../../node_modules/${name}/package.json`) as { license: string }).license,
  }));
  expect(LIBRARIES).toEqual(stated);
});

describe('newer versions', () => {
  let server: UpdateServer;
  beforeEach(async () => {
    server = await startUpdateServer();
  });
  afterEach(async () => {
    await app?.stop();
    app = null;
    await server.stop();
  });
  const open = () => openSettings({ updates: { source: server.source, ca: CERTIFICATE } });

  test('in every language what asking reveals is said, the question waits for the button, and the answer is a quiet line', async () => {
    const { page, t } = await open();
    const { host } = new URL(server.source.manifest);
    await page.getByText(t('settings.about.updates.never')).waitFor();
    expect(server.requests.length).toBe(0);
    await page.getByRole('button', { name: t('settings.about.updates.check') }).focus();
    await page.keyboard.press('Enter');
    await page.getByText(release('9.0.0').notes.en).waitFor();
    expect(server.requests.length).toBe(1);
    const link = page.getByRole('link', { name: t('settings.about.updates.page') });
    expect(await link.getAttribute('href')).toBe(server.source.page);
    expect(await link.getAttribute('rel')).toContain('noreferrer');
    await page.getByText(t('settings.about.updates.hashes')).click();
    await page.getByText('ab'.repeat(32)).waitFor();

    for (const locale of LANGUAGE_ORDER) {
      await page.setViewportSize({ width: 1366, height: 768 });
      await page.getByRole('radio', { name: OWN_NAMES[locale], exact: true }).check();
      await page.getByText(textOf(locale, 'settings.about.updates.says', { server: host })).waitFor();
      await page.getByText(release('9.0.0').notes[locale]).waitFor();
      expect(await layoutProblems(page)).toEqual([]);
      await page.setViewportSize({ width: 360, height: 740 });
      expect(await layoutProblems(page)).toEqual([]);
    }
    expect(await axeProblems(page)).toEqual([]);

    server.answer = (response) => response.end(signed(release('9.9.9'), { key: 'stranger' }));
    await page.getByRole('button', { name: t('settings.about.updates.check') }).click();
    await page.getByText(t('errors.update.bad-signature.says')).waitFor();
    await page.getByText(release('9.0.0').notes.en).waitFor();
    expect(await page.getByText('9.9.9').count()).toBe(0);
  });

  test('the weekly question is off until it is ticked, and then asks and stays on', async () => {
    const { t, restart } = await open();
    const box = () => (app as App).page.getByRole('checkbox', { name: t('settings.about.updates.weekly') });
    expect(await box().isChecked()).toBe(false);
    await box().check();
    await expect.poll(() => server.requests.length, { timeout: 30_000 }).toBe(1);
    await restart();
    await (app as App).unlock(PASSPHRASE);
    await (app as App).go('#/settings');
    await expect.poll(() => box().isChecked(), { timeout: 30_000 }).toBe(true);
    await (app as App).page.getByText(release('9.0.0').notes.en).waitFor();
    expect(server.requests.length).toBe(1);
  });
});
