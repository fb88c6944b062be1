import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { chmod, copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  ADMIN_FILE,
  LEAST_GIGABYTES,
  makeKey,
  newKeys,
  type RelayServer,
  type RelaySettings,
  type RelayState,
  readState,
  urlsOf,
  writeState,
} from './relay-state.ts';
import { accountsConfig, serverConfig } from './server-config.ts';
import { readTeamFile } from './team-file.ts';
import { replacePrivately } from './write-privately.ts';

export interface InitOptions {
  /** The team as the app exports it. */
  readonly from: string;
  readonly out: string;
  /** None: those of the run before. */
  readonly servers: readonly RelayServer[];
  /** What is left out is as in the run before, at first as in `FIRST`. */
  readonly settings: Partial<RelaySettings>;
  readonly spares: number;
  /** Devices (or `spare-n`) whose keys are of no use from now on. */
  readonly revoke: readonly string[];
}

const FIRST: RelaySettings = {
  plain: false,
  certificate: null,
  home: '/etc/baikoo-relay',
  store: '/var/lib/baikoo-relay',
  maxGigabytes: 20,
  flushAlways: true,
};

const MOST_SPARES = 1_000;

/** What was done, without a secret in it. */
export interface InitReport {
  readonly servers: readonly string[];
  readonly added: readonly string[];
  readonly kept: number;
  readonly revoked: readonly string[];
  readonly fingerprint: string | null;
  /** Devices that know the relay by other addresses or another fingerprint, and must be given both anew. */
  readonly outdated: readonly string[];
}

/**
 * Writes a relay's files into `out`: `relay.json`, the administrator's key, a folder for each server and a file for each
 * new device. Keys that were made before stay; a device that is no longer in the team keeps its key until it is revoked.
 */
export async function initRelay(options: InitOptions): Promise<InitReport> {
  const team = await readTeamFile(options.from);
  await mkdir(join(options.out, 'devices'), { recursive: true, mode: 0o700 });
  await chmod(options.out, 0o700);
  const before = await readState(options.out);
  if (before !== null && before.workspace !== team.workspace) {
    throw new Error(`${options.out} holds the relay of another workspace.`);
  }
  const servers = options.servers.length > 0 ? options.servers : (before?.servers ?? []);
  const settings = { ...FIRST, ...before?.settings, ...options.settings };
  checkServers(servers, settings.plain);
  // Before anything is written: the next run could not read it again.
  if (!(settings.maxGigabytes >= LEAST_GIGABYTES)) {
    throw new Error(`--max-gb must be ${LEAST_GIGABYTES} or more.`);
  }
  if (!Number.isInteger(options.spares) || options.spares < 0 || options.spares > MOST_SPARES) {
    throw new Error(`--spare must be a whole number up to ${MOST_SPARES}.`);
  }

  const own = settings.plain ? null : await ownCertificate(options.out, servers);
  const revoked = new Set([...(before?.revoked ?? []), ...keysOf(before, options.revoke)]);
  const known = before?.holders ?? [];
  const added = newKeys(team, known, options.spares);
  const state: RelayState = {
    v: 1,
    workspace: team.workspace,
    name: team.name,
    servers: [...servers],
    fingerprint: settings.certificate === null ? (own?.fingerprint ?? null) : null,
    settings,
    admin: before?.admin ?? (await makeAdmin(options.out)),
    holders: [...known, ...added.map(({ holder }) => holder)],
    revoked: [...revoked],
  };

  // Before the state that knows them: a run that is cut off in between makes them anew.
  for (const { holder, seed } of added) {
    const file = { ...holder, urls: urlsOf(state), seed, fingerprint: state.fingerprint };
    await replacePrivately(
      join(options.out, 'devices', `${holder.device}.json`),
      `${JSON.stringify(file, null, 2)}\n`,
    );
  }
  const isValid = ({ key }: { readonly key: string }): boolean => !revoked.has(key);
  await writeState(options.out, state);
  for (const server of servers) await writeServer(options, state, server, own);
  return {
    servers: servers.map(({ name }) => join(options.out, name)),
    added: added.map(({ holder }) => holder.device),
    kept: known.length,
    revoked: options.revoke,
    fingerprint: state.fingerprint,
    outdated:
      before === null || isKnownAs(before, state) ? [] : known.filter(isValid).map(({ device }) => device),
  };
}

