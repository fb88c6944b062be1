import { expect } from 'vitest';
import type { Locale } from '@/core/base/locales.ts';
import { OWN_NAMES } from '@/ui/language/own-names.ts';
import type { App } from '../support/app.ts';
import { textOf } from '../support/texts.ts';
import { Keyboard } from './keyboard.ts';

export interface ExportWish {
  readonly columns: 'standard' | 'all';
  /** Besides the interface language, which leads. */
  readonly also: readonly Locale[];
  /** Sensitive fields, real names and confidential observations. */
  readonly everything: boolean;
  /** What the dialog has to say of what it would leave out. */
  readonly says: readonly string[];
}

/** A monitor who never touches the mouse: what she does between one screen and the next. Her eyes are the page's text. */
export class Monitor {
  readonly keys: Keyboard;
  readonly #app: App;
  /** The language of the interface as it is now. */
  locale: Locale;

  constructor(app: App) {
    this.#app = app;
    this.locale = app.locale;
    this.keys = new Keyboard(() => app.page);
  }

  t(key: string, values?: Readonly<Record<string, string | number>>): string {
    return textOf(this.locale, key, values);
  }

  /** A text that counts, in the form that the number asks for. */
  counted(key: string, count: number): string {
    const language = this.locale.split('-')[0] as string;
    const form = new Intl.PluralRules(language).select(count);
    return this.t(`${key}_${form}`, { count });
  }

  sees(text: string | RegExp) {
    return this.#app.page.getByText(text).first().waitFor();
  }

  /** The first run: returns the passphrase that was drawn for her. */
  async firstRun(locale: Locale, name: string): Promise<string> {
    const { keys } = this;
    const { page } = this.#app;
    await keys.chooseRadio(this.t('app.language'), OWN_NAMES[locale]);
    this.locale = locale;
    await keys.write(this.t('vault.name.label'), name);
    await keys.press('Enter');
    await keys.push(this.t('vault.choose.show'));
    const words = page.locator('form [aria-live="polite"]').first();
    await this.sees(this.t('vault.choose.hide'));
    const passphrase = (await words.textContent())?.trim() ?? '';
    expect(passphrase.split(/\s+/)).toHaveLength(6);
    await keys.write(this.t('vault.choose.typeThem'), passphrase);
    await keys.press('Enter');
    const sheet = page.getByRole('list', { name: this.t('vault.words.list') });
    await sheet.waitFor({ timeout: 60_000 });
    const recovery = await sheet.getByRole('listitem').allInnerTexts();
    expect(recovery).toHaveLength(12);
    await keys.push(this.t('vault.words.check'));
    for (let asked = 0; asked < 3; asked++) {
      if (asked > 0) await keys.press('Tab');
      const label = new RegExp(`^${this.t('vault.confirm.word', { number: '(?<at>\\d+)' })}$`);
      const { name: word } = await keys.tabTo(label, 'field');
      await keys.type(recovery[Number(label.exec(word)?.groups?.at) - 1] ?? '');
    }
    await keys.press('Enter');
    await this.#opened();
    return passphrase;
  }

  async unlock(passphrase: string): Promise<void> {
    await this.keys.write(this.t('vault.unlock.passphrase'), passphrase);
    await this.keys.press('Enter');
    await this.#opened();
  }

  /** Only an open vault can be locked. */
  #opened(): Promise<void> {
    return this.#app.page
      .getByRole('button', { name: this.t('app.lock'), exact: true })
      .waitFor({ timeout: 60_000 });
  }

  async speak(locale: Locale): Promise<void> {
    if (locale === this.locale) return;
    const { keys } = this;
    await keys.push(`${this.t('app.language')}: ${OWN_NAMES[this.locale]}`);
    // The menu takes the focus a moment after it shows; arrows pressed before that would be for nothing.
    await this.#app.page.locator('[role="menu"] :focus').waitFor();
    for (let moves = 0; (await keys.focus()).name !== OWN_NAMES[locale]; moves++) {
      if (moves > 12) throw new Error(`The menu does not offer ${OWN_NAMES[locale]}.`);
      await keys.press('ArrowDown');
    }
    await keys.press('Enter');
    this.locale = locale;
    await this.#opened();
  }

  /** Types words into the search and opens the best that is found, which must be the one with that title. */
  async find(query: string, title: string): Promise<void> {
    await this.keys.press('Alt+s');
    await this.keys.typeOver(query);
    const first = this.#app.page.getByRole('row').nth(1);
    await first.filter({ hasText: title }).and(this.#app.page.locator(':not([aria-busy="true"])')).waitFor();
    await this.keys.press('ArrowDown');
    await this.keys.press('Enter');
    await this.#app.page.getByRole('heading', { level: 1, name: title }).waitFor();
  }

  async showAll(count: number): Promise<void> {
    await this.keys.press('Alt+s');
    await this.keys.press('ControlOrMeta+a');
    await this.keys.press('Delete');
    await this.sees(this.counted('observations.found', count));
  }

  /** Exports what the list shows; returns where the file is. */
  async export(wish: ExportWish): Promise<string> {
    const { keys } = this;
    await keys.push(this.t('observations.export'));
    const dialog = this.#app.page.getByRole('dialog', { name: this.t('export.title') });
    await dialog.getByText(this.t('export.leaveOut.label')).waitFor();
    await keys.chooseRadio(this.t('export.columns.label'), this.t(`export.columns.${wish.columns}`));
    for (const locale of wish.also) await keys.tick(OWN_NAMES[locale]);
    for (const line of wish.says) await dialog.getByText(line, { exact: true }).first().waitFor();
    for (const what of ['sensitive', 'names', 'confidential']) {
      const box = dialog.getByRole('checkbox', { name: this.t(`export.leaveOut.${what}`), exact: true });
      expect(await box.isChecked(), `${what} is left out unless ticked`).toBe(false);
      if (wish.everything) await keys.tick(this.t(`export.leaveOut.${what}`));
    }
    await keys.tabTo(this.t('export.name.label'), 'field');
    await keys.press('Enter');
    const path = dialog.getByLabel(this.t('export.done.path'));
    await path.waitFor({ timeout: 60_000 });
    const file = await path.inputValue();
    await keys.push(this.t('kit.close'));
    await dialog.waitFor({ state: 'detached' });
    return file;
  }
}
