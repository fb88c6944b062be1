/** What shows that the vault's owner asks. */
export type Secret = { readonly passphrase: string } | { readonly recoveryWords: string };

/** What opens a vault: also, where it was turned on, the key that this computer keeps for the account. */
export type UnlockSecret = Secret | { readonly keychain: true };

export interface KeychainState {
  /** `unprotected`: the system would keep it under a key that every program knows, so it is not used. */
  readonly system: 'ready' | 'unprotected' | 'none';
  /** The vault has a slot for it and the system a secret. */
  readonly on: boolean;
}
