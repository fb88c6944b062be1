import type { Screen } from './walk.ts';

/** The list of observations, what is done with it, and the export. */
export const LIST: readonly Screen[] = [
  {
    name: 'the list',
    async open(walk) {
      const notices = walk.page.getByRole('region', { name: walk.t('app.notices') });
      while (await notices.isVisible()) await notices.getByRole('button').first().click();
      await walk.list();
    },
  },
  {
    name: 'the list: found words marked',
    async open(walk) {
      await walk.list();
      await walk.field('app.search.label').fill('мегафон');
      await walk.page.locator('mark').first().waitFor();
    },
  },
  {
    name: 'the list: nothing found, with filters',
    async open(walk) {
      await walk.button('observations.views.title').click();
      await walk.page
        .getByRole('button', { name: /Кража невест/ })
        .first()
        .click();
      await walk.field('app.search.label').fill('такогословаздесьнет');
      await walk.sees(walk.t('observations.empty.loosen'));
    },
  },
  {
    name: 'the list: filters open',
    async open(walk) {
      await walk.field('app.search.label').fill('');
      await walk.page.getByRole('row').nth(1).waitFor();
      await walk.page
        .getByRole('button', { name: /^Фильтры/ })
        .first()
        .click();
      await walk.button('observations.filters.close').waitFor();
    },
  },
  {
    name: 'the list: some chosen',
    async open(walk) {
      await walk.button('observations.filters.close').click();
      await walk.button('observations.chips.clear').click();
      await walk.page.getByRole('row').nth(5).waitFor();
      await walk.page.getByRole('grid').focus();
      await walk.page.keyboard.press('Control+A');
      await walk.page.locator('[role="row"][aria-selected="true"]').first().waitFor();
    },
  },
  {
    name: 'the list: a status for some',
    open: async (walk) => walk.button('observations.bulk.status').waitFor(),
    async again(walk) {
      if (await walk.page.getByRole('menu').isVisible()) return;
      await walk.button('observations.bulk.status').click();
      await walk.page.getByRole('menuitem').first().waitFor();
    },
  },
  {
    name: 'the list: a tag for some',
    async open(walk) {
      await walk.page.keyboard.press('Escape');
      await walk.button('observations.bulk.tags').click();
      await walk.button('observations.bulk.addTag').waitFor();
    },
  },
  {
    name: 'the list: saved views',
    async open(walk) {
      await walk.page.keyboard.press('Escape');
      await walk.button('observations.bulk.clear').click();
      await walk.button('observations.views.title').click();
      await walk.page
        .getByRole('button', { name: /Кража невест/ })
        .first()
        .waitFor();
    },
  },
  {
    name: 'export: choices',
    async open(walk) {
      await walk.list();
      await walk.button('observations.export').click();
      await walk.page.getByText(walk.t('export.columns.own')).click();
      await walk.page.getByRole('dialog').getByRole('listitem').first().waitFor();
    },
  },
  {
    name: 'export: the file is there',
    async open(walk) {
      await walk.button('export.start').click();
      await walk.field('export.done.path').waitFor();
    },
  },
];
