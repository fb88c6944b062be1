import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { reasonCode } from '@/core/model/correction.ts';
import { emptyObservation } from '@/core/model/observation.ts';
import type { OpenConflict } from '@/core/team-doors.ts';
import type { Workspace } from '@/core/workspace.ts';
import { type App, startApp } from '../support/app.ts';
import { fillVault } from '../support/filled-vault.ts';
import { axeProblems, layoutProblems } from '../support/page-checks.ts';
import { textOf } from '../support/texts.ts';
import { DESK, type FakedApp, PHONE, show, startFakedApp } from './faked-app.ts';
import { IN_TEAM } from './scenes.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 180_000 });

describe('what a team has set differently', () => {
  let app: FakedApp;
  beforeAll(async () => {
    app = await startFakedApp();
  });
  afterEach(() => app.closePages());
  afterAll(() => app?.close());

  const t = (key: string) => textOf('en', key);
  const conflict = (record: string, type: string, field: string): OpenConflict => ({
    ...{ record, type, field, title: '', ancestor: null, unseen: [] },
    versions: ['m2', 'm3'].map((author) => ({
      ...{ value: author, change: `${author}:1`, author, at: '2026-03-10T09:30:00Z' },
    })),
  });
  const marks = (page: Page) => page.getByRole('main').getByRole('link', { name: t('conflicts.choose') });

  test.each([DESK, PHONE])(
    'is marked where it is set, with the way to the versions ($width wide)',
    async (viewport) => {
      const page = await app.open({ hash: '#/settings', viewport });
      const form = (await readFile('seeds/forms/forced-eviction.json', 'utf8')).replace(
        /"code": "forced-eviction"/,
        '"code": "our-own"',
      );
      await page
        .locator('input[type="file"]')
        .setInputFiles({ name: 'own.json', mimeType: 'application/json', buffer: Buffer.from(form) });
      const forms = page.getByRole('list', { name: t('settings.forms.title') });
      await forms.getByRole('listitem').waitFor();
      expect(await marks(page).count()).toBe(0);
      const { member } = await page.evaluate(() => window.named());
      const conflicts = [
        conflict('organisation', 'setting', 'organisation'),
        conflict('organisation', 'setting', 'legalLabel/ru'),
        conflict('form:our-own', 'form', 'file'),
        conflict(member, 'member', 'name'),
      ];
      await show(page, '#/settings', { conflicts });
      await expect.poll(() => marks(page).count()).toBe(4);
      await forms.getByRole('link', { name: t('conflicts.choose') }).waitFor();
      expect(await axeProblems(page)).toEqual([]);
      expect(await layoutProblems(page)).toEqual([]);
      await marks(page).first().click();
      await page.getByRole('heading', { level: 1, name: t('app.nav.conflicts') }).waitFor();
    },
  );

  test('is marked beside a saved view and beside the name of a member', async () => {
    const page = await app.open({ hash: '#/observations?measure=KGZ-2020-D1.2.c' });
    const menu = page.getByRole('button', { name: t('observations.views.title'), exact: true });
    await menu.click();
    await page.getByRole('textbox', { name: t('observations.views.save') }).fill('Сносы');
    await page.getByRole('textbox', { name: t('observations.views.save') }).press('Enter');
    await expect.poll(async () => (await page.evaluate(() => window.named())).views.length).toBe(1);
    const { views } = await page.evaluate(() => window.named());
    const [view = ''] = views;
    const conflicts = [conflict(view, 'view', 'name'), conflict('m2', 'member', 'name')];
    await show(page, '#/observations?measure=KGZ-2020-D1.2.c', { ...IN_TEAM, conflicts });
    await page.getByRole('button', { name: `Сносы ${t('conflicts.several')}` }).waitFor();
    await show(page, '#/team', {});
    const members = page.getByRole('region', { name: t('team.members.title') }).getByRole('listitem');
    await members
      .filter({ hasText: 'Бакыт' })
      .getByRole('link', { name: t('conflicts.choose') })
      .waitFor();
    expect(await marks(page).count()).toBe(1);
  });
});

