import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { assessPassphrase } from '@/ui/vault/strength.ts';
import { type App, startApp } from '../support/app.ts';
import { QUICK_VAULT_WORDS, writeQuickVault } from '../support/bare-app.ts';
import { axeProblems, layoutProblems } from '../support/page-checks.ts';
import { PASSPHRASE } from '../support/vault.ts';

// Argon2id, two browsers and their servers on two cores.
vi.setConfig({ testTimeout: 90_000 });

let home: string;
let app: App;
const open = async (options: Parameters<typeof startApp>[0] = {}) => {
  app = await startApp({ home, ...options });
};
const button = (key: string) => app.page.getByRole('button', { name: app.t(key), exact: true });
const field = (key: string) => app.page.getByLabel(app.t(key), { exact: true });
const says = (key: string, values?: Record<string, string | number>) =>
  app.page.getByText(app.t(key, values)).first().waitFor();

async function expectSound(): Promise<void> {
  expect(await axeProblems(app.page)).toEqual([]);
  expect(await layoutProblems(app.page)).toEqual([]);
}

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'baikoo-vault-test-'));
});
afterEach(async () => {
  await app?.stop();
  await rm(home, { recursive: true, force: true, maxRetries: 3 });
});

describe('first run', () => {
  test('by keyboard alone: language, name, six drawn words, the sheet and its check', async () => {
    await open({ locale: 'en' });
    const { keyboard } = app.page;
    await says('vault.welcome.title');
    await expectSound();

    // The second language of the list is Russian; choosing it changes the screen at once.
    await app.page.getByRole('radio', { name: 'English' }).focus();
    for (let steps = 0; steps < 3; steps++) await keyboard.press('ArrowUp');
    await app.page.getByRole('heading', { level: 1, name: 'Добро пожаловать в Baikoo' }).waitFor();
    expect(await app.page.evaluate(() => document.documentElement.lang)).toBe('ru');

    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await app.page.getByText('Напишите имя или псевдоним').waitFor();
    await keyboard.type('Айгүл');
    await keyboard.press('Enter');

    // The words are covered until they are asked for, and again while they are typed.
    const show = app.page.getByRole('button', { name: 'Показать слова' });
    await app.page.getByText('Шесть слов готовы').waitFor();
    await expect.poll(() => show.isEnabled()).toBe(true);
    await show.focus();
    await keyboard.press('Enter');
    await expectSound();
    const shown = app.page.locator('[aria-live="polite"]').filter({ hasText: /^\S+( \S+){5}$/ });
    const passphrase = ((await shown.first().textContent()) ?? '').trim();
    expect(passphrase.split(' ')).toHaveLength(6);
    await app.page.getByLabel('Наберите шесть слов').focus();
    await app.page.getByText('Шесть слов готовы').waitFor();
    expect(await app.page.getByText(passphrase).count()).toBe(0);
    await keyboard.type('не те слова');
    await keyboard.press('Enter');
    await app.page.getByText('Это не те шесть слов').waitFor();
    await keyboard.press('Control+KeyA');
    await keyboard.type(passphrase);
    await keyboard.press('Enter');

    const sheet = app.page.getByRole('list', { name: 'Слова восстановления по порядку' });
    await sheet.waitFor();
    const words = await sheet.getByRole('listitem').allInnerTexts();
    expect(words).toHaveLength(12);
    await expectSound();

    // On paper: the words and what they are for, nothing else of the window and nobody's name.
    await app.page.emulateMedia({ media: 'print' });
    // biome-ignore lint/performance/useDomNodeTextContent: what is laid out on paper is the question.
    const printed = await app.page.evaluate(() => document.body.innerText);
    expect(words.filter((word) => !printed.includes(word))).toEqual([]);
    expect(printed).toContain('Baikoo: слова восстановления');
    expect(printed).not.toContain('Айгүл');
    expect(printed).not.toContain('Напечатать');
    expect(printed).not.toContain('Шаг 3');
    await app.page.emulateMedia({ media: null });

    await app.page.getByRole('button', { name: 'Слова уже на бумаге' }).focus();
    await keyboard.press('Enter');
    const asked = app.page.getByLabel(/^Слово \d+$/);
    await expect.poll(() => asked.count()).toBe(3);
    await asked.first().focus();
    await keyboard.type('другое');
    await keyboard.press('Enter');
    await app.page.getByText('Под этим номером другое слово').first().waitFor();
    for (const label of await app.page.locator('label').allInnerTexts()) {
      const place = /^Слово (\d+)$/.exec(label)?.[1];
      if (place !== undefined)
        await app.page.getByLabel(label, { exact: true }).fill(words[Number(place) - 1] ?? '');
    }
    await keyboard.press('Enter');
    await app.page.getByRole('button', { name: 'Заблокировать', exact: true }).waitFor();
    // Confirmed words need no reminder.
    expect(await app.page.getByText('Слова восстановления ещё не подтверждены').count()).toBe(0);
  });

  test('putting the check off is honest: the start says so until it is done', async () => {
    await open();
    await app.createVault({ name: 'Aigul' });
    await says('vault.reminder.title');
    // What happened to the vault while nobody looked is told after unlocking, in words, and can be put away.
    await app.page.keyboard.press('Control+Shift+KeyL');
    await field('vault.unlock.passphrase').waitFor();
    const journal = join(home, 'journal.bkj');
    await writeFile(journal, Buffer.concat([await readFile(journal), Buffer.alloc(40, 7)]));
    await app.restart();
    await app.unlock();
    const notices = app.page.getByRole('region', { name: app.t('app.notices') });
    await notices.getByText('The last save was cut off', { exact: false }).waitFor();
    expect(await axeProblems(app.page)).toEqual([]);
    await notices
      .getByRole('button', { name: app.t('kit.close') })
      .first()
      .click();
    await expect.poll(() => app.page.getByText('The last save was cut off').count()).toBe(0);
  });
});

