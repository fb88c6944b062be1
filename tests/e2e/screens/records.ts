import { EVICTION, KIDNAPPING, SCHOOL } from './filled.ts';
import type { Screen, Walk } from './walk.ts';

/** One observation: its page, its form, its draft. */
export const RECORDS: readonly Screen[] = [
  {
    name: 'an observation: the story with most answers',
    async open(walk) {
      await walk.openRecord(KIDNAPPING);
    },
  },
  {
    name: 'an observation: its history',
    async open(walk) {
      await walk.page.keyboard.press('Alt+h');
      await walk.page.getByRole('dialog').getByRole('list').first().waitFor();
    },
  },
  { name: 'an observation: a story with a table', open: (walk) => walk.openRecord(SCHOOL) },
  {
    name: 'an observation: versions to choose from',
    async open(walk) {
      await walk.openRecord('Двое записали разное');
      await walk.sees(walk.t('observation.conflict.title'));
    },
  },
  {
    name: 'an observation: just deleted',
    async open(walk) {
      await walk.openRecord('Наблюдение без подробностей 7');
      await walk.button('observation.view.delete').click();
      await walk.sees(walk.t('observation.view.deleted'));
    },
  },
  {
    name: 'the form: empty',
    async open(walk) {
      await walk.go('#/observations/new');
      await walk.page.getByRole('heading', { level: 1, name: walk.t('observation.form.new') }).waitFor();
    },
  },
  {
    name: 'the form: refused, with remarks',
    async open(walk) {
      await walk.page.keyboard.press('Control+s');
      await walk.page.locator('[data-level="error"]').first().waitFor();
    },
  },
  ...[
    ['bride kidnapping', KIDNAPPING],
    ['forced eviction', EVICTION],
    ['Uzbek-language schooling', SCHOOL],
  ].map(([theme, title = '']) => ({
    name: `the form: every section, the questions of ${theme}`,
    open: (walk: Walk) => walk.openForm(title),
  })),
  {
    name: 'the form: letters for a Russian keyboard, explained',
    async open(walk) {
      const { page } = walk;
      await walk.go('#/observations/new');
      await walk.field('observation.fields.title').focus();
      await page.locator('[data-letters-opener]').first().click();
    },
    async again({ page }) {
      const help = page.locator('[data-letters-palette] [aria-controls]');
      if ((await help.getAttribute('aria-expanded')) !== 'true') await help.click();
      await page.locator('[data-letters-palette] [aria-controls][aria-expanded="true"]').waitFor();
    },
  },
  {
    name: 'the form: a draft',
    async open(walk) {
      await walk.go('#/drafts');
      await walk.page
        .getByRole('link', { name: /Начато и не сохранено/ })
        .first()
        .click();
      await walk.page.locator('[data-banner="draft"]').waitFor();
    },
  },
  {
    name: 'the drafts',
    async open(walk) {
      await walk.go('#/drafts');
      await walk.page.getByText('Начато и не сохранено').first().waitFor();
    },
  },
];