describe('a contested translation', () => {
  const AREA = 'KGZ-2020-D1.2';
  const MEASURE = 'KGZ-2020-D1.2.e';
  const SECTION = 'KGZ-2020-D1';
  let app: App;
  let home: string;
  let seen: string;

  /** Two people who did not know of one another. */
  async function contest({ corrections }: Workspace, code: string, name: string): Promise<void> {
    const opened = await corrections.open('ru', code);
    for (const text of ['Первые слова', 'Вторые слова']) {
      await corrections.save({
        ...{ lang: 'ru', code, seen: opened.seen },
        texts: { [name]: { text, review: null } },
      });
    }
  }

  beforeAll(async () => {
    home = join(await mkdtemp(join(tmpdir(), 'baikoo-contested-')), 'home');
    await fillVault(home, async (workspace) => {
      const area = (await workspace.reference.all()).catalogue.areas.find(({ code }) => code === AREA);
      await contest(workspace, MEASURE, 'text');
      await contest(workspace, SECTION, 'title');
      await contest(workspace, reasonCode(area?.sdgTargets[0]?.reason ?? ''), 'reason');
      const { id } = await workspace.observations.save({
        ...{ id: null, base: null, seen: {}, draft: null },
        observation: {
          ...emptyObservation('ru'),
          links: { [MEASURE]: { direction: 'progress', comment: '' } },
        },
      });
      seen = id;
    });
    app = await startApp({ home, locale: 'ru' });
    await app.unlock();
  });
  afterAll(async () => {
    await app?.stop();
    await rm(join(home, '..'), { recursive: true, force: true });
  });

  const mark = () => app.t('conflicts.several');
  const row = (code: string) => app.page.getByRole('tree').locator(`[data-code="${code}"]`);

  test('is marked in the outline, on its area’s page and beside every link to its measure', async () => {
    await app.go(`#/catalogue/${MEASURE}`);
    const article = app.page.getByRole('article');
    await article.getByRole('listitem', { name: 'D1.2.e', exact: true }).getByText(mark()).waitFor();
    await article.getByRole('navigation').getByText(mark()).waitFor();
    // The measure, a section above it, and the reason why a target is proposed.
    expect(await article.getByText(mark()).count()).toBe(3);
    await row(MEASURE).getByText(mark()).waitFor();
    await row(SECTION).getByText(mark()).waitFor();
    expect(await app.page.getByRole('tree').getByText(mark()).count()).toBe(2);
    expect(await axeProblems(app.page)).toEqual([]);
    expect(await layoutProblems(app.page)).toEqual([]);
    // The letter's own words are nobody's version.
    await app.page.getByText(app.t('catalogue.shown.original'), { exact: true }).click();
    await expect.poll(() => app.page.getByText(mark()).count()).toBe(0);

    await app.go(`#/observations/${seen}`);
    await app.page
      .getByRole('region', { name: app.t('observation.sections.links') })
      .getByText(mark())
      .waitFor();
  });

  test('is told where the corrections are sent from, and the mark goes with the choice', async () => {
    await app.go('#/catalogue');
    await app.page.getByText(app.t('catalogue.files.contested', { figure: 3 })).waitFor();
    await app.go(`#/catalogue/${MEASURE}`);
    await app.page
      .getByRole('button', { name: app.t('catalogue.improveOf', { of: 'D1.2.e' }), exact: true })
      .click();
    const dialog = app.page.getByRole('dialog');
    await dialog
      .getByRole('button', { name: app.t('catalogue.correction.useThis') })
      .last()
      .click();
    await dialog.getByRole('button', { name: app.t('catalogue.correction.save'), exact: true }).click();
    await expect.poll(() => row(MEASURE).getByText(mark()).count()).toBe(0);
    await row(SECTION).getByText(mark()).waitFor();
  });
});
