import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { axeProblems, layoutProblems } from '../support/page-checks.ts';
import { textOf } from '../support/texts.ts';
import { callsOf, DESK, type FakedApp, PHONE, show, startFakedApp, writtenIn, ZOOMED } from './faked-app.ts';
import { ANSWERED, ASKED, BUSY, IN_TEAM, INVITING, OUR_TEAM, torn } from './scenes.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

const STRANGE_TEAM = { ...OUR_TEAM, role: 'monitor' as const, stranger: true };

let app: FakedApp;
beforeAll(async () => {
  app = await startFakedApp();
});
afterEach(() => app.closePages());
afterAll(() => app?.close());

const t = (key: string, values: Readonly<Record<string, string | number>> = {}) => textOf('en', key, values);
const button = (page: Page, key: string, values = {}) =>
  page.getByRole('button', { name: t(key, values), exact: true });
const file = (text: string) => ({
  name: 'from-the-taxi.bkj',
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(text),
});

describe('the coordinator', () => {
  test('makes an invitation, shows its eight words once they are wanted, and cancels it', async () => {
    const page = await app.open({ hash: '#/team', state: IN_TEAM });
    await page.getByText(t('team.invite.none')).waitFor();
    await page.getByRole('radio', { name: t('team.roles.coordinator') }).check();
    await button(page, 'team.invite.new').press('Enter');
    expect(await callsOf(page, 'team.invite')).toEqual([['coordinator']]);
    const words = page.getByRole('main').getByRole('list', { name: t('team.words.list') });
    expect(await words.getByRole('listitem').allInnerTexts()).toHaveLength(8);
    await button(page, 'team.words.qr').click();
    await page.getByRole('img', { name: t('team.words.qr') }).waitFor();
    await button(page, 'team.words.hide').click();
    await words.waitFor({ state: 'detached' });
    await button(page, 'team.invite.cancel').click();
    await page.getByText(t('team.invite.cancelAsks')).waitFor();
    await page
      .locator('[role="group"]')
      .getByRole('button', { name: t('team.invite.cancel') })
      .click();
    await page.getByText(t('team.invite.cancelledOnes', { figure: 1 })).waitFor();
  });

  test('prints the words and what to do with them, and nothing else of the screen', async () => {
    const page = await app.open({ hash: '#/team', state: IN_TEAM });
    await button(page, 'team.invite.new').click();
    await page
      .getByRole('main')
      .getByRole('list', { name: t('team.words.list') })
      .waitFor();
    await page.emulateMedia({ media: 'print' });
    const printed = await page.evaluate(() =>
      [...document.body.children]
        .filter((element) => element instanceof HTMLElement && element.checkVisibility())
        .map((element) => element.textContent)
        .join('\n'),
    );
    expect(printed).toContain(t('team.sheet.title'));
    expect(printed).toContain('зеркало');
    expect(printed).toContain(t('team.sheet.keep'));
    expect(printed).not.toContain('Айгүл');
    expect(printed).not.toContain(t('team.invite.title'));
  });

  test('admits who asks by a file only after comparing the safety number, and saves the answer', async () => {
    const page = await app.open({ hash: '#/team', state: IN_TEAM });
    await button(page, 'team.invite.new').click();
    await page.locator('input[type="file"]').setInputFiles(file('request'));
    await page.getByRole('dialog').getByText('from-the-taxi.bkj').waitFor();
    expect(await callsOf(page, 'team.openFile')).toEqual([]);
    await button(page, 'incoming.accept.request').click();
    await page.getByRole('heading', { name: /^Нурбек asks to join/ }).waitFor();
    await page.getByText('48213').first().waitFor();
    const admit = button(page, 'team.request.admit');
    expect(await admit.isDisabled()).toBe(true);
    await page.getByRole('checkbox', { name: t('team.request.agrees', { name: 'Нурбек' }) }).press('Space');
    await admit.press('Enter');
    await page.getByText(t('team.request.admitted', { name: 'Нурбек' })).waitFor();
    await button(page, 'team.answer.save').click();
    await page.getByText(/Saved: C:.*baikoo-answer\.bkj/).waitFor();
    expect(await callsOf(page, 'team.admit')).toEqual([['i1']]);
  });

  test('is told why a file cannot be taken in, and can drag the right one, which is shown first as well', async () => {
    const page = await app.open({ hash: '#/team', state: INVITING });
    const dialog = page.getByRole('dialog');
    await page.locator('input[type="file"]').setInputFiles(file('a song'));
    await dialog.getByText(t('incoming.refused.unknown')).waitFor();
    await dialog
      .getByRole('button', { name: t('kit.close') })
      .last()
      .click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText(t('team.files.drop')).evaluate((target) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['request'], 'request.bkj'));
      target.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
    });
    await dialog.getByText(t('incoming.request.says')).waitFor();
    expect(await callsOf(page, 'team.openFile')).toEqual([]);
    for (const code of ['used', 'asked-by-another'] as const) {
      await show(page, '#/team', { failing: { 'team.openFile': [`team/${code}`] } });
      await button(page, 'incoming.accept.request').click();
      await dialog.getByText(t(`errors.team.${code}.says`)).waitFor();
    }
    await button(page, 'incoming.accept.request').click();
    await page.getByText(t('team.files.request')).waitFor();
    await dialog.waitFor({ state: 'hidden' });
  });
});

