import type { Page } from 'playwright-core';

/**
 * A person at the keyboard: no pointer, no filling in by script. What has the focus is known by the name a screen
 * reader would say, so a control without a name, or one that Tab does not reach, is not found.
 */

/** More stops than any screen has; who has pressed Tab that often is going in circles. */
const MOST_STOPS = 500;
const MOST_OPTIONS = 90;
const PATIENCE = 15_000;

/** What has the focus. */
export interface Focus {
  readonly tag: string;
  readonly role: string;
  /** What the control is called. */
  readonly name: string;
  /** What the group around it is called: the question of a radio button. */
  readonly group: string;
  readonly value: string;
}

function describeFocus(): Focus {
  const says = (element: Element | null): string => {
    if (element === null) return '';
    const copy = element.cloneNode(true) as Element;
    for (const hidden of copy.querySelectorAll('[aria-hidden="true"]')) hidden.remove();
    return (copy.textContent ?? '').replace(/\s+/g, ' ').trim();
  };
  const called = (element: Element): string => {
    const byId = element.getAttribute('aria-labelledby');
    if (byId !== null)
      return byId
        .split(' ')
        .map((id) => says(document.getElementById(id)))
        .join(' ')
        .trim();
    const label = element.getAttribute('aria-label');
    if (label !== null) return label;
    const { labels } = element as HTMLInputElement;
    return labels !== null && labels !== undefined && labels.length > 0
      ? says(labels[0] ?? null)
      : says(element);
  };
  const at = document.activeElement ?? document.body;
  const group = at.parentElement?.closest('[role="radiogroup"], [role="group"], fieldset') ?? null;
  const legend = group?.querySelector(':scope > legend') ?? null;
  const fieldset = group?.getAttribute('role') === 'radiogroup' ? group.closest('fieldset') : null;
  return {
    tag: at.tagName.toLowerCase(),
    role: at.getAttribute('role') ?? (at as HTMLInputElement).type ?? '',
    name: at === document.body ? '' : called(at),
    group:
      group === null
        ? ''
        : legend !== null
          ? says(legend)
          : group.hasAttribute('aria-labelledby') || group.hasAttribute('aria-label')
            ? called(group)
            : says(fieldset?.querySelector(':scope > legend') ?? null),
    value: (at as HTMLInputElement).value ?? '',
  };
}

/** A section's button may be called as the field below it is. */
type Sort = 'any' | 'field' | 'button';
const SORTS: Readonly<Record<Sort, RegExp>> = {
  any: /./,
  field: /^(input|textarea)$/,
  button: /^(button|a)$/,
};

export class Keyboard {
  readonly #page: () => Page;

  /** `page` is asked for anew each time, since a restart brings another one. */
  constructor(page: () => Page) {
    this.#page = page;
  }

  focus(): Promise<Focus> {
    return this.#page().evaluate(describeFocus);
  }

  async press(key: string, times = 1): Promise<void> {
    for (let i = 0; i < times; i++) await this.#page().keyboard.press(key);
  }

  /** Long texts at once, as a keyboard with an input method gives them. */
  async type(text: string): Promise<void> {
    await this.#page().keyboard.insertText(text);
  }

  /** The same in place of what stands there. */
  async typeOver(text: string): Promise<void> {
    await this.press('ControlOrMeta+a');
    await this.type(text);
  }

  /**
   * Presses Tab until the control with that name (or, for radio buttons, the group with that name) has the focus.
   * Starts with what has it. Throws with the way it went when there is none.
   */
  async tabTo(name: string | RegExp, sort: Sort = 'any', key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<Focus> {
    const is = (text: string) => (typeof name === 'string' ? text === name : name.test(text));
    const way: string[] = [];
    for (let stop = 0; stop < MOST_STOPS; stop++) {
      const focus = await this.focus();
      const called = is(focus.name) || (focus.role === 'radio' && is(focus.group));
      if (called && SORTS[sort].test(focus.tag)) return focus;
      way.push(focus.name === '' ? `<${focus.tag}>` : focus.name);
      await this.press(key);
    }
    throw new Error(`Tab never came to "${name}". It went: ${way.slice(0, 120).join(' | ')}`);
  }

  /** Goes to a text field and writes into it, over what was there. */
  async write(name: string | RegExp, text: string): Promise<void> {
    await this.tabTo(name, 'field');
    await this.typeOver(text);
  }

  /** Goes to a button and presses it. */
  async push(name: string | RegExp): Promise<void> {
    await this.tabTo(name, 'button');
    await this.press('Enter');
  }

  /** In a list that the focused field opens: types, walks to the option that `wanted` accepts, takes it. */
  async pick(text: string, wanted: (option: string) => boolean): Promise<void> {
    await this.typeOver(text);
    const until = Date.now() + PATIENCE;
    const seen = new Set<string>();
    for (let moves = 0; moves < MOST_OPTIONS; ) {
      const marked = await this.#page().evaluate(() => {
        const list = document.getElementById(document.activeElement?.getAttribute('aria-controls') ?? '');
        const option = list?.querySelector('[role="option"][data-combobox-selected]') ?? null;
        // biome-ignore lint/performance/useDomNodeTextContent: the lines of an option are told apart as they are seen.
        return option === null ? null : (option as HTMLElement).innerText.trim();
      });
      if (marked !== null && wanted(marked)) return this.press('Enter');
      if (marked === null || !seen.has(marked)) {
        if (marked !== null) seen.add(marked);
        if (Date.now() > until) break;
        // The list may still be on its way: what is marked now can be replaced by what was asked for.
        await this.#page().waitForTimeout(30);
        if (marked === null) continue;
      }
      await this.press('ArrowDown');
      moves++;
    }
    throw new Error(`Typing "${text}" offers no such option, only: ${[...seen].join(' | ')}`);
  }

  /** Goes to a list of options and chooses the one with exactly that label. */
  async choose(name: string | RegExp, label: string): Promise<void> {
    const { value } = await this.tabTo(name, 'field');
    if (value !== label) await this.pick(label, (option) => option.split('\n')[0] === label);
  }

  /** Goes to a group of radio buttons and chooses the one with that name by the arrows. */
  async chooseRadio(group: string, name: string): Promise<void> {
    await this.tabTo(group);
    await this.press('Space');
    for (let moves = 0; (await this.focus()).name !== name; moves++) {
      if (moves > 12) throw new Error(`"${group}" has no choice "${name}".`);
      await this.press('ArrowDown');
    }
  }

  /** Goes to a check box and ticks it. */
  async tick(name: string): Promise<void> {
    await this.tabTo(name);
    await this.press('Space');
  }
}
