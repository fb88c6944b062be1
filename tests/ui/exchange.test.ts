import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Locale } from '@/core/base/locales.ts';
import { ownEdits } from '@/ui/exchange/own-edits.ts';
import { EMPTY_POINT, settingsOf, settingsProblems } from '@/ui/exchange/point-fields.ts';
import { textOf } from '../support/texts.ts';
import { callsOf, type FakedApp, PHONE, show, startFakedApp, writtenIn } from './faked-app.ts';
import { BUSY, IN_TEAM, SERVER, STICK } from './scenes.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 180_000 });

let app: FakedApp;
beforeAll(async () => {
  app = await startFakedApp();
});
afterEach(() => app.closePages());
afterAll(() => app?.close());

const t = (key: string, values: Readonly<Record<string, string | number>> = {}, locale: Locale = 'en') =>
  textOf(locale, key, values);
const button = (page: Page, key: string, values = {}) =>
  page.getByRole('button', { name: t(key, values), exact: true });
const field = (page: Page, key: string) => page.getByLabel(t(key), { exact: true });

/** By keys, from the kind that is chosen at first. */
async function chooseKind(page: Page, kind: 'webdav' | 'relay'): Promise<void> {
  await page.getByRole('radio', { name: t('exchange.kinds.folder') }).focus();
  for (let step = 0; step < (kind === 'webdav' ? 1 : 2); step++) await page.keyboard.press('ArrowRight');
  await expect
    .poll(() => page.getByRole('radio', { name: t(`exchange.kinds.${kind}`) }).isChecked())
    .toBe(true);
}

describe('where the edits are', () => {
  test('counts each edit once, where it has come furthest, and never more than there are', () => {
    expect(ownEdits({ changes: 10, handedOver: 7, held: 4 })).toEqual({
      all: 10,
      here: 3,
      handedOver: 3,
      held: 4,
    });
    // The target through which they went was removed: what others hold is held.
    expect(ownEdits({ changes: 10, handedOver: 0, held: 6 })).toMatchObject({ here: 4, handedOver: 0 });
    expect(ownEdits({ changes: 5, handedOver: 9, held: 9 })).toMatchObject({ here: 0, handedOver: 0 });
  });

  test('is told on every screen in the least safe words that are true', async () => {
    const page = await app.open({ hash: '#/drafts', state: { team: null } });
    const link = (key: string, values = {}) =>
      page.getByRole('link', { name: t('app.kept.label', { state: t(`app.kept.${key}`, values) }) });
    const own = (changes: number, handedOver: number, held: number) => ({
      ...IN_TEAM,
      overview: { targets: [], running: null, queued: [], own: { changes, handedOver, held }, flags: [] },
    });
    await link('nothing').waitFor();
    await show(page, '#/drafts', { ...own(3, 0, 0), team: null });
    await link('alone').waitFor();
    await show(page, '#/drafts', own(312, 300, 280));
    await link('here', { figure: 12 }).waitFor();
    await show(page, '#/drafts', own(312, 312, 280));
    await link('handedOver', { figure: 32 }).waitFor();
    await show(page, '#/drafts', own(312, 312, 312));
    await link('held').waitFor();
    await show(page, '#/drafts', BUSY);
    await link('running').waitFor();
    // Nobody may be there: what is known is still worth more.
    const looking = { ...BUSY.overview?.running, step: 'looking', doneBytes: 0 };
    await show(page, '#/drafts', { overview: { ...BUSY.overview, running: looking } as never });
    await link('here', { figure: 14 }).waitFor();
    await show(page, '#/drafts', BUSY);
    await link('running').waitFor();
    await page.setViewportSize(PHONE);
    await link('running').click();
    await page.getByRole('heading', { level: 1, name: t('app.nav.exchange') }).waitFor();
  });

  test('is different once there is a line, which every screen passes on', async () => {
    const page = await app.open({ hash: '#/drafts', state: IN_TEAM });
    await page.getByRole('link', { name: t('app.kept.label', { state: t('app.kept.held') }) }).waitFor();
    await page.context().setOffline(true);
    await page.context().setOffline(false);
    await expect.poll(() => callsOf(page, 'sync.lineAppeared')).toHaveLength(1);
  });

  test('stands on the observation, and marks rows that are saved here only', async () => {
    const page = await app.open({ hash: '#/observations', state: IN_TEAM });
    const [one = '', other = '', third = ''] = await writtenIn(page);
    const kept = { [one]: { state: 'here' }, [other]: { state: 'held', devices: 2 } } as const;
    await show(page, '#/observations', { kept });
    const marks = page.getByRole('img', { name: t('kept.here') });
    await expect.poll(() => marks.count()).toBe(1);
    const asked = (await callsOf(page, 'sync.kept')).at(-1)?.[0] as string[];
    expect([...asked].sort()).toEqual([one, other, third].sort());
    await show(page, '#/observations', { kept: {} });
    await expect.poll(() => marks.count()).toBe(0);
    // Without a team every row would have it.
    await show(page, '#/observations', { kept, team: null });
    await page.getByRole('row').nth(3).waitFor();
    expect(await marks.count()).toBe(0);

    await show(page, `#/observations/${one}`, { ...IN_TEAM, kept });
    await page.getByText(t('kept.hereSays')).waitFor();
    await show(page, `#/observations/${other}`, {});
    await page.getByText('Held by 2 other devices').waitFor();
    await show(page, `#/observations/${third}`, {});
    await page.getByText(t('kept.handedOverSays')).waitFor();
  });
});

