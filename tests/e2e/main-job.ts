import { readdir, readFile, rm } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Locale } from '@/core/base/locales.ts';
import { type App, startApp } from '../support/app.ts';
import type { HostName } from '../support/app-hosts.ts';
import { sheetsByLibreOffice, testWithLibreOffice } from '../support/libreoffice.ts';
import { logStory } from './log-story.ts';
import { catalogue, type Story, term } from './story.ts';
import { Monitor } from './story-person.ts';
import {
  expectedLinks,
  expectedObservation,
  expectedPeople,
  expectedTables,
  sensitiveCount,
  sensitiveTexts,
} from './story-workbook.ts';
import {
  columnNames,
  type Line,
  linesOf,
  type ReadSheet,
  readMeOf,
  readWorkbook,
  sheetOf,
  shownByLibreOffice,
} from './workbook-reader.ts';

/**
 * The main job from the first run to a workbook in a colleague's hands: invented stories, one vault, one browser
 * profile, keys only. The tests are the chapters of one day and run in their order. One source for every host; each
 * host has a file of its own, so that two can run side by side.
 */

const PATIENCE = 240_000;
const NAME = 'Жазгүл';
const LOCALES: readonly Locale[] = ['ru', 'en'];
const ADDITION = 'Дополнение: двадцатого ноября мэрия прислала семьям один мобильный обогреватель.';

export interface Job {
  readonly host: HostName;
  /** One in Russian must be among them: it is the one that is edited. */
  readonly stories: readonly Story[];
}

