import { readFileSync } from 'node:fs';
import type { CDPSession, Page } from 'playwright-core';
import { fromChromium, toChromium } from './addresses.ts';
import { deliver } from './ipc-main.ts';
import { ClosedEmitter, preventable, refusing } from './refusing.ts';
import { pack, unpack } from './wire.ts';

const EVENTS = [
  'will-navigate',
  'will-frame-navigate',
  'will-redirect',
  'will-attach-webview',
  'did-start-navigation',
  'did-navigate',
  'did-finish-load',
  'render-process-gone',
  'destroyed',
  'context-menu',
  'before-input-event',
] as const;

/** The isolated world that Electron keeps for preload scripts; ours has its name. */
export const PRELOAD_WORLD = 'Electron Isolated Context';
const BINDING = 'standInSend';

interface Frame {
  url: string;
  readonly parent: string | null;
}

type OpenHandler = (details: { url: string; frameName: string; features: string }) => { action: string };

const worldScript = (name: string): string =>
  readFileSync(new URL(`worlds/${name}.js`, import.meta.url), 'utf8');

/** What Electron gives a handler as `event.senderFrame`. */
export interface SenderFrame {
  readonly url: string;
  readonly parent: SenderFrame | null;
}

/**
 * `webContents` over the DevTools protocol. What Electron decides inside the browser is decided here as early as the
 * protocol lets us: a navigation while its request is held, a new window at its announcement.
 *
 * Differences: a window that the app denies exists for a moment and is closed before it has loaded anything (Electron
 * never makes it), a page that crashed is replaced by a new one when it is reloaded, and of navigations only those
 * that make a request are seen, so not `javascript:` and `about:`.
 */
