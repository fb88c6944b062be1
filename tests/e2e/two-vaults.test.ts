import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Locale } from '@/core/base/locales.ts';
import { type App, startApp } from '../support/app.ts';
import { readVault } from '../support/filled-vault.ts';
import { axeProblems } from '../support/page-checks.ts';

/**
 * Two people, two vaults, two browsers and a stick between them. Айгүл's Baikoo speaks Kyrgyz, Бакыт's Russian; what
 * they do, they do through the interface. The tests are the chapters of one story and run in their order.
 */

const PATIENCE = 240_000;
const TITLE = 'Талаа көчөсүндө үй бузулду';
const BEFORE = 'Эртең менен техника келди. Үй-бүлөгө эки саат беришти.';
const HERS = `${BEFORE} Соттун чечимин көрсөтүшкөн жок.`;
const HIS = BEFORE.replace('эки саат', 'бир саат');
const SETTLED = `${HIS} Соттун чечимин көрсөтүшкөн жок.`;

interface Person {
  readonly app: App;
  readonly name: string;
  readonly home: string;
}

let folder = '';
let stick = '';
let aigul: Person;
let bakyt: Person;
let observation = '';
let failed: string | null = null;

async function person(name: string, locale: Locale): Promise<Person> {
  const home = join(folder, name, 'home');
  await mkdir(home, { recursive: true });
  const app = await startApp({ locale, home, exports: join(folder, name, 'exports') });
  await app.createVault({ name });
  return { app, name, home };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baikoo-two-vaults-'));
  stick = join(folder, 'stick');
  await mkdir(stick);
  aigul = await person('Айгүл', 'ky');
  bakyt = await person('Бакыт', 'ru');
}, PATIENCE);
const stopped = new Set<Person>();
async function stop(who: Person | undefined): Promise<void> {
  if (who === undefined || stopped.has(who)) return;
  stopped.add(who);
  await who.app.stop();
}
afterAll(async () => {
  await stop(aigul);
  await stop(bakyt);
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
});
beforeEach(({ task, onTestFailed }) => {
  if (failed !== null) throw new Error(`The story broke off at "${failed}".`);
  onTestFailed(() => {
    failed ??= task.name;
  });
});

const press = ({ app }: Person, key: string, values = {}) =>
  app.page.getByRole('button', { name: app.t(key, values), exact: true }).click();
const sees = ({ app }: Person, key: string, values = {}) =>
  app.page.getByText(app.t(key, values)).first().waitFor();

/** The file that has been saved for the other one, as the taxi driver carries it. */
async function handedFile({ app }: Person): Promise<string> {
  const said = app.page.getByText(app.t('team.files.saved', { path: '' }).trim());
  await said.or(app.page.getByRole('alert')).first().waitFor();
  expect(await app.page.getByRole('alert').allTextContents()).toEqual([]);
  const names = await readdir(app.exports);
  const newest = names
    .filter((name) => name.endsWith('.bkj'))
    .sort()
    .at(-1);
  expect((await said.textContent()) ?? '').toContain(newest);
  return join(app.exports, newest ?? '');
}

/** Both lines of the safety number, as they stand on somebody's screen: that of the newcomer and that of the team. */
const linesOn = async ({ app }: Person): Promise<readonly string[]> =>
  (await app.page.locator('[data-safety]').allTextContents()).map((line) => line.replaceAll(/\D/g, ''));

async function addStick(who: Person): Promise<void> {
  const { app } = who;
  await app.go('#/exchange');
  await press(who, 'exchange.points.add');
  await app.page.getByLabel(app.t('exchange.form.name'), { exact: true }).fill('Флешка');
  await app.page.getByLabel(app.t('exchange.form.path'), { exact: true }).fill(stick);
  await press(who, 'exchange.form.try');
  await sees(who, 'exchange.form.works');
  await press(who, 'exchange.form.save');
  // Rounds are started by hand, so that each chapter knows who has what.
  const itself = app.page.getByRole('switch', { name: app.t('exchange.point.automatic') });
  await itself.press('Space');
  await expect.poll(() => itself.isChecked()).toBe(false);
}

