import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { ClosedEmitter, refuseUnknown, refusing } from './refusing.ts';

/**
 * The parts of the desktop that have no browser behind them. Whatever would ask a person refuses until the test has
 * put an answer in its place (`dialog.showSaveDialog = …`, the way to do it in Electron too).
 */
const unanswered = (what: string) => async (): Promise<never> => {
  throw new Error(`Nobody answers ${what}: the test must put an answer in its place.`);
};

export const dialog = refusing('dialog', {
  showSaveDialog: unanswered('dialog.showSaveDialog'),
  showOpenDialog: unanswered('dialog.showOpenDialog'),
  showMessageBox: unanswered('dialog.showMessageBox'),
  showErrorBox: (title: string, content: string): void => {
    process.stderr.write(`[${title}] ${content}\n`);
  },
});

/** What a person will answer to dialogs that come before a test can put an answer in its place, in their order. */
export interface Answers {
  /** Numbers of buttons. */
  readonly messages?: readonly number[];
  /** Folders chosen; null for a cancelled dialog. */
  readonly folders?: readonly (string | null)[];
}

/** Not of Electron. What a message said goes to the standard error, as an error box does. */
export function answerInAdvance({ messages = [], folders = [] }: Answers): void {
  const buttons = [...messages];
  const paths = [...folders];
  const next = <T>(left: T[], what: string): T => {
    if (left.length === 0) throw new Error(`Nobody answers ${what} any more.`);
    return left.shift() as T;
  };
  const answers = {
    async showMessageBox(...args: { readonly message?: string; readonly detail?: string }[]) {
      const { message, detail } = args.at(-1) ?? {};
      process.stderr.write(`[${message}] ${detail}\n`);
      return { response: next(buttons, 'dialog.showMessageBox') };
    },
    async showOpenDialog() {
      const path = next(paths, 'dialog.showOpenDialog');
      return { canceled: path === null, filePaths: path === null ? [] : [path] };
    },
  };
  Object.assign(dialog, answers);
}

export const shell = refusing('shell', {
  openExternal: unanswered('shell.openExternal'),
  showItemInFolder: (_path: string): void => {},
});

export const powerMonitor = refusing(
  'powerMonitor',
  (() => {
    const events = new ClosedEmitter('powerMonitor', [
      'suspend',
      'resume',
      'lock-screen',
      'unlock-screen',
      'shutdown',
    ]);
    return { on: events.on.bind(events), emit: events.emit.bind(events), getSystemIdleTime: () => 0 };
  })(),
);

/** Under a key of this "account", which a test can change to become another user; the empty name has no keychain. */
let account = 'a person';
let backend = 'gnome_libsecret';
const accountKey = () => createHash('sha256').update(account).digest();

/** Electron's asynchronous half; the other is deprecated. */
export const safeStorage = refusing('safeStorage', {
  isAsyncEncryptionAvailable: async () => account !== '',
  getSelectedStorageBackend: () => backend,
  async encryptStringAsync(text: string): Promise<Buffer> {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', accountKey(), nonce);
    return Buffer.concat([
      Buffer.from('v10'),
      nonce,
      cipher.update(text, 'utf8'),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
  },
  async decryptStringAsync(sealed: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> {
    const bytes = Buffer.from(sealed);
    const decipher = createDecipheriv('aes-256-gcm', accountKey(), bytes.subarray(3, 15));
    decipher.setAuthTag(bytes.subarray(-16));
    const text = decipher.update(bytes.subarray(15, -16)).toString('utf8') + decipher.final('utf8');
    return { result: text, shouldReEncrypt: false };
  },
  /** Not of Electron: whose account this is, and what a Linux keeps its secrets with. */
  standInAccount(name: string, keptWith = 'gnome_libsecret'): void {
    account = name;
    backend = keptWith;
  },
});

const MENU_ITEM = [
  'id',
  'label',
  'role',
  'type',
  'accelerator',
  'click',
  'submenu',
  'enabled',
  'visible',
  'registerAccelerator',
];

export interface MenuItem {
  readonly id?: string;
  readonly label?: string;
  readonly role?: string;
  readonly type?: string;
  readonly accelerator?: string;
  readonly click?: () => void;
  readonly submenu?: readonly MenuItem[];
}

let applicationMenu: { readonly items: readonly MenuItem[] } | null = null;

export const Menu = refusing('Menu', {
  buildFromTemplate(template: readonly MenuItem[]) {
    const check = (items: readonly MenuItem[]): void => {
      for (const item of items) {
        refuseUnknown('menu item', item, MENU_ITEM);
        check(item.submenu ?? []);
      }
    };
    check(template);
    return refusing('menu', { items: template, popup: () => {} });
  },
  setApplicationMenu(menu: { readonly items: readonly MenuItem[] } | null) {
    applicationMenu = menu;
  },
  getApplicationMenu: () => applicationMenu,
});

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The displays that this machine is said to have, the primary one first. As in Electron, none before `ready`. */
export function createScreen(workAreas: readonly Area[], isReady: () => boolean) {
  const displays = (): { readonly workArea: Area }[] => {
    if (!isReady()) throw new Error('The "screen" module can\'t be used before the app "ready" event');
    return workAreas.map((workArea) => ({ workArea: { ...workArea } }));
  };
  return refusing('screen', { getAllDisplays: displays, getPrimaryDisplay: () => displays()[0] });
}

export const nativeTheme = refusing('nativeTheme', { themeSource: 'system' });
