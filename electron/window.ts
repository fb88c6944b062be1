import { BrowserWindow, protocol, type Session, session, type WebContents } from 'electron';
import { rendererFile, SAFE_HEADERS } from './renderer-files.ts';
import { type Placement, SMALLEST } from './window-state.ts';

/**
 * The one window and what it may do.
 *
 * It loads only packaged files over `app://`, never leaves that origin, opens no other window, is granted no permission,
 * and reaches no network: every request that is not `app:`, `blob:`, `data:` or `devtools:` is cancelled in its session.
 * Links lead outside, into the person's own browser, and only after a question.
 */
const SCHEME = 'app';
export const APP_ORIGIN = `${SCHEME}://baikoo`;

/** Before the app is ready: later Chromium no longer takes a scheme. A standard scheme has an origin, so IndexedDB. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Putting plain text on the clipboard after a click: where an export went. */
const USED = new Set(['clipboard-sanitized-write']);
const isOurs = (origin: string): boolean => origin === APP_ORIGIN || origin === `${APP_ORIGIN}/`;

/** Once the app is ready, before a window: serves the files below `renderer` and shuts everything else out. */
export function guardSession(renderer: string): void {
  const ours = session.defaultSession;
  ours.protocol.handle(SCHEME, (request) => answer(renderer, request));
  ours.setPermissionRequestHandler((_contents, permission, decide) => decide(USED.has(permission)));
  ours.setPermissionCheckHandler((_contents, permission, origin) => USED.has(permission) && isOurs(origin));
  ours.setDevicePermissionHandler(() => false);
  ours.setSpellCheckerEnabled(false);
  shutNetwork(ours);
}

const LOCAL_SCHEMES = new Set([`${SCHEME}:`, 'blob:', 'data:', 'devtools:']);

function shutNetwork(ours: Session): void {
  ours.webRequest.onBeforeRequest((details, decide) => {
    decide({ cancel: !LOCAL_SCHEMES.has(new URL(details.url).protocol) });
  });
}

async function answer(renderer: string, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const served =
    url.host === 'baikoo' && request.method === 'GET' ? await rendererFile(renderer, url.pathname) : null;
  if (served === null) return new Response(null, { status: 404, headers: SAFE_HEADERS });
  return new Response(served.body, { headers: served.headers });
}

export interface WindowOptions {
  readonly preload: string;
  readonly demo: boolean;
  readonly placement: Placement;
  /** The page is gone: closed, reloaded or crashed. */
  readonly onGone: () => void;
  /** The page wants to lead to an address that is not ours. */
  readonly onOutside: (url: string) => void;
}

export function openWindow({ preload, demo, placement, onGone, onOutside }: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    ...placement.bounds,
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    show: false,
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      // A locked vault is locked by time, which a throttled window would not notice.
      backgroundThrottling: false,
    },
  });
  guardContents(window.webContents, { onGone, onOutside });
  window.once('ready-to-show', () => {
    // Maximising shows a window, so not before there is something to see.
    if (placement.maximized) window.maximize();
    window.show();
  });
  void window.loadURL(`${APP_ORIGIN}/${demo ? '?demo=1' : ''}`);
  return window;
}

/** Nothing leads away from our page and nothing opens another. */
export function guardContents(
  contents: WebContents,
  { onGone, onOutside }: Pick<WindowOptions, 'onGone' | 'onOutside'>,
): void {
  const stay = (event: { preventDefault(): void; readonly url: string }) => {
    if (!event.url.startsWith(`${APP_ORIGIN}/`)) event.preventDefault();
  };
  contents.on('will-navigate', (event) => {
    stay(event);
    if (event.defaultPrevented) onOutside(event.url);
  });
  contents.on('will-redirect', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    onOutside(url);
    return { action: 'deny' };
  });
  // Not `did-start-navigation`, which also tells of those that were just prevented.
  contents.on('did-navigate', onGone);
  contents.on('render-process-gone', onGone);
  contents.on('destroyed', onGone);
}