export class WebContents {
  readonly events = new ClosedEmitter('webContents', EVENTS);
  readonly #frames = new Map<string, Frame>();
  readonly #contexts = new Map<number, { readonly frame: string; readonly world: string }>();
  readonly #secret = `stand-in-${crypto.randomUUID()}`;
  readonly #preload: string;
  #page: Page | null = null;
  #session: CDPSession | null = null;
  #openHandler: OpenHandler | null = null;
  #own = false;
  #crashed = false;
  /** Makes another page for the window after a crash. */
  #again: () => Promise<Page>;
  readonly handle = refusing('webContents', this.#model());

  constructor(preload: string, again: () => Promise<Page>) {
    this.#preload = readFileSync(preload, 'utf8');
    this.#again = again;
  }

  #model() {
    const model = {
      on: (name: (typeof EVENTS)[number], call: () => void) => {
        this.events.on(name, call);
        return model;
      },
      once: (name: (typeof EVENTS)[number], call: () => void) => {
        this.events.once(name, call);
        return model;
      },
      emit: this.events.emit.bind(this.events),
      setWindowOpenHandler: (handler: OpenHandler) => {
        this.#openHandler = handler;
      },
      getURL: () => (this.#page === null ? '' : fromChromium(this.#page.url())),
      isCrashed: () => this.#crashed,
      isDestroyed: () => this.#page === null,
      reload: () => void this.#reload(),
      forcefullyCrashRenderer: () => void this.#session?.send('Page.crash').catch(() => {}),
      session: undefined,
    };
    return model;
  }

  get page(): Page {
    if (this.#page === null) throw new Error('The window has no page yet.');
    return this.#page;
  }

  /** Takes a blank page into the window. */
  async adopt(page: Page): Promise<void> {
    this.#page = page;
    this.#crashed = false;
    this.#frames.clear();
    this.#contexts.clear();
    const session = await page.context().newCDPSession(page);
    this.#session = session;
    page.on('crash', () => this.#gone());
    page.on('close', () => {
      if (this.#page === page) this.events.emit('destroyed');
    });
    this.#followFrames(session);
    await this.#guardNavigation(session);
    this.#guardWindows(session, page);
    await session.send('Page.enable');
    await this.#bridge(session);
  }

  async load(url: string): Promise<void> {
    this.#own = true;
    try {
      await this.page.goto(toChromium(url), { waitUntil: 'domcontentloaded' });
      this.events.emit('did-finish-load');
    } catch (error) {
      // A window that closes while it loads is no failure of loading.
      if (!this.page.isClosed()) throw error;
    } finally {
      this.#own = false;
    }
  }

  async #reload(): Promise<void> {
    const url = this.page.url();
    if (this.#crashed) {
      const dead = this.page;
      this.#page = null;
      const page = await this.#again();
      await this.adopt(page);
      await dead.close().catch(() => {});
    }
    await this.load(fromChromium(url));
  }

  #gone(): void {
    this.#crashed = true;
    this.events.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
  }

  #followFrames(session: CDPSession): void {
    session.on('Page.frameAttached', ({ frameId, parentFrameId }) => {
      this.#frames.set(frameId, { url: 'about:blank', parent: parentFrameId });
    });
    session.on('Page.frameNavigated', ({ frame }) => {
      this.#frames.set(frame.id, { url: frame.url, parent: frame.parentId ?? null });
      if (frame.parentId !== undefined) return;
      const event = { url: fromChromium(frame.url), isMainFrame: true, isSameDocument: false };
      this.events.emit('did-start-navigation', event);
      this.events.emit('did-navigate', event, event.url, 200, 'OK');
    });
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      const frame = this.#frames.get(frameId);
      if (frame !== undefined) frame.url = url;
      const isMainFrame = frame?.parent === null;
      this.events.emit('did-start-navigation', { url: fromChromium(url), isMainFrame, isSameDocument: true });
    });
    session.on('Page.frameDetached', ({ frameId, reason }) => {
      if (reason === 'remove') this.#frames.delete(frameId);
    });
    session.on('Runtime.executionContextCreated', ({ context }) => {
      const { frameId } = context.auxData as { frameId: string };
      this.#contexts.set(context.id, { frame: frameId, world: context.name });
    });
  }

  /** Holds every request for a document until the app's listeners have spoken. */
  async #guardNavigation(session: CDPSession): Promise<void> {
    session.on('Fetch.requestPaused', ({ requestId, request, frameId }) => {
      const frame = this.#frames.get(frameId);
      const isMainFrame = frame === undefined || frame.parent === null;
      const allowed = this.#own && isMainFrame ? true : this.#mayNavigate(request.url, isMainFrame);
      const answer = allowed
        ? session.send('Fetch.continueRequest', { requestId })
        : session.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
      answer.catch(() => {});
    });
    await session.send('Fetch.enable', {
      patterns: [{ urlPattern: '*', resourceType: 'Document', requestStage: 'Request' }],
    });
  }

  #mayNavigate(address: string, isMainFrame: boolean): boolean {
    const url = fromChromium(address);
    const names = isMainFrame
      ? (['will-navigate', 'will-frame-navigate'] as const)
      : (['will-frame-navigate'] as const);
    for (const name of names) {
      const event = preventable('event', { url, isMainFrame, isSameDocument: false });
      this.events.emit(name, event, url);
      if (event.defaultPrevented) return false;
    }
    return true;
  }

  #guardWindows(session: CDPSession, page: Page): void {
    session.on('Page.windowOpen', ({ url, windowName, windowFeatures }) => {
      const details = { url: fromChromium(url), frameName: windowName, features: windowFeatures.join(',') };
      const { action } = this.#openHandler?.(details) ?? { action: 'allow' };
      if (action !== 'deny') throw new Error('The stand-in models windows that are denied.');
    });
    page.on('popup', (popup) => void popup.close().catch(() => {}));
  }

  async #bridge(session: CDPSession): Promise<void> {
    session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === BINDING) void this.#receive(session, executionContextId, payload);
    });
    await session.send('Runtime.enable');
    await session.send('Runtime.addBinding', { name: BINDING, executionContextName: PRELOAD_WORLD });
    const secret = JSON.stringify(this.#secret);
    await session.send('Page.addScriptToEvaluateOnNewDocument', {
      source: `${ready('main-world')}(${secret});`,
    });
    const preload = `function (require, module, process) {\nconst exports = module.exports;\n${this.#preload}\n}`;
    await session.send('Page.addScriptToEvaluateOnNewDocument', {
      source: `${ready('preload-world')}(${secret}, ${JSON.stringify(BINDING)}, ${preload});`,
      worldName: PRELOAD_WORLD,
    });
  }

  async #receive(session: CDPSession, contextId: number, payload: string): Promise<void> {
    const { id, channel, args } = JSON.parse(payload) as { id: number; channel: string; args: string };
    const event = {
      type: 'frame',
      sender: this.handle,
      senderFrame: this.#senderFrame(this.#contexts.get(contextId)?.frame ?? ''),
    };
    let answer: string;
    try {
      const value = await deliver(channel, event, unpack(args) as unknown[]);
      answer = `null, ${JSON.stringify(pack(value))}`;
    } catch (error) {
      answer = `${JSON.stringify(`Error invoking remote method '${channel}': ${error}`)}, null`;
    }
    // A page that is gone meanwhile gets no answer, as in Electron.
    await session
      .send('Runtime.evaluate', { contextId, expression: `standInAnswer(${id}, ${answer})` })
      .catch(() => {});
  }

  #senderFrame(id: string): SenderFrame | null {
    const frame = this.#frames.get(id);
    if (frame === undefined) return null;
    const parent = frame.parent === null ? null : this.#senderFrame(frame.parent);
    return refusing('senderFrame', { url: fromChromium(frame.url), parent });
  }

  async detach(): Promise<void> {
    await this.#session?.detach().catch(() => {});
  }
}

/** The function that a world's script consists of, without its comment and its closing semicolon. */
const ready = (name: string): string => worldScript(name).trim().replace(/;$/, '');
