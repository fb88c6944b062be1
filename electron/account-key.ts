import { safeStorage } from 'electron';
import type { AccountKey } from './handlers/keychain.ts';

/**
 * Electron's `safeStorage` as the account's key. On a Linux without a key ring Chromium would seal with a key that is
 * written in its source; that is not used.
 */
export const accountKey: AccountKey = {
  async system() {
    if (process.platform === 'linux') {
      const backend = safeStorage.getSelectedStorageBackend();
      if (backend === 'basic_text') return 'unprotected';
      if (backend === 'unknown') return 'none';
    }
    return (await safeStorage.isAsyncEncryptionAvailable().catch(() => false)) ? 'ready' : 'none';
  },
  seal: (text) => safeStorage.encryptStringAsync(text),
  open: async (sealed) => (await safeStorage.decryptStringAsync(sealed)).result,
};