describe('the locked screen', () => {
  beforeEach(() => writeQuickVault(home));

  test('a wrong passphrase is said at the field and kept, Caps Lock and the layout are shown', async () => {
    await open();
    await field('vault.unlock.passphrase').pressSequentially('wrong one');
    await says('vault.field.latin');
    await app.page.keyboard.press('Enter');
    await says('errors.vault.wrong-passphrase.says');
    expect(await field('vault.unlock.passphrase').inputValue()).toBe('wrong one');
    expect(await field('vault.unlock.passphrase').getAttribute('type')).toBe('password');
    await expectSound();
    await app.page.getByRole('button', { name: app.t('vault.field.show') }).click();
    expect(await field('vault.unlock.passphrase').getAttribute('type')).toBe('text');
    await app.unlock(PASSPHRASE);
  });

  test('recovery words open the vault and lead to a new passphrase; the old one stops working', async () => {
    await open();
    await button('vault.unlock.recover').click();
    await field('vault.recover.words').fill('абажур, абажур');
    await button('vault.unlock.submit').click();
    await app.page.getByText('The sheet has 12 words; here are 2.').waitFor();
    // As somebody copies a sheet: with numbers and capitals.
    const typed = QUICK_VAULT_WORDS.map((word, index) => `${index + 1}. ${word.toUpperCase()}`).join('\n');
    await field('vault.recover.words').fill(typed);
    await button('vault.unlock.submit').click();
    await app.page.getByRole('heading', { name: app.t('vault.recover.newTitle'), exact: true }).waitFor();
    await app.page.getByRole('radio', { name: app.t('vault.choose.own') }).check();
    await field('vault.choose.passphrase').fill('another one by the river');
    await field('vault.choose.again').fill('another one by the rivet');
    await button('vault.recover.replace').click();
    await says('vault.choose.notTheSame');
    await field('vault.choose.again').fill('another one by the river');
    await button('vault.recover.replace').click();
    await button('app.lock').click();
    await field('vault.unlock.passphrase').fill(PASSPHRASE);
    await app.page.keyboard.press('Enter');
    await says('errors.vault.wrong-passphrase.says');
    await app.unlock('another one by the river');
  });

  test('a second tab is told that the vault is held, changes nothing, and gets it once the first is gone', async () => {
    await open();
    await app.unlock(PASSPHRASE);
    const tab = await app.openTab();
    await tab.getByRole('heading', { name: app.t('errors.host.busy.says') }).waitFor();
    expect(await axeProblems(tab)).toEqual([]);
    await tab.getByRole('button', { name: app.t('kit.retry') }).click();
    await tab.getByText(app.t('vault.trouble.stillBusy')).waitFor();
    await app.page.close();
    const retry = tab.getByRole('button', { name: app.t('kit.retry') });
    const passphrase = tab.getByLabel(app.t('vault.unlock.passphrase'), { exact: true });
    await expect
      .poll(
        async () => {
          if (await retry.isVisible()) await retry.click({ timeout: 1000 }).catch(() => undefined);
          return passphrase.isVisible();
        },
        { timeout: 15_000 },
      )
      .toBe(true);
  });

  test('a file that is no vault is named with its folder and left alone', async () => {
    const header = join(home, 'header.bkv');
    const good = await readFile(header);
    await writeFile(header, 'somebody else’s file');
    await open();
    await app.page.getByRole('heading', { name: app.t('errors.vault.foreign.says') }).waitFor();
    await app.page.getByText(home).waitFor();
    await expectSound();
    expect(await readFile(header, 'utf8')).toBe('somebody else’s file');
    await writeFile(header, good);
    await button('kit.retry').click();
    await app.unlock(PASSPHRASE);
  });

  test('quick wipe: the chord only asks, the typed word destroys the keys and leaves the journal', async () => {
    await open();
    await app.unlock(PASSPHRASE);
    await app.go('#/settings');
    await field('vault.name.label').fill('Somebody else');
    await app.page.keyboard.press('Tab');
    await app.page.keyboard.press('Control+Shift+KeyL');
    await field('vault.unlock.passphrase').waitFor();
    await app.page.keyboard.press('Control+Shift+KeyX');
    const dialog = app.page.getByRole('dialog', { name: app.t('vault.wipe.title') });
    await dialog.waitFor();
    await expectSound();
    await app.page.keyboard.press('Enter');
    await app.page.keyboard.type('destro');
    expect(await dialog.getByRole('button', { name: app.t('vault.wipe.submit') }).isDisabled()).toBe(true);
    await app.page.keyboard.press('Enter');
    expect((await stat(join(home, 'header.bkv'))).size).toBeGreaterThan(0);
    await app.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await app.page.keyboard.press('Control+Shift+KeyX');
    await app.page.keyboard.type('Destroy');
    await app.page.keyboard.press('Enter');
    await says('vault.welcome.title');
    await expect(stat(join(home, 'header.bkv'))).rejects.toThrow();
    await expect(stat(join(home, 'device.bkv'))).rejects.toThrow();
    expect((await stat(join(home, 'journal.bkj'))).size).toBeGreaterThan(0);
  });
});