export function tellMainJob(job: Job): void {
  const began = Date.now();
  let stories = job.stories;
  const confidential = (): number =>
    stories.filter(({ observation }) => observation.sensitivity === 'confidential').length;
  let app: App;
  let monitor: Monitor;
  let passphrase = '';
  let workbook: readonly ReadSheet[] = [];
  let workbookPath = '';
  let failed: string | null = null;

  beforeAll(async () => {
    app = await startApp({ host: job.host });
    monitor = new Monitor(app);
  });
  afterAll(() => app?.stop());
  beforeEach(({ task, onTestFailed }) => {
    if (failed !== null) throw new Error(`The story broke off at "${failed}".`);
    onTestFailed(() => {
      failed ??= task.name;
    });
  });

  /** What the dialog counts in the three stories, in words. */
  const counted = (): string[] => [
    monitor.counted('export.leaveOut.sensitiveCount', sum(stories.map(sensitiveCount))),
    monitor.counted(
      'export.leaveOut.namesCount',
      sum(stories.map(({ observation }) => Object.keys(observation.names).length)),
    ),
    ...(confidential() === 0 ? [] : [monitor.counted('export.leaveOut.confidentialCount', confidential())]),
  ];

  test(
    'chooses a language, keeps six drawn words and proves that she has the recovery words on paper',
    async () => {
      passphrase = await monitor.firstRun('ky', NAME);
      expect(await app.page.evaluate(() => document.documentElement.lang)).toBe('ky');
    },
    PATIENCE,
  );

  test(
    'reads what the letter recommends on bride kidnapping, word for word',
    async () => {
      const { keys } = monitor;
      await keys.write(monitor.t('catalogue.search'), 'D1.2');
      await monitor.sees(new RegExp(monitor.t('catalogue.found', { areas: '1', measures: '\\d+' })));
      await keys.press('Enter');
      const area = catalogue.areas.find(({ code }) => code === 'KGZ-2020-D1.2');
      const verbatim = app.page.getByRole('article').getByRole('blockquote').first();
      await verbatim.waitFor();
      expect(await verbatim.textContent()).toBe(area?.text);
    },
    PATIENCE,
  );

  test.each(job.stories.map((story) => [story.name, story] as const))(
    'logs the story %s in its language, by keyboard alone, and is told that it is saved',
    async (_name, story) => {
      await monitor.speak(story.locale);
      await logStory(monitor.keys, story);
      await monitor.sees(new RegExp(monitor.t('observation.form.saved', { time: '\\d\\d:\\d\\d' })));
      await app.page.getByRole('heading', { level: 1, name: story.observation.title.text }).waitFor();
    },
    PATIENCE,
  );

  test(
    'finds each story by a word in another script after a restart',
    async () => {
      await monitor.speak('ru');
      await app.restart();
      await monitor.unlock(passphrase);
      for (const { search, observation } of stories) {
        const own = observation.narrative.lang === 'uz-Latn' ? 'Latin' : 'Cyrillic';
        expect(search.script).not.toBe(own);
        await monitor.find(search.query, observation.title.text);
      }
    },
    PATIENCE,
  );

  test(
    'edits one, and its history shows what was there before',
    async () => {
      const { keys } = monitor;
      const story = stories.find(({ locale }) => locale === 'ru') as Story;
      const { narrative, title } = story.observation;
      await monitor.showAll(stories.length);
      await monitor.find(story.search.query, title.text);
      await keys.press('F2');
      await keys.tabTo(monitor.t('observation.fields.narrative'), 'field');
      await keys.press('Control+End');
      await keys.type(`\n\n${ADDITION}`);
      await keys.push(new RegExp(`^${monitor.t('observation.sections.source')} `));
      await keys.choose(
        monitor.t('observation.fields.reliability'),
        term('reliability', 'highly-reliable', 'ru'),
      );
      await keys.press('Control+s');
      await monitor.sees(new RegExp(monitor.t('observation.form.saved', { time: '\\d\\d:\\d\\d' })));

      await keys.press('Alt+h');
      const history = app.page.getByRole('dialog', { name: monitor.t('observation.history.title') });
      await history.getByText(NAME).first().waitFor();
      expect(await history.getByRole('deletion').allInnerTexts()).toEqual([
        term('reliability', story.observation.reliability ?? '', 'ru'),
      ]);
      const inserted = await history.getByRole('insertion').allInnerTexts();
      expect(inserted.map((text) => text.trim())).toEqual(
        expect.arrayContaining([ADDITION, term('reliability', 'highly-reliable', 'ru')]),
      );
      await keys.press('Escape');
      await history.waitFor({ state: 'detached' });

      const text = `${narrative.text}\n\n${ADDITION}`;
      const edited = {
        ...story.observation,
        reliability: 'highly-reliable',
        narrative: { ...narrative, text },
      };
      stories = stories.map((each) => (each === story ? { ...story, observation: edited } : each));
    },
    PATIENCE,
  );

  test(
    'exports everything in two languages, and another library reads every value back',
    async () => {
      await monitor.showAll(stories.length);
      workbookPath = await monitor.export({
        columns: 'all',
        also: LOCALES.slice(1),
        everything: true,
        says: counted(),
      });
      workbook = await readWorkbook(workbookPath);

      const list = linesOf(named(workbook, 'sheet-observations', 'ru'), namesOf(workbook));
      const people = linesOf(named(workbook, 'sheet-people', 'ru'));
      const links = linesOf(named(workbook, 'sheet-links', 'ru'));
      expect(list).toHaveLength(stories.length);
      expect(links).toHaveLength(
        sum(stories.map(({ observation }) => Object.keys(observation.links).length)),
      );
      const tables = new Set<string>();
      for (const story of stories) {
        const row = list.find(({ title }) => title === story.observation.title.text) ?? {};
        const { id, author, created, updated, ...rest } = row;
        expect(id).toMatch(/^[0-9a-z-]{10,}$/);
        expect(author).toBe(NAME);
        for (const time of [created, updated]) expectBishkekTime(time, began);

        const own = people.filter(({ observation }) => observation === id);
        const keys = own
          .toSorted((one, other) => (String(one.person) < String(other.person) ? -1 : 1))
          .map((line) => keyOf(story, line));
        expect(rest).toEqual(expectedObservation(story, keys, LOCALES));
        expect(own.map(({ person: _, ...line }) => line)).toEqual(
          keys.map(
            (key) =>
              expectedPeople(story, String(id), LOCALES)[Object.keys(story.observation.people).indexOf(key)],
          ),
        );
        expect(links.filter(({ observation }) => observation === id)).toEqual(
          expectedLinks(story, String(id), LOCALES),
        );
        for (const [name, expected] of expectedTables(story, String(id), LOCALES)) {
          tables.add(name);
          expect(linesOf(sheetOf(workbook, name)), name).toEqual(expected);
        }
      }
      const words = ['sheet-observations', 'sheet-links', 'sheet-measures', 'sheet-people', 'sheet-read-me'];
      expect(workbook.map(({ name }) => name).toSorted()).toEqual(
        [...words.map((word) => term('export-words', word, 'ru')), ...tables].toSorted(),
      );
    },
    PATIENCE,
  );

  // What a workbook holds and leaves out is decided before any host sees it.
  if (job.host === 'page') {
    test('the workbook counts every measure of the letter and says on its first-to-read sheet what it holds', () => {
      const measures = linesOf(named(workbook, 'sheet-measures', 'ru'));
      const every = catalogue.areas.flatMap((area) => area.measures);
      const linked = stories.flatMap(({ observation }) => Object.entries(observation.links));
      expect(measures.map(({ measure }) => measure)).toEqual(every.map(({ code }) => code));
      for (const line of measures) {
        const own = linked.filter(([code]) => code === line.measure);
        for (const direction of ['progress', 'no-change', 'regression']) {
          const count = own.filter(([, link]) => link.direction === direction).length;
          expect(line[term('directions', direction, 'ru')]).toBe(count);
        }
        expect(line[column('total', 'ru')]).toBe(own.length);
      }
      expect(readMe(workbook, 'observations')).toContain(`${stories.length} из ${stories.length}`);
      expect(readMe(workbook, 'made-by')).toBe(NAME);
      expect(readMe(workbook, 'selection-all')).toBeDefined();
      expect(readMe(workbook, 'contains-confidential')).toMatch(new RegExp(`^${confidential()}\\.`));
      expect(readMe(workbook, 'contains-names')).toMatch(new RegExp(`^${stories.length}\\.`));
      expect(readMe(workbook, 'contains-sensitive')).toContain(`: ${sum(stories.map(sensitiveCount))}.`);
      expect(readMe(workbook, 'left-out-names')).toBeUndefined();
    });

    testWithLibreOffice('LibreOffice shows every cell of the same workbook', async () => {
      expect(failed, 'a chapter before this one').toBeNull();
      const shown = await sheetsByLibreOffice(new Uint8Array(await readFile(workbookPath)));
      expect([...shown.keys()].toSorted()).toEqual(workbook.map(({ name }) => name).toSorted());
      for (const { name, rows } of workbook) {
        const there = shown.get(name) ?? [];
        expect(there.length, name).toBe(rows.length);
        for (const [index, row] of rows.entries()) {
          expect(there[index], `${name}, row ${index + 1}`).toEqual(row.map(shownByLibreOffice));
        }
      }
    });

    test(
      'the next export ticks nothing dangerous by itself and leaves out what it counted',
      async () => {
        const path = await monitor.export({
          columns: 'standard',
          also: [],
          everything: false,
          says: counted(),
        });
        const sheets = await readWorkbook(path);
        const names = namesOf(sheets);
        const shared = stories.filter(({ observation }) => observation.sensitivity !== 'confidential');
        const list = linesOf(named(sheets, 'sheet-observations', 'ru'), names);
        expect(list).toHaveLength(shared.length);
        for (const story of shared) {
          const row = list.find(({ title }) => title === story.observation.title.text) ?? {};
          const { id, author, created, updated, people, ...rest } = row;
          const whole = expectedObservation(story, Object.keys(story.observation.people), LOCALES);
          const expected = Object.entries(whole).filter(
            ([name]) => names.includes(name) && !/^people(::|$)/.test(name),
          );
          const given = Object.entries(rest).filter(([name]) => !name.startsWith('people::'));
          expect(Object.fromEntries(given)).toEqual(Object.fromEntries(expected));
          expect(String(people).split(' ')).toHaveLength(Object.keys(story.observation.people).length);
          expect([id, author, created, updated]).not.toContain(undefined);
        }
        const everything = sheets
          .flatMap(({ rows }) => rows.flat())
          .map(String)
          .join('\n');
        for (const story of stories) {
          const { names: real, title, narrative, sensitivity } = story.observation;
          const secret = [...Object.values(real), ...sensitiveTexts(story)];
          if (sensitivity === 'confidential') secret.push(title.text, narrative.text);
          for (const text of secret) expect(everything).not.toContain(text);
        }
        expect(readMe(sheets, 'observations')).toContain('2 из 3');
        expect(readMe(sheets, 'left-out-confidential')).toMatch(/^1\./);
        expect(readMe(sheets, 'left-out-names')).toMatch(/^2\./);
        expect(readMe(sheets, 'left-out-sensitive')).toContain(`: ${sum(shared.map(sensitiveCount))}.`);
      },
      PATIENCE,
    );
  }

  test(
    'loses the browser’s database between two runs and nothing of what it showed',
    async () => {
      await app.close();
      expect(await readdir(app.database)).not.toEqual([]);
      await rm(app.database, { recursive: true });
      await app.restart();
      await monitor.unlock(passphrase);
      await monitor.sees(monitor.t('notices.cache.rebuilt.says'));
      await monitor.keys.press('Alt+s');
      await monitor.keys.press('Enter');
      await monitor.sees(monitor.counted('observations.found', stories.length));
      const path = await monitor.export({
        columns: 'all',
        also: LOCALES.slice(1),
        everything: true,
        says: counted(),
      });
      expect(withoutTimeOfMaking(await readWorkbook(path))).toEqual(withoutTimeOfMaking(workbook));
    },
    PATIENCE,
  );
}

