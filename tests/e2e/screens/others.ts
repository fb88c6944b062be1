import { KIDNAPPING } from './filled.ts';
import type { Screen } from './walk.ts';

/** The recommendations, the settings, and what is left. */
export const OTHERS: readonly Screen[] = [
  {
    name: 'the recommendations',
    async open(walk) {
      await walk.go('#/catalogue');
      await walk.page.getByRole('tree').waitFor();
    },
  },
  {
    name: 'the recommendations: found words marked',
    async open(walk) {
      await walk.field('catalogue.search').fill('убежище');
      await walk.page.locator('[role="tree"] mark').first().waitFor();
    },
  },
  {
    name: 'the recommendations: an area with its measures and observations',
    async open(walk) {
      await walk.go('#/catalogue/KGZ-2020-D1.2');
      await walk.page.getByRole('article').waitFor();
      await walk.page.getByText(KIDNAPPING).first().waitFor();
    },
  },
  {
    name: 'the recommendations: a translation being improved',
    async open(walk) {
      await walk.page.getByRole('article').getByRole('button', { name: /D1\.2/ }).first().click();
      await walk.page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'the recommendations: no such measure',
    async open(walk) {
      await walk.go('#/catalogue/KGZ-2020-Z9');
      await walk.sees(walk.t('catalogue.unknownSays'));
    },
  },
  {
    name: 'the conflicts: versions shown',
    async open(walk) {
      await walk.go('#/conflicts');
      await walk.page.getByRole('main').getByText(walk.t('conflicts.show')).first().click();
    },
  },
  {
    name: 'the exchange, without a team',
    async open(walk) {
      await walk.go('#/exchange');
      await walk.sees(walk.t('team.none.three'));
    },
  },
  {
    name: 'the team: being begun',
    async open(walk) {
      await walk.go('#/team');
      await walk.button('team.none.begin').click();
    },
  },
  {
    name: 'the settings',
    async open(walk) {
      await walk.go('#/settings');
      for (const key of ['settings.security.change', 'settings.security.renew'])
        await walk.button(key).click();
      await walk.page.getByText(walk.t('settings.about.libraries')).click();
    },
  },
  {
    name: 'the languages to choose from',
    open: (walk) => walk.go('#/settings'),
    async again(walk) {
      const { page } = walk;
      const name = new RegExp(`^${walk.t('app.language')}`);
      const button = page.getByRole('button', { name }).filter({ visible: true }).first();
      // Where the window is narrow, it is in the menu of the next screen.
      if ((await page.getByRole('menu').count()) > 0 || !(await button.isVisible())) return;
      await button.click();
      await page.getByRole('menuitemradio').first().waitFor();
    },
  },
  {
    name: 'the menu, where the window is narrow',
    open: (walk) => walk.go('#/catalogue'),
    async again(walk) {
      const menu = walk.button('app.nav.open');
      if (await menu.isVisible()) await menu.click();
    },
  },
  {
    name: 'an address that leads nowhere',
    async open(walk) {
      await walk.go('#/nothing');
      await walk.sees(walk.t('app.notFound.title'));
    },
  },
  {
    name: 'another tab on the same vault',
    async open(walk) {
      walk.turnTo(await walk.app.openTab());
      await walk.sees(walk.t('errors.host.busy.says'));
      await walk.button('kit.retry').click();
      await walk.sees(walk.t('vault.trouble.stillBusy'));
    },
  },
];
