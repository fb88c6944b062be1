import { mkdirSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { ClosedEmitter, preventable, refusing } from './refusing.ts';

const EVENTS = [
  'ready',
  'second-instance',
  'open-file',
  'window-all-closed',
  'before-quit',
  'will-quit',
  'quit',
  'web-contents-created',
  'child-process-gone',
] as const;

/** What the stand-in does around the app's own life. */
export interface Surroundings {
  /** The program's folder, as `electron FOLDER` was called with it. */
  readonly root: string;
  readonly version: string;
  readonly locale: string;
  /** Starts the browser; its profile goes into this folder. */
  start(profile: string): Promise<void>;
  /** Closes every window; false when one of them refused. */
  closeWindows(): Promise<boolean>;
  stop(): Promise<void>;
  /** The app wants to be started anew once it has ended. Nobody does: the test sees that it was asked. */
  relaunch(program: string): void;
}

/** `app`: the life cycle in Electron's order, with its rules about what may happen before `ready`. */
export function createApp(surroundings: Surroundings) {
  const events = new ClosedEmitter('app', EVENTS);
  const paths = new Map<string, string>([
    ['home', homedir()],
    ['downloads', join(homedir(), 'Downloads')],
  ]);
  let ready = false;
  let quitting = false;
  let accelerated = true;
  let name = 'baikoo';
  let locked: string | null = null;
  let announceReady: () => void = () => {};
  const whenReady = new Promise<void>((resolve) => {
    announceReady = resolve;
  });

  function getPath(what: string): string {
    const path = paths.get(what);
    if (path === undefined) throw new Error(`The stand-in does not model app.getPath('${what}').`);
    return path;
  }

  async function quit(): Promise<void> {
    if (quitting) return;
    quitting = true;
    const before = preventable('event', {});
    events.emit('before-quit', before);
    if (before.defaultPrevented || !(await surroundings.closeWindows())) {
      quitting = false;
      return;
    }
    const will = preventable('event', {});
    events.emit('will-quit', will);
    if (will.defaultPrevented) {
      quitting = false;
      return;
    }
    await exit(0);
  }

  async function exit(code: number): Promise<void> {
    events.emit('quit', {}, code);
    await surroundings.stop();
    if (locked !== null) rmSync(locked, { recursive: true, force: true });
    process.exit(code);
  }

  /** The second program leaves its arguments in the first one's folder. */
  function requestSingleInstanceLock(): boolean {
    const folder = join(getPath('userData'), 'stand-in-lock');
    mkdirSync(getPath('userData'), { recursive: true });
    for (;;) {
      try {
        mkdirSync(folder);
        break;
      } catch {
        if (isHeld(folder)) {
          writeFileSync(join(folder, `second-${process.pid}`), JSON.stringify(process.argv));
          return false;
        }
        rmSync(folder, { recursive: true, force: true });
      }
    }
    writeFileSync(join(folder, 'pid'), String(process.pid));
    locked = folder;
    watch(folder, () => {
      for (const left of readdirSync(folder).filter((file) => file.startsWith('second-'))) {
        const said = readFileSync(join(folder, left), 'utf8');
        if (said === '') continue;
        rmSync(join(folder, left));
        events.emit('second-instance', {}, JSON.parse(said), process.cwd(), null);
      }
    }).unref();
    return true;
  }

  const app = refusing('app', {
    isPackaged: false,
    get name() {
      return name;
    },
    on: events.on.bind(events),
    once: events.once.bind(events),
    emit: events.emit.bind(events),
    isReady: () => ready,
    whenReady: () => whenReady,
    getPreferredSystemLanguages: () => [surroundings.locale],
    getVersion: () => surroundings.version,
    getAppPath: () => surroundings.root,
    getPath,
    setPath: (what: string, path: string) => void paths.set(what, path),
    setAppLogsPath: (path: string) => void paths.set('logs', path),
    setName: (next: string) => {
      name = next;
    },
    requestSingleInstanceLock,
    relaunch: ({ execPath = process.execPath }: { execPath?: string } = {}) =>
      surroundings.relaunch(execPath),
    quit: () => void quit(),
    exit: (code = 0) => void exit(code),
    disableHardwareAcceleration: () => {
      if (ready) throw new Error('app.disableHardwareAcceleration() can only be called before app is ready');
      accelerated = false;
    },
    /** Windows groups windows and notices by it; elsewhere Electron ignores it. */
    setAppUserModelId: (_id: string) => {},
  });

  return {
    app,
    isReady: () => ready,
    isQuitting: () => quitting,
    isAccelerated: () => accelerated,
    /** Begins where Electron begins after the main script has run once. */
    async begin(): Promise<void> {
      // A program that quits while its main script runs never becomes ready.
      if (quitting) return new Promise(() => {});
      await surroundings.start(getPath('userData'));
      ready = true;
      events.emit('ready', {}, {});
      announceReady();
    },
    allWindowsClosed: () => {
      if (!quitting) events.emit('window-all-closed');
    },
  };
}

function isHeld(folder: string): boolean {
  try {
    process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 0);
    return true;
  } catch {
    return false;
  }
}
