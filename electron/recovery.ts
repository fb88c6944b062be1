import { type BrowserWindow, dialog, type MessageBoxOptions, type WebContents } from 'electron';
import type { Say } from './words.ts';

/**
 * When the window's page is gone (a crash, no memory left) or does not answer, the person is asked, in a dialog of the
 * system: nothing is opened behind her back, and nothing is written anywhere about it. What was being typed is on the disk
 * as a sealed draft since the last pause, and the page that opens again asks for the passphrase.
 */
const MOST_TIMES = 3;
const WITHIN_MINUTES = 10;

export interface RecoveryParts {
  readonly say: Say;
  readonly window: BrowserWindow;
  /** Milliseconds that never go back. */
  readonly now: () => number;
  readonly quit: () => void;
}

export function watchPage({ say, window, now, quit }: RecoveryParts): void {
  const contents: WebContents = window.webContents;
  const reopened: number[] = [];
  let asking = false;
  /** We ended a page that did not answer. */
  let ended = false;

  const ask = async (options: MessageBoxOptions, signal?: AbortSignal): Promise<number> => {
    asking = true;
    try {
      const asked = { ...options, noLink: true, ...(signal && { signal }) };
      return (await dialog.showMessageBox(window, asked)).response;
    } finally {
      asking = false;
    }
  };

  const reopen = () => {
    reopened.push(now());
    contents.reload();
  };

  const askGone = async () => {
    const lately = reopened.filter((at) => now() - at < WITHIN_MINUTES * 60_000).length;
    if (lately >= MOST_TIMES) {
      await ask({
        type: 'error',
        message: say('shell.crash.often'),
        detail: say('shell.crash.oftenSays'),
        buttons: [say('shell.menu.quit')],
      });
      return quit();
    }
    const answer = await ask({
      type: 'warning',
      message: say('shell.crash.gone'),
      detail: say('shell.crash.says'),
      buttons: [say('shell.crash.reopen'), say('shell.menu.quit')],
      cancelId: 0,
    });
    return answer === 0 ? reopen() : quit();
  };

  contents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    if (!ended) return void askGone().catch(quit);
    ended = false;
    reopen();
  });

  window.on('unresponsive', () => {
    if (asking) return;
    // A page that answers again, or is gone altogether, closes the question by itself.
    const moot = new AbortController();
    window.once('responsive', () => moot.abort());
    contents.once('render-process-gone', () => moot.abort());
    ask(
      {
        type: 'question',
        message: say('shell.crash.hung'),
        detail: say('shell.crash.hungSays'),
        buttons: [say('shell.crash.wait'), say('shell.crash.reopen')],
        defaultId: 0,
        cancelId: 0,
      },
      moot.signal,
    )
      .then((answer) => {
        if (answer !== 1 || moot.signal.aborted) return;
        ended = true;
        contents.forcefullyCrashRenderer();
      })
      .catch(() => undefined);
  });
}
