import { join } from 'node:path';
import { CodedError, type KeychainHost, type KeychainSystem } from '../../renderer/core/host/contract.ts';
import { type Disk, onDisk } from '../disk.ts';
import { overwriteAndUnlink, readUpTo, replaceFile } from '../durable.ts';

/**
 * One secret of the vault under the account's key (`safeStorage`: DPAPI on Windows, Keychain on macOS, a key ring on
 * Linux), in `keychain.bkk` beside the header.
 *
 * What it keeps out: whoever takes the drive, or copies the folder, without being signed in to the account. What it does
 * not: whoever is signed in, and any program that runs in the account. The vault's passphrase never comes here.
 */
export const KEYCHAIN_FILE = 'keychain.bkk';
/** A sealed secret takes some hundred bytes. */
const MOST_BYTES = 16 * 1024;

/** What the system does for the account that the program runs in. */
export interface AccountKey {
  system(): Promise<KeychainSystem>;
  seal(text: string): Promise<Buffer>;
  /** Rejects when it was sealed in another account, on another computer, or is damaged. */
  open(sealed: Buffer): Promise<string>;
}

/** Page mode has none: a browser's program is not asked to keep anything. */
export const NO_ACCOUNT_KEY: AccountKey = {
  system: async () => 'none',
  seal: () => Promise.reject(unavailable()),
  open: () => Promise.reject(unavailable()),
};

export function createKeychain(disk: Disk, home: string, account: AccountKey): KeychainHost {
  const path = join(home, KEYCHAIN_FILE);
  const isReady = async () => (await account.system()) === 'ready';
  return {
    state: () =>
      onDisk(async () => ({
        system: await account.system(),
        kept: (await disk.kind(path)) === 'file',
      })),

    keep: (secret) =>
      onDisk(async () => {
        if (!(await isReady())) throw unavailable();
        const sealed = await account.seal(Buffer.from(secret).toString('base64')).catch(() => {
          throw unavailable();
        });
        await replaceFile(disk, path, sealed);
      }),

    read: () =>
      onDisk(async () => {
        if ((await disk.kind(path)) !== 'file' || !(await isReady())) return null;
        const file = await disk.open(path, 'read');
        try {
          const sealed = Buffer.from(await readUpTo(file, 0, MOST_BYTES));
          const text = await account.open(sealed).catch(() => null);
          return text === null ? null : new Uint8Array(Buffer.from(text, 'base64'));
        } finally {
          await file.close();
        }
      }),

    forget: () => onDisk(() => overwriteAndUnlink(disk, path)),
  };
}

function unavailable(): CodedError {
  return new CodedError('keychain/unavailable', 'The system keeps no secrets for this account.');
}