test('only open invitations have cards; who joined is named, and an old one is questioned', async () => {
  const page = await app.open({ hash: '#/team', state: INVITING });
  await page.getByText(t('team.invite.joinedOnes', { names: 'Бакыт' })).waitFor();
  const invitations = page.getByRole('region', { name: t('team.invite.title') });
  expect(await invitations.locator('li[data-state]').count()).toBe(3);
  expect(await page.getByText(t('team.invite.old')).count()).toBe(1);
});

test('a coordinator saves the list of devices for a relay and is told what it is for', async () => {
  const page = await app.open({ hash: '#/team', state: IN_TEAM });
  await button(page, 'team.relay.save').press('Enter');
  await page.getByText(/Saved: C:.*team\.json/).waitFor();
  await page.getByText(t('team.relay.next')).waitFor();
  await page.getByText('npm run relay -- init --from team.json').waitFor();
});

test('who lost the device file is told that nobody reads what they write, and asks to be let in again', async () => {
  const page = await app.open({ hash: '#/team', state: { team: STRANGE_TEAM } });
  await page.getByText(t('team.stranger.says')).waitFor();
  await page.getByRole('heading', { name: t('team.members.title') }).waitFor();
  await button(page, 'team.none.join').press('Enter');
  await page.getByLabel(t('team.join.words')).fill('абажур берег ветер гранат дорога ёлка журнал зеркало');
  await button(page, 'team.join.ask').click();
  await page.getByRole('heading', { name: t('team.join.asked') }).waitFor();
  await page.getByRole('heading', { name: t('team.members.title') }).waitFor();
});

test('a monitor sees the members and cannot invite', async () => {
  const page = await app.open({ hash: '#/team', state: { team: { ...OUR_TEAM, role: 'monitor' } } });
  await page.getByText('Бакыт').waitFor();
  await page.getByText('2 devices').waitFor();
  expect(await button(page, 'team.invite.new').count()).toBe(0);
  expect(await button(page, 'team.relay.save').count()).toBe(0);
});

describe('the newcomer', () => {
  test('goes from the words to the team by keys, and enters only after comparing both lines', async () => {
    const page = await app.open({ hash: '#/team' });
    await button(page, 'team.none.join').press('Enter');
    await page.keyboard.type('абажур берег ветер');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText(/The sheet has 8 words; here are 3/).waitFor();
    await page.keyboard.press('End');
    await page.keyboard.type(' гранат дорога ёлка журнал зеркало');
    await button(page, 'team.join.ask').press('Enter');
    await page.getByText(t('team.join.stepRead')).waitFor();
    await page.getByText(t('team.safety.later')).waitFor();
    await button(page, 'team.join.save').press('Enter');
    await page.getByText(/baikoo-request\.bkj/).waitFor();

    await page.locator('input[type="file"]').setInputFiles(file('answer'));
    await button(page, 'incoming.accept.answer').press('Enter');
    await page.getByText(t('team.join.warning')).waitFor();
    await page.getByText('90021').waitFor();
    const enter = button(page, 'team.join.enter');
    expect(await enter.isDisabled()).toBe(true);
    await page.getByRole('checkbox', { name: t('team.join.agrees') }).press('Space');
    await enter.press('Enter');
    await page.getByRole('heading', { level: 2, name: t('team.members.title') }).waitFor();
    expect(await callsOf(page, 'team.enter')).toHaveLength(1);
  });

  test('may give the request up, and can add an exchange point for it', async () => {
    const page = await app.open({ hash: '#/exchange', state: ASKED });
    await button(page, 'exchange.points.add').waitFor();
    await show(page, '#/team', {});
    await button(page, 'team.join.forget').click();
    await page
      .locator('[role="group"]')
      .getByRole('button', { name: t('team.join.forget') })
      .click();
    await page.getByText(t('team.none.one')).waitFor();
  });
});

