import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { FULL_SAYS } from '@/ui/space/write-button.tsx';
import { axeProblems } from '../support/page-checks.ts';
import { textOf } from '../support/texts.ts';
import { callsOf, type FakedApp, show, startFakedApp, writtenIn } from './faked-app.ts';
import type { FakeState } from './pages/fake-doors.ts';
import { ANSWERED, ASKED, BUSY, INVITING, SERVER, torn } from './scenes.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

/**
 * What a full disk shows in a real Chromium, over the product's own workspace on a disk in memory that says it is full;
 * `tests/e2e/full-disk.test.ts` fills a real one.
 */
const POLL = { timeout: 30_000 };

let app: FakedApp;
beforeAll(async () => {
  app = await startFakedApp();
});
afterEach(() => app.closePages());
afterAll(() => app?.close());

const t = (key: string, values: Readonly<Record<string, string | number>> = {}) => textOf('en', key, values);
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const shut = (page: Page) => page.locator('button[aria-disabled="true"]');
const setSpace = (page: Page, level: 'enough' | 'full') =>
  page.evaluate((wanted) => window.setSpace(wanted), level);

/** A screen on a disk that is full. */
async function openFull(hash: string, state: Partial<FakeState> = {}): Promise<Page> {
  const page = await app.open({ hash, state });
  await setSpace(page, 'full');
  await page.locator(`#${FULL_SAYS}`).waitFor();
  return page;
}

/** The buttons with these names are shut, and no others. */
const onlyShut = (page: Page, keys: readonly string[]) =>
  expect
    .poll(async () => {
      const names = await shut(page).evaluateAll((buttons) =>
        buttons.map((each) => each.getAttribute('aria-label') ?? each.textContent?.trim()),
      );
      return [...new Set(names)].sort();
    }, POLL)
    .toEqual(keys.map((key) => t(key)).sort());

describe('a button that writes', () => {
  test('keeps its place for the keyboard and says why it is shut, does nothing, and opens once there is room', async () => {
    const page = await app.open({ hash: '#/observations' });
    const [id] = await writtenIn(page);
    await show(page, `#/observations/${id}`, {});
    const remove = button(page, t('observation.view.delete'));
    await remove.waitFor();
    expect(await remove.getAttribute('aria-disabled')).toBeNull();
    await setSpace(page, 'full');
    await remove.and(shut(page)).waitFor();

    await remove.focus();
    await page.getByRole('tooltip', { name: t('space.full.says') }).waitFor();
    expect(
      await remove.evaluate((element) => {
        const ids = element.getAttribute('aria-describedby')?.split(' ') ?? [];
        return ids.map((each) => document.getElementById(each)?.textContent);
      }),
    ).toEqual([t('space.full.says')]);
    for (const key of ['Enter', 'Space']) await page.keyboard.press(key);
    // Playwright itself would wait until it is no longer disabled.
    await remove.click({ force: true });
    expect(page.url()).toContain(`#/observations/${id}`);
    expect(await page.getByText(t('observation.view.deleted')).count()).toBe(0);
    await page.mouse.move(0, 0);
    await remove.blur();
    await page.getByRole('tooltip').waitFor({ state: 'detached' });
    expect(await axeProblems(page)).toEqual([]);

    await setSpace(page, 'enough');
    await remove.and(page.locator(':not([aria-disabled])')).click();
    await page.getByText(t('observation.view.deleted')).waitFor();
  });

  test('is shut to Enter in its form as well', async () => {
    const page = await openFull('#/team');
    await button(page, t('team.none.begin')).click();
    const name = page.getByLabel(t('team.begin.name'), { exact: true });
    await name.fill('Ак жол');
    await name.press('Enter');
    expect(await callsOf(page, 'team.found')).toEqual([]);
    await setSpace(page, 'enough');
    await button(page, t('team.begin.submit')).and(page.locator(':not([aria-disabled])')).waitFor();
    await name.press('Enter');
    await expect.poll(() => callsOf(page, 'team.found'), POLL).toEqual([['Ак жол']]);
  });
});

describe('on a full disk', () => {
  test('the buttons of every screen that write are shut, and those that read are not', async () => {
    const page = await openFull('#/team', INVITING);
    await onlyShut(page, ['team.request.admit', 'team.invite.cancel', 'team.invite.new']);
    await show(page, '#/team', { ...ANSWERED, team: null });
    await onlyShut(page, ['team.join.enter']);
    await show(page, '#/team', { ...ASKED, team: null });
    await onlyShut(page, ['team.join.forget']);

    const conflicts = torn(await writtenIn(page));
    await show(page, '#/conflicts', { ...conflicts, conflicts: conflicts.conflicts?.slice(1, 2) ?? [] });
    // One at a time is unfolded.
    await onlyShut(page, ['observation.conflict.take', 'duplicates.same', 'duplicates.different']);
    await show(page, '#/conflicts', { ...conflicts, conflicts: conflicts.conflicts?.slice(2, 3) ?? [] });
    await onlyShut(page, [
      'observation.conflict.keep',
      'observation.conflict.delete',
      'duplicates.same',
      'duplicates.different',
    ]);

    await show(page, '#/exchange', BUSY);
    await onlyShut(page, ['exchange.flags.dismiss']);
    const switches = page.getByRole('switch');
    expect(await switches.count()).toBeGreaterThan(0);
    expect(await switches.evaluateAll((all) => all.every((each) => each.matches(':disabled')))).toBe(true);
    await button(page, t('exchange.point.settingsOf', { name: SERVER.name })).click();
    await button(page, t('exchange.form.save')).and(shut(page)).waitFor();

    await show(page, '#/observations', BUSY);
    await page.locator('[data-index="0"][aria-busy="false"]').waitFor();
    await page.getByRole('grid').focus();
    for (const key of ['Home', 'Space']) await page.keyboard.press(key);
    await onlyShut(
      page,
      ['status', 'sensitivity', 'tags', 'remove'].map((key) => `observations.bulk.${key}`),
    );
    await button(page, t('observations.bulk.status')).click({ force: true });
    expect(await page.getByRole('menuitem').count()).toBe(0);

    await show(page, '#/settings', BUSY);
    await onlyShut(page, ['settings.forms.add']);
    const name = page.getByLabel(t('vault.name.label'), { exact: true });
    expect(await name.getAttribute('readonly')).not.toBeNull();
    await page.getByText(t('space.full.says')).nth(1).waitFor();
    // What opens the vault is written into the ballast's room (`electron/ballast.ts`), so it stays open.
    await button(page, t('settings.security.change')).and(page.locator(':not([aria-disabled])')).waitFor();
    expect(await axeProblems(page)).toEqual([]);
  });
});
