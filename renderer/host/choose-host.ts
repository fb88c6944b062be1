import { CodedError } from '@/core/base/coded-error.ts';
import type { Host } from '@/core/host/contract.ts';
import { electronHost } from './electron-host.ts';
import { pageHost } from './page-host.ts';

const TOKEN = 'token';

/**
 * The host of this window: Electron's bridge where there is one, else the loopback door. Page mode's token comes in
 * the fragment; it is taken out of the address (and so out of the history) and kept for reloads of this tab.
 *
 * Errors: `host/no-token` when the page was opened by hand, without the address that the program printed.
 */
export function chooseHost(window: Window): Host {
  if (window.host) return electronHost(window.host);
  const { location, history, sessionStorage } = window;
  const given = new URLSearchParams(location.hash.slice(1)).get(TOKEN);
  if (given !== null) {
    sessionStorage.setItem(TOKEN, given);
    history.replaceState(null, '', location.pathname + location.search);
  }
  const token = sessionStorage.getItem(TOKEN);
  if (token === null)
    throw new CodedError('host/no-token', 'The address does not carry the token of this run.');
  return pageHost(window, token);
}

/** True when the program was started with `--demo`. */
export function wantsDemo(window: Window): boolean {
  return new URLSearchParams(window.location.search).has('demo');
}