describe('the screen of the exchange', () => {
  test('explains what a team is and offers both ways into one while there is none', async () => {
    const page = await app.open({ hash: '#/exchange' });
    for (const key of ['one', 'two', 'three']) await page.getByText(t(`team.none.${key}`)).waitFor();
    await page.keyboard.press('Tab');
    await button(page, 'team.none.begin').press('Enter');
    await page.keyboard.type('Ак жол');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Ак жол' }).waitFor();
    expect(await callsOf(page, 'team.found')).toEqual([['Ак жол']]);
  });

  test('a refusal to begin a team says why and what to do, and keeps the name', async () => {
    const page = await app.open({ hash: '#/exchange', state: { failing: { 'team.found': ['team/demo'] } } });
    await button(page, 'team.none.begin').click();
    await field(page, 'team.begin.name').fill('Ак жол');
    await page.keyboard.press('Enter');
    await page.getByText(t('errors.team.demo.says')).waitFor();
    await page.getByText(t('errors.team.demo.todo')).waitFor();
    expect(await field(page, 'team.begin.name').inputValue()).toBe('Ак жол');
  });

  test('shows a round in kilobytes and minutes at the measured speed; it is paused, resumed and stopped', async () => {
    const page = await app.open({
      hash: '#/exchange',
      state: { ...IN_TEAM, overview: { ...BUSY.overview, targets: [STICK, SERVER], running: null } as never },
    });
    await button(page, 'exchange.point.nowWith', { name: STICK.name }).click();
    await page.getByText('47 kB of 254 kB').waitFor();
    await page.getByText(`${t('exchange.progress.speed', { size: '1.2 kB' })}, about 3 min left`).waitFor();
    // A second one waits for the first.
    await button(page, 'exchange.point.nowWith', { name: SERVER.name }).click();
    const queued = page.getByText(t('exchange.point.queued'));
    await queued.waitFor();
    // Also for who has been to another screen meanwhile.
    await show(page, '#/drafts', {});
    await show(page, '#/exchange', {});
    await queued.waitFor();
    await button(page, 'kit.cancel').click();
    await queued.waitFor({ state: 'detached' });
    expect(await callsOf(page, 'sync.stop')).toEqual([['t2']]);
    await button(page, 'exchange.point.nowWith', { name: SERVER.name }).waitFor();
    await button(page, 'exchange.progress.pause').click();
    await page.getByText(t('exchange.progress.paused'), { exact: true }).waitFor();
    await button(page, 'exchange.progress.resume').click();
    const two = { ...BUSY.overview, targets: [STICK, SERVER] };
    const running = { ...BUSY.overview?.running, state: 'pausing' };
    await show(page, '#/exchange', { overview: { ...two, running } as never });
    await page.getByText(t('exchange.progress.pausing'), { exact: true }).waitFor();
    await button(page, 'exchange.progress.resume').waitFor();
    const stopping = { ...running, state: 'stopping' };
    await show(page, '#/exchange', { overview: { ...two, running: stopping } as never });
    await page.getByText(t('exchange.progress.stopping'), { exact: true }).waitFor();
    expect(await button(page, 'exchange.progress.stop').isDisabled()).toBe(true);
    await show(page, '#/exchange', { overview: two as never });
    await button(page, 'exchange.progress.stop').click();
    await page.getByText(/^Exchange stopped: 12 March 2026/).waitFor();
    expect((await callsOf(page, 'sync.run')).map(([id]) => id)).toEqual(['t1', 't2']);
  });

  test('tells no end of a round while nobody knows how much there is', async () => {
    const running = { ...BUSY.overview?.running, step: 'looking', totalBytes: null, secondsLeft: null };
    const overview = { ...BUSY.overview, running } as never;
    const page = await app.open({ hash: '#/exchange', state: { ...BUSY, overview } });
    const point = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: STICK.name }) });
    await point.getByText('47 KB', { exact: true }).waitFor();
    await point.getByText(t('exchange.progress.speed', { size: '1.2 KB' }), { exact: true }).waitFor();
    expect(await point.getByText(t('exchange.progress.soon')).count()).toBe(0);
  });

  test('says the last error with what to do, and tries again', async () => {
    const page = await app.open({ hash: '#/exchange', state: BUSY });
    await page.getByText(t('errors.target.unreachable.says')).waitFor();
    await page.getByText(t('errors.target.unreachable.todo')).waitFor();
    await button(page, 'kit.retry').click();
    await expect.poll(() => callsOf(page, 'sync.run')).toEqual([['t2']]);
  });

  test('says every flag in words with its date and whom it concerns, until it has been read', async () => {
    const page = await app.open({ hash: '#/exchange', state: BUSY });
    const flags = page.getByRole('region', { name: t('exchange.flags.title') });
    for (const { code } of BUSY.overview?.flags ?? []) {
      const key = code.replace('/', '.');
      await flags.getByText(t(`notices.${key}.says`, { name: 'Бакыт' })).waitFor();
      await flags.getByText(t(`notices.${key}.todo`)).waitFor();
    }
    expect(await flags.getByText(`12 March 2026, 14:15 · ${SERVER.name} · Device k3m9x2`).count()).toBe(
      BUSY.overview?.flags.length,
    );
    await button(page, 'exchange.flags.dismiss').click();
    await flags.waitFor({ state: 'detached' });
  });

  test('switches keep what is chosen for each point, and a metered one does not start by itself', async () => {
    const page = await app.open({ hash: '#/exchange', state: BUSY });
    const point = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: STICK.name }) });
    const automatic = point.getByRole('switch', { name: t('exchange.point.automatic') });
    const metered = point.getByRole('switch', { name: t('exchange.point.metered') });
    await automatic.focus();
    await page.keyboard.press('Space');
    await expect.poll(() => callsOf(page, 'sync.setTarget')).toEqual([['t1', { automatic: false }]]);
    await metered.focus();
    await page.keyboard.press('Space');
    await expect.poll(() => automatic.isDisabled()).toBe(true);
  });
});

