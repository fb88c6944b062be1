import { type BrowserWindow, dialog, shell } from 'electron';
import type { Say } from './words.ts';

/** What a browser or a mail program may be asked to open. `file:` and any program's own scheme are not among them. */
const SCHEMES = new Set(['https:', 'http:', 'mailto:']);
const LONGEST_SHOWN = 400;

/** The address as the browser would get it (a host in Punycode, so that look-alikes show), or null. */
export function outsideAddress(url: string): string | null {
  try {
    const parsed = new URL(url);
    if (!SCHEMES.has(parsed.protocol) || parsed.username !== '' || parsed.password !== '') return null;
    return parsed.href;
  } catch {
    return null;
  }
}

/**
 * Opens addresses in the person's browser, each after a question that shows where it leads. One question at a time:
 * a page that was taken over cannot bury its person in dialogs.
 */
export function createOutside(say: Say, window: () => BrowserWindow | null): (url: string) => void {
  let asking = false;
  return (url) => {
    const address = outsideAddress(url);
    const parent = window();
    if (asking || address === null || parent === null) return;
    asking = true;
    dialog
      .showMessageBox(parent, {
        type: 'question',
        message: say('shell.outside.title'),
        detail: `${address.slice(0, LONGEST_SHOWN)}\n\n${say('shell.outside.says')}`,
        buttons: [say('shell.outside.open'), say('shell.outside.stay')],
        defaultId: 1,
        cancelId: 1,
        noLink: true,
      })
      .then(({ response }) => (response === 0 ? shell.openExternal(address) : undefined))
      .catch(() => undefined)
      .finally(() => {
        asking = false;
      });
  };
}
