import type { Bytes } from '../base/bytes.ts';
import { CodedError } from '../base/coded-error.ts';
import { newId } from '../base/ids.ts';
import type { Locale } from '../base/locales.ts';
import { calibrate } from '../vault/argon2.ts';
import { type Device, newDevice, openDevice, sealDevice } from '../vault/device.ts';
import { deriveSealers, type Sealers } from '../vault/envelope.ts';
import { type Header, parseHeader, serialiseHeader, wordsConfirmed } from '../vault/header.ts';
import {
  confirmWords,
  createHeader,
  normalisePassphrase,
  type Opened,
  replacePassphrase,
  replaceWords,
} from '../vault/slots.ts';
import { drawWords, PASSPHRASE_WORDS, parseWords, RECOVERY_WORDS } from '../vault/words.ts';
import type {
  KeychainState,
  Notice,
  Profile,
  Progress,
  Secret,
  UnlockSecret,
  VaultDoor,
  VaultStatus,
} from '../workspace.ts';
import { addWay, keychainState, openByKeychain, removeWay } from './keychain-way.ts';
import { ifWritable, machineNote, onMachine, reasonToRenew } from './known-machine.ts';
import { watchMachine } from './machine-watch.ts';
import { openSlot } from './open-slot.ts';
import type { LockReason, VaultPorts } from './vault-ports.ts';

const LEAST_PASSPHRASE = 10;
const IDLE_MINUTES = 10;
/** Public: a demonstration holds nothing that happened. */
const DEMO_PASSPHRASE = 'baikoo demonstration';
/** The host takes a claim back after ten quiet seconds. */
const CLAIM_EVERY = 3_000;
/** What is still being typed has so long to reach the disk when the machine says that it sleeps or locks. */
const LAST_WORDS = 1_500;

