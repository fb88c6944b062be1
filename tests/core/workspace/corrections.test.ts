import { describe, expect, test } from 'vitest';
import { type CorrectedText, reasonCode } from '@/core/model/correction.ts';
import type { TranslationFile } from '@/core/model/recommendation.ts';
import type { Workspace } from '@/core/workspace.ts';
import {
  laptop,
  observation,
  openNewVault,
  PASSPHRASE,
  saveNew,
  seedFiles,
  silent,
} from '../../support/vault.ts';

const AREA = 'KGZ-2020-D1.2';
const MEASURE = 'KGZ-2020-D1.2.e';
const SECTION = 'KGZ-2020-D1';
/** Given in three areas. */
const REASON = 'Eliminate violence against women and girls.';
const REVIEW = { reviewer: 'Бюро переводов', on: '2021-05-03' };

const seed = JSON.parse(seedFiles['catalogue/ru.json'] ?? '') as TranslationFile;

async function correct(
  workspace: Workspace,
  code: string,
  texts: Readonly<Record<string, CorrectedText | null>>,
) {
  const { seen } = await workspace.corrections.open('ru', code);
  await workspace.corrections.save({ lang: 'ru', code, texts, seen });
}

async function revert(workspace: Workspace, code: string): Promise<void> {
  await workspace.corrections.revert(await workspace.corrections.open('ru', code));
}

const russian = async (workspace: Workspace) => (await workspace.reference.all()).catalogue.translations.ru;
const draft = (text: string): CorrectedText => ({ text, review: null });

