import { splitRegister } from '../field-names.ts';
import { fieldId, sectionId, sectionOf } from './sections.ts';

const FOCUSABLE = 'input:not([type=hidden]), textarea, select, button, [tabindex="0"]';

/** The controls that a register is edited with, from the exact one to its section's title. */
function find(register: string): HTMLElement | null {
  const { root } = splitRegister(register);
  const section = sectionOf(register);
  const exact = document.getElementById(fieldId(register)) ?? document.getElementById(fieldId(root));
  if (exact === null) return section === undefined ? null : document.getElementById(sectionId(section.code));
  return exact.matches(FOCUSABLE) ? exact : (exact.querySelector<HTMLElement>(FOCUSABLE) ?? exact);
}

/** Moves the focus to a register's control. Its section must be open already. */
export function focusRegister(register: string): void {
  const element = find(register);
  element?.focus({ preventScroll: true });
  element?.scrollIntoView({ block: 'center' });
}

/** The register whose control has the focus, if it has one. */
export function focusedRegister(): string | null {
  const prefix = fieldId('');
  for (let element = document.activeElement; element !== null; element = element.parentElement) {
    if (element.id.startsWith(prefix)) return element.id.slice(prefix.length);
  }
  return null;
}