/** True when who knew the relay as it was finds it as it is, and believes it. */
const isKnownAs = (before: RelayState, now: RelayState): boolean =>
  before.fingerprint === now.fingerprint && urlsOf(before).join(' ') === urlsOf(now).join(' ');

function checkServers(servers: readonly RelayServer[], plain: boolean): void {
  if (![1, 3, 5].includes(servers.length)) {
    throw new Error('A relay has one server, or three or five: an even number tolerates no more losses.');
  }
  if (new Set(servers.map(({ name }) => name)).size !== servers.length) {
    throw new Error('Two servers have one name.');
  }
  if (plain && servers.some(({ host }) => host !== '127.0.0.1')) {
    throw new Error('Without TLS a relay is for this machine only: its servers must be at 127.0.0.1.');
  }
}

function keysOf(before: RelayState | null, devices: readonly string[]): string[] {
  return devices.map((device) => {
    const holder = before?.holders.find((known) => known.device === device);
    if (!holder) throw new Error(`${device} has no key that could be revoked.`);
    return holder.key;
  });
}

async function makeAdmin(folder: string): Promise<string> {
  const { key, seed } = makeKey();
  await replacePrivately(join(folder, ADMIN_FILE), `${seed}\n`);
  return key;
}

interface OwnCertificate {
  readonly cert: string;
  readonly key: string;
  readonly fingerprint: string;
}

/** One certificate for all servers, so that a person compares one fingerprint; made anew when the hosts are others. */
async function ownCertificate(folder: string, servers: readonly RelayServer[]): Promise<OwnCertificate> {
  const cert = join(folder, 'relay.crt');
  const key = join(folder, 'relay.key');
  const names = servers.map(({ host }) => `${isAddress(host) ? 'IP' : 'DNS'}:${host}`);
  if (!(await covers(cert, servers))) {
    await promisify(execFile)('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '3650'],
      ...['-subj', '/CN=baikoo-relay', '-addext', `subjectAltName=${[...new Set(names)].join(',')}`],
      ...['-keyout', key, '-out', cert],
    ]);
    await chmod(key, 0o600);
  }
  const fingerprint = new X509Certificate(await readFile(cert)).fingerprint256
    .replaceAll(':', '')
    .toLowerCase();
  return { cert, key, fingerprint };
}

const isAddress = (host: string): boolean => /^[0-9.]+$/.test(host);

async function covers(cert: string, servers: readonly RelayServer[]): Promise<boolean> {
  try {
    const certificate = new X509Certificate(await readFile(cert));
    return servers.every(({ host }) => {
      const covered = isAddress(host) ? certificate.checkIP(host) : certificate.checkHost(host);
      return covered !== undefined;
    });
  } catch {
    return false;
  }
}

async function writeServer(
  options: InitOptions,
  state: RelayState,
  server: RelayServer,
  own: OwnCertificate | null,
): Promise<void> {
  const folder = join(options.out, server.name);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await replacePrivately(join(folder, 'nats-server.conf'), serverConfig(state, server));
  const holders = state.holders.filter(({ key }) => !state.revoked.includes(key));
  await replacePrivately(join(folder, 'accounts.conf'), accountsConfig({ ...state, holders }));
  if (own === null) return;
  for (const file of [own.cert, own.key]) {
    const copy = join(folder, file === own.cert ? 'relay.crt' : 'relay.key');
    await copyFile(file, copy);
    await chmod(copy, 0o600);
  }
}