describe('the words about a passphrase', () => {
  test.each([
    ['1234567890', 'weak', 'digits'],
    ['qwertyuiop', 'weak', 'keys'],
    ['йцукенгшщз', 'weak', 'keys'],
    ['aaaaaaaaaaaaaaaa', 'weak', 'repeats'],
    ['солнце солнце солнце', 'weak', 'repeats'],
    ['пароль2024!', 'weak', 'common'],
    ['kyrgyzstan2010', 'weak', 'common'],
    ['предательство', 'weak', 'one-word'],
    ['айгуль1990', 'weak', 'one-word'],
    ['Xk9$mQ2!vR7z', 'strong', null],
  ])('"%s" is called %s, because of %s', (passphrase, strength, weakness) => {
    expect(assessPassphrase(passphrase)).toEqual({ strength, weakness });
  });

  test('drawn words are strong, with or without capitals, and a fourth unrelated word helps', () => {
    expect(assessPassphrase('лифт шкаф дозор бюджет абажур ближний').strength).toBe('strong');
    expect(assessPassphrase('easel beaver clever desk eyebrow cover').strength).toBe('strong');
    expect(assessPassphrase('horses lake mountain').strength).toBe('weak');
    expect(assessPassphrase('horses lake mountain river').strength).toBe('fair');
  });

  test('the person’s own name adds next to nothing', () => {
    const plain = assessPassphrase('bermetova likes strong tea', 'Nobody');
    const named = assessPassphrase('bermetova likes strong tea', 'Aigul Bermetova');
    expect(['weak', 'fair', 'strong'].indexOf(named.strength)).toBeLessThan(
      ['weak', 'fair', 'strong'].indexOf(plain.strength),
    );
  });
});
