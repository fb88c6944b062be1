import type { BrowserContext, Page } from 'playwright-core';
import { ClosedEmitter, preventable, refuseUnknown, refusing } from './refusing.ts';
import { WebContents } from './web-contents.ts';

const EVENTS = [
  'ready-to-show',
  'closed',
  'close',
  'show',
  'focus',
  'resize',
  'move',
  'maximize',
  'unmaximize',
  'unresponsive',
  'responsive',
  'session-end',
] as const;
const OPTIONS = [
  'x',
  'y',
  'width',
  'height',
  'minWidth',
  'minHeight',
  'show',
  'title',
  'icon',
  'backgroundColor',
  'autoHideMenuBar',
  'webPreferences',
];

/** What the stand-in's windows are, whatever is asked for: another wish is an error. */
const PREFERENCES: Readonly<Record<string, unknown>> = {
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
  backgroundThrottling: false,
};

export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface WindowOptions extends Partial<Bounds> {
  readonly webPreferences?: Record<string, unknown>;
}

/** Where windows get their pages from, and whom they tell that they are gone. */
export interface Shelf {
  /** What a maximised window fills, and where one that is given no place is centred. */
  readonly display: Bounds;
  context(): BrowserContext;
  /** A blank page. */
  page(): Promise<Page>;
  onClosed(window: BrowserWindow): void;
}

let shelf: Shelf | null = null;
export const setShelf = (next: Shelf): void => {
  shelf = next;
};
export const openWindows: BrowserWindow[] = [];

/** `BrowserWindow`: a page of the browser, with bounds that Chromium really takes. */
export class BrowserWindow {
  readonly #events = new ClosedEmitter('BrowserWindow', EVENTS);
  readonly #contents: WebContents;
  readonly #adopted: Promise<Page>;
  #bounds: Bounds;
  #maximized = false;
  #minimized = false;
  #visible = false;
  #destroyed = false;

  static getAllWindows(): BrowserWindow[] {
    return openWindows.map((window) => window.handle);
  }

  static getFocusedWindow(): BrowserWindow | null {
    return openWindows[0]?.handle ?? null;
  }

  /** The window as the app gets it: refuses what is not modelled. */
  readonly handle: BrowserWindow = refusing('BrowserWindow', this as BrowserWindow);

  constructor(options: WindowOptions) {
    if (shelf === null) throw new Error('Cannot create BrowserWindow before app is ready');
    const given = shelf;
    refuseUnknown('BrowserWindow option', options, OPTIONS);
    const { preload, ...preferences } = options.webPreferences ?? {};
    for (const [name, value] of Object.entries(preferences)) {
      if (!(name in PREFERENCES) || PREFERENCES[name] !== value) {
        throw new Error(`The stand-in does not model webPreferences.${name} = ${String(value)}.`);
      }
    }
    for (const name of ['contextIsolation', 'sandbox']) {
      if (preferences[name] !== true)
        throw new Error(`The stand-in models ${name} only when it is asked for.`);
    }
    const { width = 800, height = 600 } = options;
    const { display } = given;
    this.#bounds = {
      x: options.x ?? display.x + Math.round((display.width - width) / 2),
      y: options.y ?? display.y + Math.round((display.height - height) / 2),
      width,
      height,
    };
    this.#contents = new WebContents(preload as string, () => given.page());
    openWindows.push(this);
    this.#adopted = this.#adopt(given);
    // A failure shows where the page is first asked for something.
    this.#adopted.catch(() => {});
    // biome-ignore lint/correctness/noConstructorReturn: `new BrowserWindow` must give the refusing window.
    return this.handle;
  }

  async #adopt(given: Shelf): Promise<Page> {
    const page = await given.page();
    await this.#contents.adopt(page);
    await this.#resize();
    this.#contents.events.on('destroyed', () => this.#closed(given));
    return page;
  }

  #closed(given: Shelf): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    openWindows.splice(openWindows.indexOf(this), 1);
    this.#events.emit('closed');
    given.onClosed(this);
  }

  async #resize(): Promise<void> {
    const { page } = this.#contents;
    const session = await page.context().newCDPSession(page);
    const { windowId } = await session.send('Browser.getWindowForTarget');
    const { x, y, width, height } = this.getBounds();
    await session.send('Browser.setWindowBounds', { windowId, bounds: { left: x, top: y, width, height } });
    await session.detach();
  }

  get webContents() {
    return this.#contents.handle;
  }

  on(name: (typeof EVENTS)[number], call: () => void): this {
    this.#events.on(name, call);
    return this.handle as this;
  }

  once(name: (typeof EVENTS)[number], call: () => void): this {
    this.#events.once(name, call);
    return this.handle as this;
  }

  emit(name: (typeof EVENTS)[number]): void {
    this.#events.emit(name, {});
  }

  async loadURL(url: string): Promise<void> {
    await this.#adopted;
    await this.#contents.load(url);
    this.#events.emit('ready-to-show');
  }

  /** As a person closes it: the app may refuse. Resolves with whether it is closed. */
  async closeForQuit(): Promise<boolean> {
    const event = preventable('event', {});
    this.#events.emit('close', event);
    if (event.defaultPrevented) return false;
    await this.#adopted.catch(() => {});
    await this.#contents.page.close();
    if (shelf !== null) this.#closed(shelf);
    return true;
  }

  close(): void {
    void this.closeForQuit();
  }

  show(): void {
    this.#visible = true;
    this.#events.emit('show');
  }

  focus(): void {
    this.#events.emit('focus');
  }

  isVisible(): boolean {
    return this.#visible;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  isMinimized(): boolean {
    return this.#minimized;
  }

  minimize(): void {
    this.#minimized = true;
  }

  restore(): void {
    this.#minimized = false;
  }

  isMaximized(): boolean {
    return this.#maximized;
  }

  /** Shows the window as well, as Electron's does. */
  maximize(): void {
    this.#visible = true;
    this.#maximized = true;
    this.#moved();
    this.#events.emit('maximize');
  }

  unmaximize(): void {
    this.#maximized = false;
    this.#moved();
    this.#events.emit('unmaximize');
  }

  #moved(): void {
    void this.#adopted.then(() => this.#resize()).catch(() => {});
    this.#events.emit('resize');
    this.#events.emit('move');
  }

  getNormalBounds(): Bounds {
    return { ...this.#bounds };
  }

  getBounds(): Bounds {
    return { ...(this.#maximized && shelf !== null ? shelf.display : this.#bounds) };
  }

  setBounds(bounds: Partial<Bounds>): void {
    this.#bounds = { ...this.#bounds, ...bounds };
    this.#moved();
  }
}