/** The three stories on the sheet called after a word of the export. */
const named = (sheets: readonly ReadSheet[], word: string, locale: Locale): ReadSheet =>
  sheetOf(sheets, term('export-words', word, locale));
const column = (code: string, locale: Locale): string => term('export-columns', code, locale);
/** A line of the Read me sheet. */
function readMe(sheets: readonly ReadSheet[], code: string): string | undefined {
  const item = term('export-readme', code, 'ru');
  return readMeOf(named(sheets, 'sheet-read-me', 'ru')).find(([name]) => name === item)?.[1];
}
const namesOf = (sheets: readonly ReadSheet[]): string[] =>
  columnNames(named(sheets, 'sheet-read-me', 'ru'), term('export-readme', 'columns', 'ru'));
const sum = (numbers: readonly number[]): number => numbers.reduce((all, number) => all + number, 0);
function expectBishkekTime(value: unknown, began: number): void {
  const offset = 6 * 3_600_000;
  const at = value instanceof Date ? value.getTime() - offset : Number.NaN;
  expect(at).toBeGreaterThanOrEqual(began - 2_000);
  expect(at).toBeLessThanOrEqual(Date.now() + 2_000);
}

/** Which of a story's people a row of the sheet of people tells of. */
function keyOf({ observation }: Story, line: Line): string {
  const found = Object.entries(observation.people).find(
    ([, { role, sex, ageGroup }]) => line.role === role && line.sex === sex && line['age-group'] === ageGroup,
  );
  return found?.[0] ?? `nobody: ${JSON.stringify(line)}`;
}

/** Two exports differ in when they were made, and in nothing else. */
function withoutTimeOfMaking(sheets: readonly ReadSheet[]): readonly ReadSheet[] {
  const item = term('export-readme', 'made-at', 'ru');
  return sheets.map((sheet) => ({ ...sheet, rows: sheet.rows.filter(([first]) => first !== item) }));
}
