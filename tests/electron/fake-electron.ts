/**
 * Small fakes of the parts of Electron that ipc.ts and window.ts touch. They record what they are told and check
 * nothing: what Electron itself does with it is not shown by these tests.
 */
type Handler = (event: unknown, ...args: unknown[]) => unknown;
type Listener = (...args: never[]) => void;

export const handlers = new Map<string, Handler>();
export const ipcMain = { handle: (channel: string, handler: Handler) => handlers.set(channel, handler) };

export class FakeContents {
  readonly listeners = new Map<string, Listener>();
  openHandler: (() => unknown) | null = null;
  on(event: string, listener: Listener): void {
    this.listeners.set(event, listener);
  }
  setWindowOpenHandler(handler: () => unknown): void {
    this.openHandler = handler;
  }
}

export class BrowserWindow {
  static last: BrowserWindow | null = null;
  readonly webContents = new FakeContents();
  loaded: string | null = null;
  readonly options: { readonly webPreferences: Record<string, unknown> };
  constructor(options: { readonly webPreferences: Record<string, unknown> }) {
    this.options = options;
    BrowserWindow.last = this;
  }
  once(): void {}
  async loadURL(url: string): Promise<void> {
    this.loaded = url;
  }
}

export const schemes: unknown[] = [];
export const protocol = { registerSchemesAsPrivileged: (list: unknown[]) => schemes.push(...list) };

interface Told {
  serve?: (request: Request) => Promise<Response>;
  permission?: (contents: unknown, permission: string, decide: (granted: boolean) => void) => void;
  check?: () => boolean;
  device?: () => boolean;
  spelling?: boolean;
  request?: (details: { url: string }, decide: (answer: { cancel: boolean }) => void) => void;
}
export const told: Told = {};
export const session = {
  defaultSession: {
    protocol: {
      handle: (_scheme: string, serve: NonNullable<Told['serve']>) => {
        told.serve = serve;
      },
    },
    setPermissionRequestHandler: (decide: NonNullable<Told['permission']>) => {
      told.permission = decide;
    },
    setPermissionCheckHandler: (check: () => boolean) => {
      told.check = check;
    },
    setDevicePermissionHandler: (check: () => boolean) => {
      told.device = check;
    },
    setSpellCheckerEnabled: (on: boolean) => {
      told.spelling = on;
    },
    webRequest: {
      onBeforeRequest: (decide: NonNullable<Told['request']>) => {
        told.request = decide;
      },
    },
  },
};