type Texts = (key: string) => string;
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click();

/** The form for a server whose certificate nobody vouches for. */
async function meetUnknownCertificate(page: Page, says: Texts): Promise<void> {
  await press(page, says('exchange.points.add'));
  await page.getByText(says('exchange.kinds.webdav'), { exact: true }).click();
  for (const [field, value] of [
    ['url', 'https://self-signed.example.kg/remote.php/dav/files/aigul'],
    ['user', 'aigul'],
    ['password', 'secret'],
  ] as const) {
    await page.getByLabel(says(`exchange.form.${field}`), { exact: true }).fill(value);
  }
  await press(page, says('exchange.form.try'));
}

/** The form for a relay, saved before anything was written in it. */
async function forgetFields(page: Page, says: Texts): Promise<void> {
  await press(page, says('exchange.points.add'));
  await page.getByText(says('exchange.kinds.relay'), { exact: true }).click();
  await press(page, says('exchange.form.save'));
}

async function showWords(page: Page, says: Texts): Promise<void> {
  await press(page, says('team.invite.new'));
  await press(page, says('team.words.qr'));
}

async function openSong(page: Page): Promise<void> {
  await page.locator('input[type="file"]').setInputFiles(file('a song'));
}

/** Every screen in the state that holds the most, what brings it there, and words by which it is known to have come. */
const SCREENS = [
  ['#/exchange', () => ({ team: null, joining: null }), 'team.none.three'],
  ['#/exchange', () => IN_TEAM, 'exchange.certificate.says', meetUnknownCertificate],
  ['#/team', () => ({ ...IN_TEAM, invitations: [] }), 'team.words.says', showWords],
  ['#/exchange', () => BUSY, 'exchange.flags.title'],
  ['#/team', () => INVITING, 'team.answer.says'],
  ['#/exchange', () => IN_TEAM, 'exchange.form.missing', forgetFields],
  ['#/team', () => ({ ...ASKED, team: null }), 'team.join.stepAnswer'],
  ['#/team', () => ANSWERED, 'team.join.warning'],
  ['#/team', () => ({ team: STRANGE_TEAM, joining: null }), 'team.stranger.todo'],
  ['#/conflicts', (ids: readonly string[]) => ({ ...torn(ids), joining: null }), 'duplicates.same'],
  ['#/team', () => INVITING, 'incoming.refused.unknown', openSong],
] as const;

test.each([
  ['ru', 'light'],
  ['ky', 'dark'],
  ['uz-Latn', 'light'],
  ['uz-Cyrl', 'dark'],
  ['en', 'light'],
] as const)(
  'in %s, %s, no screen cuts anything off at any width, and axe finds nothing',
  async (locale, scheme) => {
    const page = await app.open({ hash: '#/drafts', locale, scheme, viewport: DESK });
    const ids = await writtenIn(page);
    const says = (key: string) => textOf(locale, key);
    for (const [hash, state, known, act] of SCREENS) {
      await show(page, hash, state(ids));
      await act?.(page, says);
      await page.locator('main, [role="dialog"]').getByText(says(known)).first().waitFor();
      for (const size of [PHONE, ZOOMED, DESK]) {
        await page.setViewportSize(size);
        // The mark of what is chosen follows its place a moment after the window's width.
        await expect.poll(() => layoutProblems(page), { message: `${known} at ${size.width}` }).toEqual([]);
      }
      expect(await axeProblems(page), known).toEqual([]);
    }
  },
);
