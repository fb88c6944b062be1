import { type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron';
import { type Answer, CHANNELS, CodedError, toWire } from '../renderer/core/host/contract.ts';
import type { Dispatch } from './dispatch.ts';
import { APP_ORIGIN } from './window.ts';

/** A channel's name on Electron's wire; the preload uses the same. */
export const IPC_PREFIX = 'host:';

/**
 * Puts every channel of the contract behind Electron's IPC: trusted sender, then the dispatch (shape, claim, queue).
 * A failure crosses as a value, since Electron keeps only an error's message. `trusted` is the one window's content.
 */
export function registerIpc(dispatch: Dispatch, trusted: () => WebContents | null): void {
  for (const channel of CHANNELS) {
    ipcMain.handle(IPC_PREFIX + channel, async (event, ...sent: unknown[]): Promise<Answer> => {
      if (!isTrusted(event, trusted())) {
        return { ok: false, error: toWire(new CodedError('host/refused', 'The sender is not our window.')) };
      }
      const [claim, ...params] = sent;
      return dispatch({ channel, claim, params });
    });
  }
}

/** Our window's main frame while it shows our own page: no subframe, no other window, no page it was lured to. */
function isTrusted(event: IpcMainInvokeEvent, window: WebContents | null): boolean {
  const frame = event.senderFrame;
  return (
    window !== null &&
    event.sender === window &&
    frame !== null &&
    frame.parent === null &&
    originIs(frame.url)
  );
}

function originIs(url: string): boolean {
  try {
    const { protocol, host } = new URL(url);
    return `${protocol}//${host}` === APP_ORIGIN;
  } catch {
    return false;
  }
}