/** One round with the stick; throws with the screen's words when it failed. */
async function exchange(who: Person): Promise<void> {
  const { app } = who;
  await app.go('#/exchange');
  const report = app.page.locator('[data-round]');
  await report.waitFor();
  const before = (await report.getAttribute('data-round')) ?? '';
  // A round is known by its second: two of one second would look like one.
  await expect.poll(() => new Date().toISOString().slice(0, 19)).not.toBe(before.slice(0, 19));
  await press(who, 'exchange.point.nowWith', { name: 'Флешка' });
  await expect.poll(() => report.getAttribute('data-round'), { timeout: 60_000 }).not.toBe(before);
  expect(
    await report.getAttribute('data-outcome'),
    (await app.page.getByRole('main').textContent()) ?? '',
  ).toBe('done');
}

async function openObservation({ app }: Person): Promise<void> {
  await app.go(`#/observations/${observation}`);
  await app.page.getByRole('heading', { level: 1, name: TITLE }).waitFor();
}

async function editNarrative(who: Person, text: string): Promise<void> {
  const { app } = who;
  await openObservation(who);
  await app.page.keyboard.press('F2');
  const field = app.page.getByRole('textbox', { name: app.t('observation.fields.narrative'), exact: true });
  await field.fill(text);
  await app.page.keyboard.press('Control+KeyS');
  await app.page.getByRole('heading', { level: 1, name: TITLE }).waitFor();
  await app.page.getByRole('main').getByText(text).waitFor();
}

test(
  'a team is begun, somebody invited by words, and both compare the number before anybody is let in',
  async () => {
    await aigul.app.go('#/team');
    await press(aigul, 'team.none.begin');
    await aigul.app.page.getByLabel(aigul.app.t('team.begin.name'), { exact: true }).fill('Ак жол');
    await press(aigul, 'team.begin.submit');
    await press(aigul, 'team.invite.new');
    const list = aigul.app.page.getByRole('main').getByRole('list', { name: aigul.app.t('team.words.list') });
    await list.waitFor();
    const words = await list.getByRole('listitem').allInnerTexts();
    expect(words).toHaveLength(8);

    await bakyt.app.go('#/team');
    await press(bakyt, 'team.none.join');
    await bakyt.app.page
      .getByLabel(bakyt.app.t('team.join.words'), { exact: true })
      .fill(words.join(' ').toUpperCase());
    await press(bakyt, 'team.join.ask');
    await sees(bakyt, 'team.join.stepRead');
    const [readAloud = ''] = await linesOn(bakyt);
    expect(readAloud).toHaveLength(20);
    await press(bakyt, 'team.join.save');
    await aigul.app.page.locator('input[type="file"]').setInputFiles(await handedFile(bakyt));
    await press(aigul, 'incoming.accept.request');

    await aigul.app.page.getByRole('heading', { level: 3, name: /Бакыт/ }).waitFor();
    const compared = await linesOn(aigul);
    expect(compared[0]).toBe(readAloud);
    expect(await axeProblems(aigul.app.page)).toEqual([]);
    await aigul.app.page.getByRole('checkbox').check();
    await press(aigul, 'team.request.admit');
    await press(aigul, 'team.answer.save');
    await bakyt.app.page.locator('input[type="file"]').setInputFiles(await handedFile(aigul));
    await press(bakyt, 'incoming.accept.answer');

    await sees(bakyt, 'team.join.warning');
    expect(await linesOn(bakyt)).toEqual(await linesOn(aigul));
    expect((await linesOn(bakyt)).map((line) => line.length)).toEqual([20, 20]);
    await bakyt.app.page.getByRole('checkbox').check();
    await press(bakyt, 'team.join.enter');
    await bakyt.app.page.getByRole('heading', { level: 1, name: 'Ак жол' }).waitFor();
  },
  PATIENCE,
);