describe('a correction', () => {
  test('stands in place of the seed in the catalogue and in its search, and survives a restart', async () => {
    const machine = laptop();
    const { workspace } = await openNewVault(machine);
    await correct(workspace, MEASURE, { text: draft('обязанность учителей сообщать о пропаже ученицы') });
    await workspace.vault.lock();
    const next = machine.start();
    machine.host.disk.restart();
    await next.vault.unlock({ passphrase: PASSPHRASE }, silent);
    const { catalogue } = await next.reference.all();
    expect(catalogue.translations.ru?.items[MEASURE]?.text).toBe(
      'обязанность учителей сообщать о пропаже ученицы',
    );
    expect(catalogue.translations.ru?.items[MEASURE]?.note).toBe(seed.items[MEASURE]?.note);
    expect(catalogue.corrected).toEqual({ ru: [MEASURE] });
    expect((await next.reference.searchMeasures('пропаже ученицы', 'ru')).map(({ code }) => code)).toEqual([
      MEASURE,
    ]);
  });

  test('of the reason of an SDG target holds wherever the reason is given', async () => {
    const { workspace } = await openNewVault(laptop());
    const { texts, state } = await workspace.corrections.open('ru', reasonCode(REASON));
    expect(texts).toEqual([
      { name: 'reason', original: REASON, seed: seed.sdgReasons[REASON], own: null, versions: [] },
    ]);
    expect(state).toEqual({ state: 'draft' });
    await correct(workspace, reasonCode(REASON), { reason: draft('Без насилия.') });
    const after = await russian(workspace);
    expect(after?.sdgReasons).toEqual({ ...seed.sdgReasons, [REASON]: 'Без насилия.' });
    await revert(workspace, reasonCode(REASON));
    expect((await russian(workspace))?.sdgReasons).toEqual(seed.sdgReasons);
  });

  test('of a theme or group is its name everywhere: in lists, in filters and in an export’s words', async () => {
    const { workspace } = await openNewVault(laptop());
    const label = async (list: string, code: string) =>
      (await workspace.reference.all()).vocabularies[list]?.terms.find((term) => term.code === code)?.label;
    const before = await label('themes', 'torture');
    await correct(workspace, 'themes.torture', { label: draft('Истязания') });
    await correct(workspace, 'groups.women', { label: draft('Женщины всех возрастов') });
    expect(await label('themes', 'torture')).toEqual({ ...before, ru: 'Истязания' });
    expect((await label('groups', 'women'))?.ru).toBe('Женщины всех возрастов');
    await revert(workspace, 'themes.torture');
    expect(await label('themes', 'torture')).toEqual(before);
  });

  test('leaves other entries, other languages and the words of the letter as they are', async () => {
    const { workspace } = await openNewVault(laptop());
    const before = (await workspace.reference.all()).catalogue;
    await correct(workspace, SECTION, { title: draft('Права женщин') });
    const after = (await workspace.reference.all()).catalogue;
    expect(after.translations.ru?.sections[SECTION]).toBe('Права женщин');
    expect(after.translations.ky).toEqual(before.translations.ky);
    expect(after.areas).toEqual(before.areas);
    expect(after.translations.ru?.items).toEqual(before.translations.ru?.items);
  });

  test('makes the entry reviewed only when the same person reviewed every text of it', async () => {
    const { workspace } = await openNewVault(laptop());
    const { texts } = await workspace.corrections.open('ru', MEASURE);
    expect(texts.map(({ name }) => name)).toEqual(['text', 'note']);
    await correct(workspace, MEASURE, { text: { text: 'слова', review: REVIEW } });
    expect((await workspace.corrections.open('ru', MEASURE)).state).toEqual({ state: 'draft' });
    await correct(workspace, MEASURE, { note: { text: 'примечание', review: REVIEW } });
    expect((await workspace.corrections.open('ru', MEASURE)).state).toEqual({ state: 'reviewed', ...REVIEW });
    expect((await russian(workspace))?.states?.[MEASURE]).toEqual({ state: 'reviewed', ...REVIEW });
    await correct(workspace, MEASURE, { note: draft('примечание, ещё раз') });
    expect((await workspace.corrections.open('ru', MEASURE)).state).toEqual({ state: 'draft' });
  });

  test('is taken back to the seed as a whole, or text by text, and history keeps who wrote what', async () => {
    const { workspace } = await openNewVault(laptop());
    const before = await russian(workspace);
    await correct(workspace, AREA, { shortTitle: draft('Первое'), text: draft('Второе') });
    await correct(workspace, AREA, { shortTitle: null });
    expect((await russian(workspace))?.items[AREA]?.shortTitle).toBe(seed.items[AREA]?.shortTitle);
    expect((await russian(workspace))?.items[AREA]?.text).toBe('Второе');
    await revert(workspace, AREA);
    expect(await russian(workspace)).toEqual(before);
    const history = await workspace.corrections.history('ru', AREA);
    expect(history.map(({ fields }) => fields.map(({ name }) => name))).toEqual([
      ['shortTitle', 'text'],
      ['shortTitle'],
      ['text'],
    ]);
    expect(history[2]?.fields[0]).toMatchObject({ value: null, before: [draft('Второе')] });
    expect(history[0]?.author).toBe((await workspace.vault.profile()).member);
  });

  test('writes no change when nothing is different', async () => {
    const { workspace } = await openNewVault(laptop());
    await correct(workspace, AREA, { shortTitle: draft('Одно') });
    await correct(workspace, AREA, { shortTitle: draft('Одно'), text: null });
    await revert(workspace, MEASURE);
    expect(await workspace.corrections.history('ru', AREA)).toHaveLength(1);
    expect(await workspace.corrections.history('ru', MEASURE)).toHaveLength(0);
  });

  test('does not replace what its author had not seen: both wordings stand until somebody chooses', async () => {
    const { workspace } = await openNewVault(laptop());
    const { seen } = await workspace.corrections.open('ru', AREA);
    const save = (text: string) =>
      workspace.corrections.save({ lang: 'ru', code: AREA, texts: { text: draft(text) }, seen });
    await save('Айгүл');
    await save('Бектур');
    const opened = await workspace.corrections.open('ru', AREA);
    const versions = opened.texts.find(({ name }) => name === 'text')?.versions ?? [];
    expect(versions.map(({ value }) => value?.text).sort()).toEqual(['Айгүл', 'Бектур']);
    await correct(workspace, AREA, { text: draft('Бектур') });
    const settled = await workspace.corrections.open('ru', AREA);
    expect(settled.texts.find(({ name }) => name === 'text')?.versions).toHaveLength(1);
    expect((await russian(workspace))?.items[AREA]?.text).toBe('Бектур');
  });

  test('that came since the entry was opened is not taken back with the others', async () => {
    const { workspace } = await openNewVault(laptop());
    await correct(workspace, AREA, { shortTitle: draft('Первое'), text: draft('Второе') });
    const opened = await workspace.corrections.open('ru', AREA);
    await correct(workspace, AREA, { text: draft('Второе, точнее') });
    await workspace.corrections.revert(opened);
    const { texts } = await workspace.corrections.open('ru', AREA);
    const versions = texts.find(({ name }) => name === 'text')?.versions.map(({ value }) => value?.text);
    expect(versions).toHaveLength(2);
    expect(versions).toEqual(expect.arrayContaining(['Второе, точнее', undefined]));
    expect(texts.find(({ name }) => name === 'shortTitle')?.own).toBeNull();
  });

  test('stays when a newer seed brings other words, and keeps to its note when the seed adds another', async () => {
    const machine = laptop();
    const { workspace } = await openNewVault(machine);
    const { texts } = await workspace.corrections.open('ru', AREA);
    const note = texts.find(({ name }) => name.startsWith('notes/'));
    if (note === undefined) throw new Error('The area has a note.');
    await correct(workspace, AREA, { shortTitle: draft('Своё'), [note.name]: draft('Своё примечание') });
    await workspace.vault.lock();

    const newer = structuredClone(seed);
    const area = newer.items[AREA];
    if (area?.notes === undefined) throw new Error('The area has notes.');
    area.shortTitle = 'Новое';
    area.text = 'Новый текст';
    area.notes.unshift('Новое примечание');
    const letter = JSON.parse(seedFiles['catalogue/recommendations.json'] ?? '');
    const inLetter = letter.areas.find(({ code }: { code: string }) => code === AREA);
    inLetter.editorNotes.unshift('A new note.');
    machine.host.disk.restart();
    const next = machine.start({
      ...seedFiles,
      'catalogue/ru.json': JSON.stringify(newer),
      'catalogue/recommendations.json': JSON.stringify(letter),
    });
    await next.vault.unlock({ passphrase: PASSPHRASE }, silent);
    expect((await russian(next))?.items[AREA]).toEqual({
      shortTitle: 'Своё',
      text: 'Новый текст',
      notes: ['Новое примечание', 'Своё примечание'],
    });
  });

  test('of the letter itself is refused', async () => {
    const { workspace } = await openNewVault(laptop());
    await expect(workspace.corrections.open('en', AREA)).rejects.toMatchObject({
      code: 'translation/unknown-code',
    });
    await expect(workspace.corrections.open('ru', 'KGZ-2020-Z9')).rejects.toMatchObject({
      code: 'translation/unknown-code',
    });
  });
});

