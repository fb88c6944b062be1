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

/** Under a key of this "account", which a test can change to become another user. */
let account = 'a person';
const accountKey = () => createHash('sha256').update(account).digest();

export const safeStorage = refusing('safeStorage', {
  isEncryptionAvailable: () => account !== '',
  getSelectedStorageBackend: () => 'gnome_libsecret',
  encryptString(text: string): Buffer {
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
  decryptString(sealed: Buffer): string {
    const bytes = Buffer.from(sealed);
    const decipher = createDecipheriv('aes-256-gcm', accountKey(), bytes.subarray(3, 15));
    decipher.setAuthTag(bytes.subarray(-16));
    return decipher.update(bytes.subarray(15, -16)).toString('utf8') + decipher.final('utf8');
  },
  /** Not of Electron: whose account this is; the empty name has no keychain. */
  standInAccount(name: string): void {
    account = name;
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

/** One display, which a test can make smaller by putting another in its place. */
export const screen = refusing('screen', {
  getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }],
  getPrimaryDisplay: () => ({ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }),
});

export const nativeTheme = refusing('nativeTheme', { themeSource: 'system' });
