import { registerOwnScheme } from './addresses.ts';
import type { Decisions } from './gate.ts';
import { refuseUnknown, refusing } from './refusing.ts';

type Decide = (granted: boolean) => void;
type OnPermission = (contents: unknown, permission: string, decide: Decide, details: object) => void;
type OnCheck = (contents: unknown, permission: string, origin: string, details: object) => boolean;
type OnRequest = (details: { readonly url: string }, decide: (answer: { cancel?: boolean }) => void) => void;

/**
 * What Electron calls a permission, beside Chromium's own names for it: those that this Chromium lets us decide.
 */
export const PERMISSIONS: Readonly<Record<string, readonly string[]>> = {
  geolocation: ['geolocation'],
  media: ['camera', 'microphone'],
  midi: ['midi'],
  'clipboard-sanitized-write': ['clipboard-write'],
};

export class StandInSession implements Omit<Decisions, 'isWatched'> {
  #serve: { readonly scheme: string; readonly handler: (request: Request) => Promise<Response> } | null =
    null;
  #onRequest: OnRequest | null = null;
  #onPermission: OnPermission | null = null;
  #onCheck: OnCheck | null = null;
  #onDevice: ((details: object) => boolean) | null = null;
  #spelling = true;

  readonly protocol = refusing('session.protocol', {
    handle: (scheme: string, handler: (request: Request) => Promise<Response>) => {
      this.#serve = { scheme, handler };
    },
  });

  readonly webRequest = refusing('session.webRequest', {
    onBeforeRequest: (listener: OnRequest) => {
      this.#onRequest = listener;
    },
  });

  /** Not of Electron: the scheme's handler. */
  get handler() {
    return this.#serve?.handler ?? null;
  }

  setPermissionRequestHandler(handler: OnPermission): void {
    this.#onPermission = handler;
  }

  setPermissionCheckHandler(handler: OnCheck): void {
    this.#onCheck = handler;
  }

  setDevicePermissionHandler(handler: (details: object) => boolean): void {
    this.#onDevice = handler;
  }

  setSpellCheckerEnabled(on: boolean): void {
    this.#spelling = on;
  }

  /** Not of Electron: what the browser is started with. */
  isSpellChecked(): boolean {
    return this.#spelling;
  }

  /** Not of Electron: without handlers Electron grants everything, and so does this. */
  async grants(permission: string, origin: string): Promise<boolean> {
    if (this.#onCheck !== null && !this.#onCheck(null, permission, origin, {})) return false;
    const ask = this.#onPermission;
    return ask === null || new Promise<boolean>((decide) => ask(null, permission, decide, {}));
  }

  /** Not of Electron. */
  grantsDevices(): boolean {
    return this.#onDevice === null || this.#onDevice({ deviceType: 'usb', origin: '' });
  }

  cancels(url: string): Promise<boolean> {
    const ask = this.#onRequest;
    if (ask === null) return Promise.resolve(false);
    return new Promise((resolve) => ask({ url }, ({ cancel }) => resolve(cancel === true)));
  }

  serves(request: Request): Promise<Response> | null {
    if (this.#serve === null || new URL(request.url).protocol !== `${this.#serve.scheme}:`) return null;
    return this.#serve.handler(request);
  }
}

export const standInSession = new StandInSession();

/** `session`, whose default session exists once the app is ready, as in Electron. */
export const createSessionModule = (isReady: () => boolean) =>
  refusing('session', {
    get defaultSession() {
      if (!isReady()) throw new Error('Session can only be received when app is ready');
      return refusing('session.defaultSession', standInSession);
    },
  });

const PRIVILEGES = ['standard', 'secure', 'supportFetchAPI', 'codeCache'];

export const createProtocolModule = (isReady: () => boolean) =>
  refusing('protocol', {
    registerSchemesAsPrivileged(schemes: readonly { scheme: string; privileges: Record<string, boolean> }[]) {
      if (isReady())
        throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
      const [only, ...more] = schemes;
      if (only === undefined || more.length > 0) throw new Error('The stand-in models one scheme.');
      refuseUnknown('privileges', only.privileges, PRIVILEGES);
      if (only.privileges.standard !== true || only.privileges.secure !== true) {
        throw new Error('The stand-in models a standard, secure scheme.');
      }
      registerOwnScheme(only.scheme);
    },
  });