describe('a file of corrections', () => {
  async function exported(workspace: Workspace, machine: ReturnType<typeof laptop>): Promise<string> {
    const saved = await workspace.corrections.exportFile('ru', 'Фонд «Байкоо»');
    return new TextDecoder().decode(machine.host.disk.files.get(saved?.path ?? ''));
  }

  test('brings the same words, states and nothing else to another vault', async () => {
    const machine = laptop();
    const { workspace } = await openNewVault(machine);
    await correct(workspace, SECTION, { title: draft('Права женщин') });
    await correct(workspace, MEASURE, {
      text: { text: 'слова', review: REVIEW },
      note: { text: 'примечание', review: REVIEW },
    });
    const file = await exported(workspace, machine);
    expect(JSON.parse(file)).toMatchObject({
      format: 'baikoo-translation',
      lang: 'ru',
      state: 'draft',
      origin: 'Фонд «Байкоо»',
      sections: { [SECTION]: 'Права женщин' },
      items: { [MEASURE]: { text: 'слова', note: 'примечание' } },
      states: { [SECTION]: { state: 'draft' }, [MEASURE]: { state: 'reviewed', ...REVIEW } },
    });
    const other = await openNewVault(laptop());
    expect(await other.workspace.corrections.importFile(file)).toEqual({
      lang: 'ru',
      entries: 2,
      problem: null,
    });
    expect(await russian(other.workspace)).toEqual(await russian(workspace));
    expect(await other.workspace.corrections.importFile(file)).toEqual({
      lang: 'ru',
      entries: 0,
      problem: null,
    });
  });

  test('that repeats the seed as a draft changes nothing; reviewed, it makes every entry reviewed', async () => {
    const { workspace } = await openNewVault(laptop());
    expect(await workspace.corrections.importFile(JSON.stringify(seed))).toMatchObject({ entries: 0 });
    const reviewed = { ...seed, state: 'reviewed', origin: 'Суд котормочулары' };
    const { sections, items, sdgReasons } = seed;
    const entries = [sections, items, sdgReasons].flatMap((part) => Object.keys(part)).length;
    expect(await workspace.corrections.importFile(JSON.stringify(reviewed))).toMatchObject({ entries });
    expect((await workspace.corrections.open('ru', AREA)).state).toEqual({
      state: 'reviewed',
      reviewer: 'Суд котормочулары',
    });
    expect((await russian(workspace))?.items).toEqual(seed.items);
  });

  test('holds reasons, themes and groups beside the letter’s texts, and brings them to another vault', async () => {
    const machine = laptop();
    const { workspace } = await openNewVault(machine);
    await correct(workspace, reasonCode(REASON), { reason: { text: 'Без насилия.', review: REVIEW } });
    await correct(workspace, 'themes.torture', { label: draft('Истязания') });
    await correct(workspace, 'groups.women', { label: draft('Женщины всех возрастов') });
    const file = await exported(workspace, machine);
    expect(JSON.parse(file)).toMatchObject({
      sections: {},
      items: {},
      sdgReasons: { [REASON]: 'Без насилия.' },
      themes: { torture: 'Истязания' },
      groups: { women: 'Женщины всех возрастов' },
      states: {
        [reasonCode(REASON)]: { state: 'reviewed', ...REVIEW },
        'themes.torture': { state: 'draft' },
      },
    });
    const other = await openNewVault(laptop());
    expect(await other.workspace.corrections.importFile(file)).toMatchObject({ entries: 3, problem: null });
    expect(await russian(other.workspace)).toEqual(await russian(workspace));
  });

  const whole = () => structuredClone(seed) as unknown as Record<string, unknown> & TranslationFile;
  test.each<[string, string, () => string]>([
    ['translation/not-json', 'not JSON', () => '{ "format": '],
    [
      'translation/duplicate-member',
      'a member given twice',
      () => '{"format":"baikoo-translation","format":1}',
    ],
    [
      'translation/not-a-translation',
      'another kind of file',
      () => JSON.stringify({ ...whole(), format: 'baikoo-form' }),
    ],
    ['translation/newer', 'a later version', () => JSON.stringify({ ...whole(), version: 2 })],
    [
      'translation/other-catalogue',
      'another catalogue',
      () => JSON.stringify({ ...whole(), catalogue: 'KGZ-2025' }),
    ],
    [
      'translation/original-language',
      'the language of the letter',
      () => JSON.stringify({ ...whole(), lang: 'en' }),
    ],
    ['translation/wrong-shape', 'an unknown member', () => JSON.stringify({ ...whole(), titles: {} })],
    [
      'translation/wrong-shape',
      'an empty text',
      () => JSON.stringify({ ...whole(), items: { [AREA]: { text: '' } } }),
    ],
    [
      'translation/unknown-code',
      'an entry nobody has',
      () => JSON.stringify({ ...whole(), items: { X9: { text: 'я' } } }),
    ],
    [
      'translation/unknown-text',
      'a text the entry has not',
      () => JSON.stringify({ ...whole(), items: { [AREA]: { leadIn: 'я' } } }),
    ],
    [
      'translation/unknown-code',
      'a reason nobody gave',
      () => JSON.stringify({ ...whole(), sdgReasons: { 'Because.': 'Потому.' } }),
    ],
    [
      'translation/unknown-code',
      'a theme nobody has',
      () => JSON.stringify({ ...whole(), themes: { moonlight: 'Лунный свет' } }),
    ],
    [
      'translation/unknown-code',
      'a theme among the letter’s texts',
      () => JSON.stringify({ ...whole(), items: { 'themes.torture': { text: 'я' } } }),
    ],
    ...['items', 'sections', 'themes', 'states'].map((part): [string, string, () => string] => [
      'translation/unknown-code',
      `an entry among ${part} that hides as a prototype`,
      () => JSON.stringify({ ...whole(), [part]: { X: {} } }).replace('"X":{}', '"__proto__":{"text":"я"}'),
    ]),
    ['translation/too-large', 'a file beyond reason', () => ' '.repeat(2_000_001)],
  ])('is refused as %s when it is %s, and changes nothing', async (code, _, file) => {
    const { workspace } = await openNewVault(laptop());
    const before = await workspace.observations.stateHash();
    expect(await workspace.corrections.importFile(file())).toMatchObject({ entries: 0, problem: { code } });
    expect(await workspace.observations.stateHash()).toBe(before);
  });

  test('is refused with the line of its fault', async () => {
    const { workspace } = await openNewVault(laptop());
    const file = JSON.stringify({ ...seed, items: { [AREA]: { text: 'я', colour: 'red' } } }, null, 2);
    const line = file.split('\n').findIndex((text) => text.includes('"colour"')) + 1;
    const { problem } = await workspace.corrections.importFile(file);
    expect(problem).toMatchObject({ line, column: 7, code: 'translation/wrong-shape' });
  });
});

