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
 * Text that is cut off, sticks out of the window, or lies upon other text, one sentence each. Regions that scroll
 * by themselves may hold more than they show, and what stays while they scroll lies upon it.
 */
export function layoutProblems(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const problems: string[] = [];
    const name = (element: Element) =>
      `<${element.tagName.toLowerCase()}> "${(element.textContent ?? '').trim().slice(0, 40)}"`;
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
    /** What is drawn over the rest: dialogs, menus, and what stays in sight while its region scrolls. */
    const above = '[role="menu"], [role="dialog"], [role="listbox"], [data-letters-palette], header';
    const layer = (node: Element): Element | null => {
      for (let around: Element | null = node; around !== null; around = around.parentElement) {
        if (around.matches(above)) return around;
        if (getComputedStyle(around).position === 'sticky') return around;
      }
      return null;
    };
    if (root.scrollWidth > root.clientWidth) {
      problems.push(`the page is ${root.scrollWidth - root.clientWidth}px wider than the window`);
    }
    const inline = (element: Element) => getComputedStyle(element).display === 'inline';
    const texts: { element: Element; box: DOMRect }[] = [];
    for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
      const style = getComputedStyle(element);
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      // A skip link waits above the window until it has the focus.
      if (style.position === 'fixed' && element.getBoundingClientRect().bottom <= 0) continue;
      const hides = style.overflowX === 'hidden' || style.overflowX === 'clip';
      // A box of one pixel is text for screen readers only.
      const says = (element.textContent ?? '').trim() !== '';
      if (says && hides && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1) {
        if (style.textOverflow !== 'ellipsis' || element.title === '')
          problems.push(`${name(element)} is cut off`);
      }
      const hasText = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '',
      );
      if (!hasText) continue;
      const range = document.createRange();
      range.selectNodeContents(element);
      const box = range.getBoundingClientRect();
      if (box.width <= 1 || box.height <= 1) continue;
      const sideways = element.closest('[data-scrolls-sideways]') !== null;
      if (!sideways && (box.right > root.clientWidth + 1 || box.left < -1) && style.position !== 'fixed') {
        problems.push(`${name(element)} sticks out of the window`);
      }
      texts.push({ element, box });
    }
    for (const [index, { element, box }] of texts.entries()) {
      for (const other of texts.slice(index + 1)) {
        if (element.contains(other.element) || other.element.contains(element)) continue;
        // Stretches of one paragraph flow around each other, and the box of one that wraps holds the next.
        if (element.parentElement === other.element.parentElement && inline(element) && inline(other.element))
          continue;
        if (Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left) <= 2) continue;
        if (Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top) <= 4) continue;
        const apart = region(element) !== region(other.element);
        const one = apart ? seen(element, box) : box;
        const two = apart ? seen(other.element, other.box) : other.box;
        const width = Math.min(one.right, two.right) - Math.max(one.left, two.left);
        const height = Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top);
        if (width <= 2 || height <= 4) continue;
        if (layer(element) !== layer(other.element)) continue;
        problems.push(`${name(element)} lies upon ${name(other.element)}`);
      }
    }
    return problems;
  });
}