test(
  'what one writes reaches the other over a stick, and each screen says honestly where it is',
  async () => {
    const { page, t, go } = aigul.app;
    await go('#/observations/new');
    await page.getByRole('textbox', { name: t('observation.fields.title'), exact: true }).fill(TITLE);
    await page.getByRole('textbox', { name: t('observation.fields.narrative'), exact: true }).fill(BEFORE);
    await page.keyboard.press('Control+KeyS');
    await page.getByRole('heading', { level: 1, name: TITLE }).waitFor();
    observation = /#\/observations\/([^/?]+)/.exec(page.url())?.[1] ?? '';
    await sees(aigul, 'kept.hereSays');

    await addStick(aigul);
    await exchange(aigul);
    await openObservation(aigul);
    await sees(aigul, 'kept.handedOverSays');

    await addStick(bakyt);
    await exchange(bakyt);
    await openObservation(bakyt);
    await bakyt.app.page.getByRole('main').getByText(BEFORE).waitFor();
    // Only now has another device said that it has it.
    await exchange(aigul);
    await openObservation(aigul);
    await sees(aigul, 'kept.heldSays');
    for (const who of [aigul, bakyt]) {
      await who.app.go('#/team');
      for (const name of ['Айгүл', 'Бакыт']) {
        await who.app.page.getByRole('main').getByText(name, { exact: true }).first().waitFor();
      }
    }
  },
  PATIENCE,
);

test(
  'edits of both without a line stand side by side on both sides until one of them writes a third',
  async () => {
    await editNarrative(aigul, HERS);
    await editNarrative(bakyt, HIS);
    await exchange(aigul);
    await exchange(bakyt);
    await exchange(aigul);
    for (const who of [aigul, bakyt]) {
      await who.app.go('#/conflicts');
      const item = who.app.page.getByRole('listitem').filter({ hasText: TITLE }).first();
      await item.locator('[data-version="2"]').waitFor();
      const shown = (await item.locator('[data-version]').allInnerTexts()).join('\n');
      for (const word of ['Айгүл', 'Бакыт', 'эки саат', 'бир саат', 'Соттун чечимин']) {
        expect(shown).toContain(word);
      }
      await item.getByText(who.app.t('conflicts.ancestor')).waitFor();
      expect(await axeProblems(who.app.page)).toEqual([]);
    }

    const item = bakyt.app.page.getByRole('listitem').filter({ hasText: TITLE }).first();
    await item
      .getByRole('button', { name: bakyt.app.t('observation.conflict.third') })
      .first()
      .click();
    const third = bakyt.app.page.getByRole('textbox', { name: bakyt.app.t('observation.fields.narrative') });
    await third.fill(SETTLED);
    await press(bakyt, 'observation.conflict.saveThird');
    await sees(bakyt, 'conflicts.none');
    await exchange(bakyt);
    await exchange(aigul);
    await aigul.app.go('#/conflicts');
    await sees(aigul, 'conflicts.none');
    for (const who of [aigul, bakyt]) {
      await openObservation(who);
      await who.app.page.getByRole('main').getByText(SETTLED).waitFor();
    }
  },
  PATIENCE,
);

test(
  'every version stays in the history on both sides, and both vaults hold the same',
  async () => {
    for (const who of [aigul, bakyt]) {
      await openObservation(who);
      await who.app.page.keyboard.press('Alt+KeyH');
      const entries = who.app.page.getByRole('dialog').getByRole('listitem');
      await expect.poll(() => entries.count()).toBe(4);
      const told = ((await entries.allTextContents()).join('\n') ?? '').replaceAll(/\s+/g, ' ');
      for (const part of ['эки саат', 'бир саат', 'Соттун чечимин', 'Айгүл', 'Бакыт']) {
        expect(told).toContain(part);
      }
      await who.app.page.keyboard.press('Escape');
      await who.app.page.keyboard.press('Control+Shift+KeyL');
      await who.app.page.getByLabel(who.app.t('vault.unlock.passphrase'), { exact: true }).waitFor();
      await stop(who);
    }
    const [hers, his] = [await contentsOf(aigul), await contentsOf(bakyt)];
    expect(his).toEqual(hers);
    expect(hers.opened.observation.narrative.text).toBe(SETTLED);
    expect(hers.opened.conflicts).toEqual([]);
    const written = hers.history.flatMap(({ fields }) =>
      fields.flatMap(({ name, value }) => (name === 'narrative' ? [(value as { text: string }).text] : [])),
    );
    expect(written.sort()).toEqual([BEFORE, HERS, HIS, SETTLED].sort());
  },
  PATIENCE,
);

const contentsOf = ({ home }: Person) =>
  readVault(home, async ({ observations }) => ({
    hash: await observations.stateHash(),
    opened: await observations.open(observation),
    // Of edits that had not seen each other, each device shows first what it had first.
    history: [...(await observations.history(observation))].sort((a, b) => (a.change < b.change ? -1 : 1)),
  }));