describe('an exchange point', () => {
  test('is added by its path, and what is missing is said at its field', async () => {
    const page = await app.open({ hash: '#/exchange', state: IN_TEAM });
    await button(page, 'exchange.points.add').click();
    await button(page, 'exchange.form.save').click();
    await expect.poll(() => page.getByText(t('exchange.form.missing')).count()).toBe(2);
    await field(page, 'exchange.form.name').fill('Stick');
    await field(page, 'exchange.form.path').fill('E:\\Baikoo');
    await button(page, 'exchange.form.try').click();
    await page.getByText(t('exchange.form.works')).waitFor();
    await field(page, 'exchange.form.path').press('Enter');
    await page.getByRole('heading', { level: 3, name: 'Stick' }).waitFor();
    expect(await callsOf(page, 'sync.addTarget')).toEqual([
      [{ name: 'Stick', automatic: true, metered: false, settings: { kind: 'folder', path: 'E:\\Baikoo' } }],
    ]);
  });

  test('with an unknown certificate is used only after its fingerprint was compared', async () => {
    const page = await app.open({ hash: '#/exchange', state: IN_TEAM });
    await button(page, 'exchange.points.add').click();
    await chooseKind(page, 'webdav');
    await field(page, 'exchange.form.name').fill('Cloud');
    await field(page, 'exchange.form.url').fill('http://self-signed.example.kg/dav');
    await field(page, 'exchange.form.user').fill('aigul');
    await field(page, 'exchange.form.password').fill('secret');
    await button(page, 'exchange.form.try').click();
    await page.getByText(t('exchange.form.notHttps')).waitFor();
    await field(page, 'exchange.form.url').fill('https://self-signed.example.kg/dav');
    await button(page, 'exchange.form.try').click();
    const groups = page.getByRole('list', { name: t('exchange.certificate.label') });
    expect(await groups.getByRole('listitem').allInnerTexts()).toEqual(Array(16).fill('3f9a'));
    await button(page, 'exchange.certificate.accept').click();
    await page.getByText(t('exchange.certificate.accepted')).waitFor();
    await button(page, 'exchange.form.save').click();
    await page.getByRole('heading', { level: 3, name: 'Cloud' }).waitFor();
    const [[choice] = []] = await callsOf(page, 'sync.addTarget');
    expect(choice).toMatchObject({
      settings: { url: 'https://self-signed.example.kg/dav', fingerprint: '3f9a'.repeat(16) },
    });
  });

  test('is told to work for what was tried, not for what was typed since', async () => {
    const page = await app.open({ hash: '#/exchange', state: IN_TEAM });
    await button(page, 'exchange.points.add').click();
    const path = page.getByLabel(t('exchange.form.path'), { exact: true });
    await path.fill('E:\\slow');
    await button(page, 'exchange.form.try').click();
    await button(page, 'exchange.form.trying').waitFor();
    await path.fill('E:\\never tried');
    await page.waitForTimeout(2_500);
    expect(await page.getByText(t('exchange.form.works')).count()).toBe(0);
    await button(page, 'exchange.form.try').click();
    await page.getByText(t('exchange.form.works')).waitFor();
  });

  test('that refuses says so before it is kept', async () => {
    const page = await app.open({ hash: '#/exchange', state: IN_TEAM });
    await button(page, 'exchange.points.add').click();
    await chooseKind(page, 'relay');
    await field(page, 'exchange.form.urls').fill('wss://one.refused.kg\nwss://two.refused.kg');
    await field(page, 'exchange.form.seed').fill('SUAEXAMPLE');
    await button(page, 'exchange.form.try').click();
    await page.getByText(t('errors.target.refused.says')).waitFor();
    expect(await callsOf(page, 'sync.tryTarget')).toEqual([
      [
        {
          kind: 'relay',
          urls: ['wss://one.refused.kg', 'wss://two.refused.kg'],
          seed: 'SUAEXAMPLE',
          fingerprint: null,
        },
      ],
    ]);
  });

  test('is renamed without entering its secrets again, and removed after a question', async () => {
    const page = await app.open({ hash: '#/exchange', state: { ...IN_TEAM, ...BUSY } });
    await button(page, 'exchange.point.settingsOf', { name: SERVER.name }).click();
    await field(page, 'exchange.form.name').fill('Cloud');
    await button(page, 'exchange.form.save').click();
    await expect.poll(() => callsOf(page, 'sync.setTarget')).toEqual([['t2', { name: 'Cloud' }]]);
    await button(page, 'exchange.point.settingsOf', { name: 'Cloud' }).click();
    await button(page, 'exchange.point.remove').click();
    await button(page, 'exchange.point.removeYes').click();
    await page.getByRole('heading', { level: 3, name: 'Cloud' }).waitFor({ state: 'detached' });
  });

  test('takes protected addresses only, this machine aside', () => {
    const webdav = { ...EMPTY_POINT, kind: 'webdav', user: 'a', password: 'b' } as const;
    const relay = { ...EMPTY_POINT, kind: 'relay', seed: 'S' } as const;
    expect(settingsProblems({ ...webdav, url: 'https://a.kg' })).toEqual({});
    expect(settingsProblems({ ...webdav, url: 'http://127.0.0.1:8080/dav' })).toEqual({});
    expect(settingsProblems({ ...webdav, url: 'http://127.0.0.1.evil.kg/' })).toEqual({ url: 'notHttps' });
    expect(settingsProblems({ ...webdav, url: 'a.kg' })).toEqual({ url: 'notHttps' });
    expect(settingsProblems({ ...relay, urls: 'wss://a.kg, ws://b.kg' })).toEqual({ urls: 'notWss' });
    expect(settingsOf({ ...relay, urls: ' wss://a.kg\n\nwss://b.kg ' })).toMatchObject({
      urls: ['wss://a.kg', 'wss://b.kg'],
    });
  });
});