/** The vault's door: who may open it, and for how long it stays open. */
export class VaultRoom implements VaultDoor {
  readonly #ports: VaultPorts;
  readonly #window: string;
  #open: { header: Header; sealers: Sealers; device: Device } | null = null;
  /** How often the vault was opened: what belongs to an earlier time must not touch a later one. */
  #openings = 0;
  #touched = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ports: VaultPorts) {
    this.#ports = ports;
    this.#window = newId(ports.random);
  }

  async status(): Promise<VaultStatus> {
    if (this.#open !== null) return { state: 'open', demo: this.#open.header.demo };
    if (!(await this.#claim())) return { state: 'busy' };
    const bytes = await this.#ports.host.files.read('header.bkv');
    if (bytes === null) {
      const { readOnly } = await this.#ports.host.system.info();
      return readOnly ? { state: 'unusable', code: 'disk/read-only' } : { state: 'absent', demo: false };
    }
    const header = parseHeader(bytes);
    if (!header.ok) return { state: 'unusable', code: header.error };
    return { state: 'locked', demo: header.value.demo };
  }

  async suggestPassphrase(locale: Locale): Promise<string> {
    return drawWords(this.#list(locale), PASSPHRASE_WORDS, this.#ports.random).join(' ');
  }

  /** People in Kyrgyzstan type on Russian keyboards: every locale but English draws Russian words. */
  #list(locale: Locale): readonly string[] {
    return this.#ports.words[locale === 'en' ? 'en' : 'ru'] ?? [];
  }

  async create(
    options: Parameters<VaultDoor['create']>[0],
    onProgress: (progress: Progress) => void,
  ): Promise<{ recoveryWords: readonly string[] }> {
    const { host, random, derive, clock } = this.#ports;
    if (normalisePassphrase(options.passphrase).length < LEAST_PASSPHRASE) {
      throw new CodedError('vault/passphrase-short', 'A passphrase needs at least ten characters.', {
        least: LEAST_PASSPHRASE,
      });
    }
    await this.#mustClaim();
    await this.#ports.demandRoom();
    if ((await host.files.read('header.bkv')) !== null) {
      throw new CodedError('vault/exists', 'There already is a vault in this folder.');
    }
    onProgress({ step: 'deriving', done: 0, total: 0 });
    const words = drawWords(this.#list(options.locale), RECOVERY_WORDS, random);
    const vaultId = newId(random);
    const { header, vaultKeyBytes } = await createHeader(
      {
        vaultId,
        demo: options.demo,
        passphrase: options.passphrase,
        params: await calibrate(derive, clock),
        words,
      },
      derive,
      random,
    );
    const sealers = await this.#sealers(vaultKeyBytes);
    const device = onMachine(
      await newDevice({ name: options.name.trim(), idleMinutes: IDLE_MINUTES }, random),
      await machineNote(host.system, vaultId),
    );
    // A journal that a wiped vault left behind can never be read again, but it is not ours to destroy.
    if ((await host.journal.size()) > 0) await host.journal.setAside(0);
    await host.files.replace('device.bkv', await sealDevice(device, sealers.device, vaultId));
    // The header comes last: a vault exists once its key slots are on the disk.
    await host.files.replace('header.bkv', serialiseHeader(header));
    await this.#enter({ header, sealers, device }, onProgress);
    await this.#ports.rename(device.member, device.name);
    return { recoveryWords: words };
  }

  async openDemo(locale: Locale, onProgress: (progress: Progress) => void): Promise<void> {
    if ((await this.status()).state === 'locked') {
      await this.unlock({ passphrase: DEMO_PASSPHRASE }, onProgress);
      return;
    }
    await this.create({ passphrase: DEMO_PASSPHRASE, name: 'Demo', locale, demo: true }, onProgress);
    await this.#ports.fillDemo(onProgress);
  }

  async confirmRecoveryWords(words: string): Promise<boolean> {
    const open = this.#mustBeOpen();
    const parsed = parseWords(words, this.#allWords());
    if (!parsed.ok) return false;
    const header = await confirmWords(open.header, parsed.value, this.#ports.derive, this.#ports.random);
    if (!header.ok) return false;
    await this.#replaceHeader(header.value);
    return true;
  }

  async unlock(
    secret: UnlockSecret,
    onProgress: (progress: Progress) => void,
  ): Promise<{ notices: readonly Notice[] }> {
    await this.#mustClaim();
    const header = await this.#readHeader();
    onProgress({ step: 'deriving', done: 0, total: 0 });
    const { vaultKeyBytes, intact } =
      'keychain' in secret
        ? await openByKeychain(this.#ports.host.keychain, header)
        : await this.#openSlot(header, secret);
    const sealers = await this.#sealers(vaultKeyBytes);
    const { device, renewed } = await this.#device(header, sealers);
    const note = await machineNote(this.#ports.host.system, header.vault);
    const here = onMachine(device, note);
    const notices = [...(await this.#enter({ header, sealers, device: here }, onProgress))];
    if (!intact) notices.push({ code: 'header/damaged', detail: {} });
    const reason = reasonToRenew(device, note);
    if (renewed) {
      await this.#ports.rename(device.member, device.name);
      notices.push({ code: 'device/renewed', detail: {} });
    } else if (reason !== null) {
      if (await ifWritable(() => this.#ports.renewDevice())) {
        notices.push({ code: reason, detail: {} });
      } else this.#takeIn({ device });
    } else if (device.machine !== here.machine) {
      await ifWritable(() => this.#replaceDevice({ header, sealers }, here));
    }
    return { notices };
  }

  async #readHeader(): Promise<Header> {
    const bytes = await this.#ports.host.files.read('header.bkv');
    if (bytes === null) throw new CodedError('vault/absent', 'There is no vault in this folder.');
    const header = parseHeader(bytes);
    if (!header.ok)
      throw new CodedError(header.error, 'The file header.bkv is not one this version can read.');
    return header.value;
  }

  #openSlot(header: Header, secret: Secret): Promise<Opened> {
    return openSlot(header, secret, { words: this.#allWords(), derive: this.#ports.derive });
  }

  /** All word lists, the one to draw from first. */
  async wordLists(): Promise<readonly (readonly string[])[]> {
    const { locale } = await this.#ports.host.system.preferences();
    return [this.#list(locale ?? 'ru'), ...Object.values(this.#ports.words)];
  }

  #allWords(): readonly string[] {
    return Object.values(this.#ports.words).flat();
  }

  async #sealers(vaultKeyBytes: Bytes): Promise<Sealers> {
    const sealers = await deriveSealers(vaultKeyBytes, this.#ports.random);
    vaultKeyBytes.fill(0);
    return sealers;
  }

  /** The device file, or, where it is gone or does not open, a new device: counters of the old one are never used again. */
  async #device(header: Header, sealers: Sealers): Promise<{ device: Device; renewed: boolean }> {
    const { files } = this.#ports.host;
    const bytes = await files.read('device.bkv');
    if (bytes !== null) {
      try {
        const device = await openDevice(bytes as Bytes, sealers.device, header.vault);
        return { device, renewed: false };
      } catch (error) {
        if (error instanceof CodedError && error.code === 'vault/newer') throw error;
      }
    }
    const device = await newDevice({ name: '', idleMinutes: IDLE_MINUTES }, this.#ports.random);
    await files.replace('device.bkv', await sealDevice(device, sealers.device, header.vault));
    return { device, renewed: true };
  }

  async #enter(
    open: { header: Header; sealers: Sealers; device: Device },
    onProgress: (progress: Progress) => void,
  ): Promise<readonly Notice[]> {
    const { vault: vaultId, demo } = open.header;
    const notices = await this.#ports.enter(
      {
        vaultId,
        demo,
        sealers: open.sealers,
        device: open.device,
        keepDevice: (next) => {
          const { name, idleMinutes, machine } = this.#mustBeOpen().device;
          const kept = { ...next, name, idleMinutes };
          return this.#replaceDevice(open, machine === undefined ? kept : { ...kept, machine });
        },
      },
      onProgress,
    );
    this.#open = open;
    await this.touch();
    this.#watch();
    const opening = ++this.#openings;
    const isStillOpen = () => this.#open !== null && this.#openings === opening;
    void watchMachine(this.#ports.host.system, isStillOpen, (event) => {
      if (event === 'space' || event === 'file') return this.#ports.told(event);
      // Whoever holds text puts it on the disk and locks; who does not answer is not waited for.
      this.#ports.locking();
      setTimeout(() => isStillOpen() && void this.#leave('machine'), LAST_WORDS);
    });
    return notices;
  }

  async lock(): Promise<void> {
    await this.#leave('asked');
  }

  async #leave(reason: LockReason): Promise<void> {
    if (this.#open === null) return;
    this.#open = null;
    clearTimeout(this.#timer);
    await this.#ports.leave(reason);
  }

  /** Renews the claim and locks after the idle time. The clock may jump over a suspend: then it locks at once. */
  #watch(): void {
    this.#timer = setTimeout(async () => {
      const open = this.#open;
      if (open === null) return;
      const idle = this.#ports.clock.now() - this.#touched;
      if (idle < 0 || idle >= open.device.idleMinutes * 60_000) return this.#leave('idle');
      if (!(await this.#claim())) return this.#leave('lost-claim');
      this.#watch();
    }, CLAIM_EVERY);
  }

  async touch(): Promise<void> {
    this.#touched = this.#ports.clock.now();
  }

  #claim(): Promise<boolean> {
    // A host that does not answer for a moment has not given the vault to somebody else.
    return this.#ports.host.system.claim(this.#window);
  }

  async #mustClaim(): Promise<void> {
    if (await this.#claim()) return;
    throw new CodedError('host/busy', 'Another window holds this vault.');
  }

  #mustBeOpen(): { header: Header; sealers: Sealers; device: Device } {
    if (this.#open === null) throw new CodedError('vault/locked', 'The vault is locked.');
    return this.#open;
  }

  /** Remembers what was just written, unless the vault was locked meanwhile: its keys must not come back by this. */
  #takeIn(written: { readonly header?: Header; readonly device?: Device }): void {
    if (this.#open !== null) this.#open = { ...this.#open, ...written };
  }

  async #replaceHeader(header: Header): Promise<void> {
    this.#mustBeOpen();
    await this.#ports.host.files.replace('header.bkv', serialiseHeader(header));
    this.#takeIn({ header });
    this.#ports.headerReplaced();
  }

  async changePassphrase(secret: Secret, passphrase: string): Promise<void> {
    const { derive, clock, random } = this.#ports;
    const { header } = this.#mustBeOpen();
    if (normalisePassphrase(passphrase).length < LEAST_PASSPHRASE) {
      throw new CodedError('vault/passphrase-short', 'A passphrase needs at least ten characters.', {
        least: LEAST_PASSPHRASE,
      });
    }
    const { vaultKeyBytes: key } = await this.#openSlot(header, secret);
    const params = await calibrate(derive, clock);
    await this.#replaceHeader(await replacePassphrase(header, key, { passphrase, params }, derive, random));
    key.fill(0);
  }

  async renewRecoveryWords(passphrase: string): Promise<{ recoveryWords: readonly string[] }> {
    const { derive, random, host } = this.#ports;
    const { header } = this.#mustBeOpen();
    const { vaultKeyBytes: key } = await this.#openSlot(header, { passphrase });
    const { locale } = await host.system.preferences();
    const words = drawWords(this.#list(locale ?? 'ru'), RECOVERY_WORDS, random);
    await this.#replaceHeader(await replaceWords(header, key, words, derive, random));
    key.fill(0);
    return { recoveryWords: words };
  }

  async keychain(): Promise<KeychainState> {
    return keychainState(this.#ports.host.keychain, this.#open?.header ?? (await this.#readHeader()));
  }

  turnKeychainOn(passphrase: string): Promise<void> {
    return this.#changeWay(passphrase, addWay);
  }

  turnKeychainOff(passphrase: string): Promise<void> {
    return this.#changeWay(passphrase, removeWay);
  }

  async #changeWay(passphrase: string, change: typeof addWay): Promise<void> {
    const { host, random } = this.#ports;
    const { header } = this.#mustBeOpen();
    const opened = await this.#openSlot(header, { passphrase });
    const replaceHeader = (next: Header) => this.#replaceHeader(next);
    await change({ keychain: host.keychain, random, replaceHeader }, header, opened);
    opened.vaultKeyBytes.fill(0);
  }

  async wipe(): Promise<void> {
    await this.#mustClaim();
    const header = this.#open?.header ?? (await this.#readHeader());
    // The slots first: whatever fails afterwards, the vault can no longer be opened.
    await this.#ports.host.system.wipe();
    await this.#leave('asked');
    await this.#ports.forgetCache(header.vault);
  }

  async profile(): Promise<Profile> {
    const { header, device } = this.#mustBeOpen();
    return {
      member: device.member,
      name: device.name,
      device: device.device,
      demo: header.demo,
      recoveryConfirmed: wordsConfirmed(header),
      idleMinutes: device.idleMinutes,
    };
  }

  async setProfile(edit: Partial<Pick<Profile, 'name' | 'idleMinutes'>>): Promise<void> {
    const open = this.#mustBeOpen();
    const device: Device = {
      ...open.device,
      ...(edit.name === undefined ? {} : { name: edit.name.trim() }),
      ...(edit.idleMinutes === undefined
        ? {}
        : { idleMinutes: Math.min(120, Math.max(1, Math.round(edit.idleMinutes))) }),
    };
    await this.#replaceDevice(open, device);
    if (device.name !== open.device.name) await this.#ports.rename(device.member, device.name);
  }

  async #replaceDevice(open: { header: Header; sealers: Sealers }, device: Device): Promise<void> {
    const sealed = await sealDevice(device, open.sealers.device, open.header.vault);
    await this.#ports.host.files.replace('device.bkv', sealed);
    this.#takeIn({ device });
  }
}
