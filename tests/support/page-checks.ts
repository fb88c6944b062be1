import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** axe's findings on the page as it stands, one sentence each with where; an empty list is what is wanted. */
export async function axeProblems(page: Page): Promise<string[]> {
  // Evaluated, because the app's own content policy lets no script tag in.
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] }),
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      (node) =>
        `${id}: ${help} at ${node.target.join(' ')} (${node.failureSummary?.split('\n').at(-1)?.trim()})`,
    ),
  );
}

/**
 * Text that is cut off, sticks out of the window, lies upon other text, or breaks in the middle of a word, one sentence
 * each. Regions that scroll by themselves may hold more than they show, and what stays while they scroll lies upon it.
 */
export function layoutProblems(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    // Until its fonts are there a page is laid out with others. One frame asks for them, the next is drawn with them.
    await new Promise(requestAnimationFrame);
    await document.fonts.ready;
    await new Promise(requestAnimationFrame);
    const problems: string[] = [];
    const says = (element: Element): string =>
      (element instanceof HTMLInputElement ? element.value : (element.textContent ?? '')).trim();
    const name = (element: Element) => `<${element.tagName.toLowerCase()}> "${says(element).slice(0, 40)}"`;
    const root = document.documentElement;
    const scrolls = (element: Element) => /auto|scroll/.test(getComputedStyle(element).overflowY);
    /** The nearest region around an element that scrolls downwards: within one, text shares its room. */
    const region = (element: Element): Element | null => {
      let around = element.parentElement;
      while (around !== null && !scrolls(around)) around = around.parentElement;
      return around;
    };
    /** The part of a box that the regions around it let through. */
    const seen = (element: Element, whole: DOMRect): DOMRect => {
      let top = whole.top;
      let bottom = whole.bottom;
      for (let around = element.parentElement; around !== null; around = around.parentElement) {
        if (!scrolls(around)) continue;
        const shown = around.getBoundingClientRect();
        top = Math.max(top, shown.top);
        bottom = Math.min(bottom, shown.bottom);
      }
      return new DOMRect(whole.left, top, whole.width, Math.max(0, bottom - top));
    };
    /** The lines of a text: a text that breaks leaves room beside its last line, and before its first. */
    const lines = (element: Element): DOMRect[] => {
      const range = document.createRange();
      range.selectNodeContents(element);
      return [...range.getClientRects()];
    };
    const meet = (one: DOMRect, two: DOMRect): boolean =>
      Math.min(one.right, two.right) - Math.max(one.left, two.left) > 2 &&
      Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top) > 4;
    /** What is drawn over the rest: dialogs, menus, messages, and what stays in sight while its region scrolls. */
    const above =
      '[role="menu"], [role="dialog"], [role="listbox"], [role="tooltip"], [data-letters-palette], header';
    const layer = (node: Element): Element | null => {
      for (let around: Element | null = node; around !== null; around = around.parentElement) {
        if (around.matches(above)) return around;
        if (/sticky|fixed/.test(getComputedStyle(around).position)) return around;
      }
      return null;
    };
    /** Text for screen readers only stands in a box of one pixel. */
    const unseen = (node: Element): boolean => {
      for (let around: Element | null = node; around !== null; around = around.parentElement) {
        if (around.clientWidth === 1 && getComputedStyle(around).overflowX === 'hidden') return true;
      }
      return false;
    };
    const pen = document.createElement('canvas').getContext('2d');
    /** How much wider the hint in an empty field is than the field. */
    const hintOver = (field: HTMLInputElement, style: CSSStyleDeclaration): number => {
      if (pen === null || field.value !== '' || field.placeholder === '') return 0;
      pen.font = style.font;
      const room =
        field.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
      return pen.measureText(field.placeholder).width - room;
    };
    /** A word of the text whose letters stand on two lines; addresses, codes and hashes are no words, and may. */
    const brokenWord = (text: Text): string | undefined => {
      const range = document.createRange();
      range.selectNodeContents(text);
      if (range.getClientRects().length < 2) return undefined;
      for (const { 0: token, index } of text.data.matchAll(/\S+/g)) {
        if (!/^\P{L}*[\p{L}’-]+\P{L}*$/u.test(token)) continue;
        for (const { 0: word, index: within } of token.matchAll(/\p{L}+/gu)) {
          if (word.length > 40) continue;
          range.setStart(text, index + within);
          range.setEnd(text, index + within + word.length);
          const [first, ...others] = range.getClientRects();
          if (first !== undefined && others.some(({ top }) => top > first.bottom - 2)) return word;
        }
      }
      return undefined;
    };
    if (root.scrollWidth > root.clientWidth) {
      problems.push(`the page is ${root.scrollWidth - root.clientWidth}px wider than the window`);
    }
    const texts: { element: Element; box: DOMRect }[] = [];
    for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      const style = getComputedStyle(element);
      // A skip link waits above the window until it has the focus.
      if (style.position === 'fixed' && element.getBoundingClientRect().bottom <= 0) continue;
      const hides = (overflow: string) => overflow === 'hidden' || overflow === 'clip';
      const wide = hides(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
      // Letters may reach a little over their line.
      const high = hides(style.overflowY) && element.scrollHeight > element.clientHeight + 4;
      // In a line that is typed into, the text follows the caret; a value that was chosen has to be seen as it is.
      const typed = element instanceof HTMLInputElement && !element.readOnly && element.role !== 'combobox';
      // A box of one pixel is text for screen readers only, and `title` says what has no room.
      // What holds no text (the track of a switch) cuts none off.
      const text = says(element) !== '' && element.title === '';
      if ((wide || high) && !typed && element.clientWidth > 1 && text) {
        problems.push(`${name(element)} is cut off`);
      }
      if (element instanceof HTMLInputElement && hintOver(element, style) > 1) {
        problems.push(`the hint "${element.placeholder}" is cut off`);
      }
      const own = [...element.childNodes].filter(
        (node): node is Text => node instanceof Text && node.data.trim() !== '',
      );
      if (own.length === 0) continue;
      const range = document.createRange();
      range.selectNodeContents(element);
      const box = range.getBoundingClientRect();
      if (box.width <= 1 || box.height <= 1) continue;
      const sideways = element.closest('[data-scrolls-sideways]') !== null;
      if (!sideways && (box.right > root.clientWidth + 1 || box.left < -1) && style.position !== 'fixed') {
        if (!unseen(element)) problems.push(`${name(element)} sticks out of the window`);
      }
      for (const text of own) {
        const word = brokenWord(text);
        if (word !== undefined && !unseen(element)) problems.push(`the word "${word}" is broken in two`);
      }
      texts.push({ element, box });
    }
    texts.sort((one, two) => one.box.top - two.box.top);
    for (const [index, { element, box }] of texts.entries()) {
      for (let next = index + 1; next < texts.length; next++) {
        const other = texts[next];
        // Those that follow begin lower still.
        if (other === undefined || other.box.top > box.bottom) break;
        if (!meet(box, other.box)) continue;
        if (element.contains(other.element) || other.element.contains(element)) continue;
        const apart = region(element) !== region(other.element);
        if (apart && !meet(seen(element, box), seen(other.element, other.box))) continue;
        if (layer(element) !== layer(other.element)) continue;
        const others = lines(other.element);
        if (!lines(element).some((line) => others.some((another) => meet(line, another)))) continue;
        if (unseen(element) || unseen(other.element)) continue;
        problems.push(`${name(element)} lies upon ${name(other.element)}`);
      }
    }
    return problems;
  });
}