test('observations count once for a measure, its area and each section above, and stand in time', async () => {
  const { workspace } = await openNewVault(laptop());
  const link = (direction: 'progress' | 'regression') => ({ direction, comment: '' });
  const saw = (date: string, links: Parameters<typeof observation>[0]) =>
    saveNew(workspace, observation({ date, ...links }));
  await saw('2021-04-12', { links: { [MEASURE]: link('progress'), 'KGZ-2020-D1.2.f': link('progress') } });
  await saw('2021-04', { links: { [MEASURE]: link('regression') } });
  await saw('2020', { links: { 'KGZ-2020-D1.1.a': link('progress') } });
  await saw('2021-05/2021-07', { links: { [MEASURE]: link('progress') } });
  await saw('', { links: { [MEASURE]: link('progress') } });
  const gone = await saw('2021-04-13', { links: { [MEASURE]: link('progress') } });
  await workspace.observations.remove([gone]);

  const counts = await workspace.reference.counts();
  expect(counts[MEASURE]).toEqual({ progress: 3, 'no-change': 0, regression: 1 });
  expect(counts[AREA]).toEqual({ progress: 3, 'no-change': 0, regression: 1 });
  expect(counts[SECTION]).toEqual({ progress: 4, 'no-change': 0, regression: 1 });
  expect(counts['KGZ-2020-I']).toEqual(counts[SECTION]);
  const one = { progress: 1, 'no-change': 0, regression: 0 };
  expect(await workspace.reference.timeline(SECTION)).toEqual([
    { period: '', counts: one },
    { period: '2020', counts: one },
    { period: '2021', counts: one },
    { period: '2021-04', counts: { progress: 1, 'no-change': 0, regression: 1 } },
  ]);
});
