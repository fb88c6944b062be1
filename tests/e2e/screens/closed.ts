import { appendFile, copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PASSPHRASE } from '../../support/app.ts';
import type { Screen } from './walk.ts';

/** Before there is a vault, and in an empty one; in this order. */
export const FRESH: readonly Screen[] = [
  {
    name: 'first run: welcome, the name missing',
    async open(walk) {
      await walk.button('vault.first.next').click();
      await walk.sees(walk.t('vault.name.missing'));
    },
  },
  {
    name: 'first run: six drawn words',
    async open(walk) {
      await walk.field('vault.name.label').fill('Айгүл');
      await walk.button('vault.first.next').click();
      await walk.button('vault.choose.show').click();
    },
  },
  {
    name: 'first run: a passphrase of one’s own, too short',
    async open(walk) {
      await walk.page.getByRole('radio', { name: walk.t('vault.choose.own') }).check();
      await walk.field('vault.choose.passphrase').fill('123456');
      await walk.button('vault.first.create').click();
      await walk.page
        .getByText(walk.t('vault.choose.short', { least: 10 }))
        .first()
        .waitFor();
    },
  },
  {
    name: 'first run: recovery words',
    async open(walk) {
      await walk.field('vault.choose.passphrase').fill(PASSPHRASE);
      await walk.field('vault.choose.again').fill(PASSPHRASE);
      await walk.button('vault.first.create').click();
      await walk.page.getByRole('list', { name: walk.t('vault.words.list') }).waitFor();
    },
  },
  {
    name: 'first run: words that do not agree with the sheet',
    async open(walk) {
      await walk.button('vault.words.check').click();
      await walk.button('vault.confirm.submit').click();
      await walk.sees(walk.t('vault.confirm.wrongWord'));
    },
  },
  {
    name: 'the recommendations, the recovery words not confirmed',
    async open(walk) {
      await walk.button('vault.words.later').click();
      await walk.page.getByRole('tree').waitFor();
      await walk.sees(walk.t('vault.reminder.title'));
    },
  },
  {
    name: 'no observations yet',
    async open(walk) {
      await walk.go('#/observations');
      await walk.sees(walk.t('observations.empty.none'));
    },
  },
  {
    name: 'no drafts',
    async open(walk) {
      await walk.go('#/drafts');
      await walk.sees(walk.t('drafts.empty'));
    },
  },
];

/** Where the filled vault's header waits until the walk brings it back. */
export const SET_ASIDE = 'header.aside';

/** A vault that is not open, at first for a reason that somebody can mend; in this order. */
export const LOCKED: readonly Screen[] = [
  {
    name: 'a folder with a file in it that is no vault',
    open: (walk) => walk.sees(walk.t('errors.vault.foreign.says')),
  },
  {
    name: 'locked',
    async open(walk) {
      await copyFile(join(walk.app.home, SET_ASIDE), join(walk.app.home, 'header.bkv'));
      await walk.button('kit.retry').click();
      await walk.field('vault.unlock.passphrase').waitFor();
    },
  },
  {
    name: 'locked: a wrong passphrase',
    async open(walk) {
      await walk.field('vault.unlock.passphrase').fill('not the passphrase');
      await walk.button('vault.unlock.submit').click();
      await walk.sees(walk.t('errors.vault.wrong-passphrase.says'));
    },
  },
  {
    name: 'locked: recovery words that are on no list',
    async open(walk) {
      await walk.button('vault.unlock.recover').click();
      await walk.field('vault.recover.words').fill('раз два три');
      await walk.button('vault.unlock.submit').click();
      await walk.page.locator('textarea[aria-invalid="true"]').waitFor();
    },
  },
  {
    name: 'quick wipe',
    async open(walk) {
      await walk.button('vault.recover.back').click();
      await walk.page.keyboard.press('Control+Shift+X');
      await walk.page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'notices after unlocking',
    async open(walk) {
      await walk.page.keyboard.press('Escape');
      await appendFile(join(walk.app.home, 'journal.bkj'), Buffer.alloc(40, 7));
      await walk.unlock();
      await walk.sees(walk.t('notices.journal.torn.todo'));
      await walk.sees(walk.t('notices.cache.rebuilt.says'));
    },
  },
];
