import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createStream } from '../../build/relay/create-stream.ts';
import { type InitReport, initRelay } from '../../build/relay/init.ts';

/**
 * Real nats-servers on this machine, with the configuration that `npm run relay -- init` writes for them. Where there
 * is no nats-server, tests that need one are reported as not run; with BAIKOO_REQUIRE_SERVERS=1 (continuous
 * integration) they fail instead.
 */
const found = spawnSync('nats-server', ['--version']).status === 0;
const required = process.env.BAIKOO_REQUIRE_SERVERS === '1';

/** Tests that need a nats-server. */
export function describeWithNats(name: string, body: () => void): void {
  if (found) {
    describe(name, body);
    return;
  }
  describe(name, () => {
    if (required) {
      test('runs against a nats-server', () =>
        expect.fail('nats-server is required here (BAIKOO_REQUIRE_SERVERS=1) and was not found.'));
      return;
    }
    console.warn(`NOT RUN, nats-server was not found: ${name}`);
    test.skip('runs against a nats-server [NOT RUN: no nats-server]', () => undefined);
  });
}

export interface DeviceFile {
  readonly device: string;
  readonly key: string;
  readonly seed: string;
  readonly urls: readonly string[];
  readonly fingerprint: string | null;
}

export interface RelayServersOptions {
  readonly servers?: 1 | 3;
  readonly maxGigabytes?: number;
  readonly tls?: boolean;
  /** The team's workspace and devices; made up ones by default. */
  readonly team?: { readonly workspace: string; readonly devices: readonly string[] };
}

export const DEVICES = ['a', 'b', 'c'].map((last) => `0123456789abcdefghjkmnpqr${last}`);

export class RelayServers {
  readonly folder: string;
  readonly names: readonly string[];
  readonly report: InitReport;
  readonly #running = new Map<string, ChildProcess>();

  private constructor(folder: string, names: readonly string[], report: InitReport) {
    this.folder = folder;
    this.names = names;
    this.report = report;
  }

  /** Running, with its stream. */
  static async start({
    servers = 1,
    maxGigabytes = 0.2,
    tls = false,
    team: { workspace, devices } = { workspace: '0123456789abcdefghjkmnpqrs', devices: DEVICES },
  }: RelayServersOptions = {}): Promise<RelayServers> {
    const folder = await mkdtemp(join(tmpdir(), 'baikoo-relay-'));
    const team = {
      workspace,
      name: 'Байкоо',
      devices: devices.map((device, i) => ({ device, member: `Мүчө ${i + 1}` })),
    };
    await writeFile(join(folder, 'team.json'), JSON.stringify(team));
    const names = ['n1', 'n2', 'n3'].slice(0, servers);
    const ports = await freePorts(2 * servers);
    const report = await initRelay({
      from: join(folder, 'team.json'),
      out: join(folder, 'out'),
      servers: names.map((name, i) => ({
        name,
        host: '127.0.0.1',
        socketPort: ports[2 * i] as number,
        routePort: ports[2 * i + 1] as number,
      })),
      settings: {
        plain: !tls,
        home: join(folder, 'out', 'n1'),
        store: join(folder, 'store-{name}'),
        maxGigabytes,
        flushAlways: false,
      },
      spares: 1,
      revoke: [],
    });
    const made = new RelayServers(folder, names, report);
    try {
      await Promise.all(names.map((name) => made.run(name)));
      await made.makeStream();
      return made;
    } catch (error) {
      await made.close();
      throw error;
    }
  }

  get out(): string {
    return join(this.folder, 'out');
  }

  async device(which: string): Promise<DeviceFile> {
    return JSON.parse(await readFile(join(this.out, 'devices', `${which}.json`), 'utf8'));
  }

  /** A cluster needs some seconds to agree on who leads, and says so. */
  async makeStream(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await createStream(this.out);
        return;
      } catch (error) {
        if (attempt === 20) throw error;
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  }

  /** Starts one server and waits until it is ready for connections. */
  async run(name: string): Promise<void> {
    const server = spawn('nats-server', ['-c', join(this.out, name, 'nats-server.conf')], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#running.set(name, server);
    let log = '';
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.once('exit', (code) => reject(new Error(`nats-server ended with ${code}: ${log}`)));
      server.stderr?.on('data', (chunk: Buffer) => {
        if (log.length < 50_000) log += chunk.toString();
        if (log.includes('Server is ready')) resolve();
      });
    });
  }

  /** As a power cut does. */
  async kill(name: string): Promise<void> {
    const server = this.#running.get(name);
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const gone = once(server, 'exit');
    server.kill('SIGKILL');
    await gone;
  }

  /** Takes in what `init` has written anew: twice, as the service of docs/relay.md does. */
  async reload(name: string): Promise<void> {
    this.#running.get(name)?.kill('SIGHUP');
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    this.#running.get(name)?.kill('SIGHUP');
  }

  async close(): Promise<void> {
    await Promise.all(this.names.map((name) => this.kill(name)));
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
