import type { Bytes } from '../base/bytes.ts';
import type { Random } from '../base/clock.ts';
import { CodedError } from '../base/coded-error.ts';
import type { KeychainHost } from '../host/host.ts';
import { findKeychainSlot, type Header } from '../vault/header.ts';
import { KEY_LENGTH } from '../vault/primitives.ts';
import { addKeychain, type Opened, openWithKeychain, removeKeychain } from '../vault/slots.ts';
import type { KeychainState } from '../workspace.ts';

/** What this way in needs of the machine and of the open vault. */
interface Ports {
  readonly keychain: KeychainHost;
  readonly random: Random;
  readonly replaceHeader: (header: Header) => Promise<void>;
}

/**
 * The extra way in by a secret that the system keeps for this account. The secret and the slot are in two files, and the
 * loss of either closes it: it is turned off by destroying the secret first.
 */
export async function keychainState(keychain: KeychainHost, header: Header): Promise<KeychainState> {
  const { system, kept } = await keychain.state();
  return { system, on: kept && findKeychainSlot(header) !== undefined };
}

/** Error: `keychain/gone` when this account cannot open the secret, or it opens nothing here. */
export async function openByKeychain(keychain: KeychainHost, header: Header): Promise<Opened> {
  const secretBytes = (await keychain.read()) as Bytes | null;
  const opened = secretBytes === null ? null : await openWithKeychain(header, secretBytes);
  secretBytes?.fill(0);
  if (opened?.ok) return opened.value;
  throw new CodedError('keychain/gone', "This account's key does not open the vault.");
}

export async function addWay(ports: Ports, header: Header, { vaultKeyBytes }: Opened): Promise<void> {
  const { keychain, random, replaceHeader } = ports;
  const secretBytes = random.bytes(KEY_LENGTH);
  await keychain.keep(secretBytes);
  await replaceHeader(await addKeychain(header, vaultKeyBytes, secretBytes, random));
  secretBytes.fill(0);
}

export async function removeWay(ports: Ports, header: Header, { vaultKeyBytes }: Opened): Promise<void> {
  const { keychain, random, replaceHeader } = ports;
  await keychain.forget();
  await replaceHeader(await removeKeychain(header, vaultKeyBytes, random));
}
