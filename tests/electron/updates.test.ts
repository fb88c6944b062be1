import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readPublisher } from '../../build/publisher.ts';
import { signRelease } from '../../build/sign-release.ts';
import { nodeDisk } from '../../electron/disk.ts';
import { MAX_ANSWER } from '../../electron/updates/fetch-release.ts';
import { compareVersions } from '../../electron/updates/release.ts';
import { createUpdates, type Updates, type UpdatesOptions } from '../../electron/updates/updates.ts';
import {
  CERTIFICATE,
  PUBLISHER_KEY,
  release,
  signed,
  startUpdateServer,
  type UpdateServer,
} from '../support/update-server.ts';
import { faultyDisk } from './faulty-disk.ts';
import { openDriver } from './scratch.ts';

const DAY = 86_400_000;
let home: string;
let server: UpdateServer;
let now: number;
const opened: Updates[] = [];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'baikoo-updates-'));
  server = await startUpdateServer();
  now = Date.parse('2026-03-01T10:00:00Z');
});
afterEach(async () => {
  for (const updates of opened.splice(0)) updates.close();
  await server.stop();
  await rm(home, { recursive: true, force: true });
});

function open(edit: Partial<UpdatesOptions> = {}): Updates {
  const updates = createUpdates({
    disk: nodeDisk,
    home,
    version: '1.2.0',
    source: server.source,
    ca: CERTIFICATE,
    today: () => now,
    ...edit,
  });
  opened.push(updates);
  return updates;
}

const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => null,
    (error: { code?: string }) => error.code,
  );

describe('asking about a newer version', () => {
  test('tells the version that the publisher signed, its notes and its hashes, and remembers them', async () => {
    const state = await open().host.check();
    expect(state).toEqual({
      source: { server: new URL(server.source.manifest).host, page: server.source.page },
      weekly: false,
      checkedAt: '2026-03-01T10:00:00.000Z',
      newer: release('9.0.0'),
    });
    await server.stop();
    expect(await open().host.state()).toEqual(state);
  });

  test('says that nothing is newer when the same version is announced', async () => {
    server.answer = (response) => response.end(signed(release('1.2.0')));
    expect(await open().host.check()).toMatchObject({ newer: null, checkedAt: '2026-03-01T10:00:00.000Z' });
  });

  test('forgets the newer version once it runs', async () => {
    await open().host.check();
    expect(await open({ version: '9.0.0' }).host.state()).toMatchObject({ newer: null });
  });

  test('reveals to the server nothing but the question', async () => {
    await open().host.check();
    const [request] = server.requests;
    expect(request?.method).toBe('GET');
    expect(request?.url).toBe('/baikoo/release.json');
    expect(request?.headers).toEqual({
      accept: 'application/json',
      host: new URL(server.source.manifest).host,
      connection: 'close',
    });
  });

  test('asks once when asked twice at a time', async () => {
    const { host } = open();
    await Promise.all([host.check(), host.check()]);
    expect(server.requests.length).toBe(1);
  });

  test('lets a newer program add to a release', async () => {
    server.answer = (response) => response.end(signed({ ...release('2.0.0'), urgency: 'high' }));
    expect((await open().host.check()).newer).toEqual(release('2.0.0'));
  });
});

describe('what is refused, and leaves everything as it was', () => {
  const answers: readonly (readonly [string, string, (server: UpdateServer) => void])[] = [
    [
      'update/bad-signature',
      'a stranger’s signature',
      (to) => {
        to.answer = (r) => r.end(signed(release('9.0.0'), { key: 'stranger' }));
      },
    ],
    [
      'update/bad-signature',
      'a signature made for something else',
      (to) => {
        to.answer = (r) => r.end(signed(release('9.0.0'), { context: 'baikoo pack 1\n' }));
      },
    ],
    [
      'update/bad-signature',
      'a release edited after it was signed',
      (to) => {
        to.answer = (r) => r.end(signed(release('9.0.0')).replace('9.0.0', '9.0.1'));
      },
    ],
    [
      'update/rollback',
      'a version older than the one that runs',
      (to) => {
        to.answer = (r) => r.end(signed(release('1.1.9')));
      },
    ],
    [
      'update/unreadable',
      'a signed release of another shape',
      (to) => {
        to.answer = (r) => r.end(signed({ version: '9.0.0' }));
      },
    ],
    [
      'update/unreadable',
      'a version that is not three numbers',
      (to) => {
        to.answer = (r) => r.end(signed(release('9.0.0-beta')));
      },
    ],
    [
      'update/unreadable',
      'a page in the place of a release',
      (to) => {
        to.answer = (r) => r.end('<h1>Log in to the network</h1>');
      },
    ],
    [
      'update/unreadable',
      'an empty answer',
      (to) => {
        to.answer = (r) => r.end();
      },
    ],
    [
      'update/unreadable',
      'a missing release',
      (to) => {
        to.answer = (r) => {
          r.statusCode = 404;
          r.end();
        };
      },
    ],
    [
      'update/redirected',
      'another address',
      (to) => {
        to.answer = (r) => {
          r.writeHead(302, { location: to.source.manifest });
          r.end();
        };
      },
    ],
    [
      'update/too-large',
      'an answer that says how large it is',
      (to) => {
        to.answer = (r) => r.end('x'.repeat(MAX_ANSWER + 1));
      },
    ],
    [
      'update/too-large',
      'an answer without an end',
      (to) => {
        to.answer = (r) => {
          const pour = () => {
            while (!r.destroyed && r.write('x'.repeat(4096)));
          };
          r.on('drain', pour);
          pour();
        };
      },
    ],
    [
      'update/unreachable',
      'an answer that breaks off',
      (to) => {
        to.answer = (r) => {
          r.writeHead(200, { 'content-length': 500 });
          r.write('{');
          setImmediate(() => r.destroy());
        };
      },
    ],
  ];
  test.each(answers)('%s: %s', async (code, _what, prepare) => {
    const { host } = open();
    prepare(server);
    expect(await codeOf(host.check())).toBe(code);
    expect(server.requests.length).toBe(1);
    expect(await host.state()).toMatchObject({ checkedAt: null, newer: null });
  });

  test('a version older than one announced before, in this run or an earlier one', async () => {
    await open().host.check();
    server.answer = (response) => response.end(signed(release('8.9.9')));
    const { host } = open();
    expect(await codeOf(host.check())).toBe('update/rollback');
    expect((await host.state()).newer?.version).toBe('9.0.0');
  });

  test('a server whose certificate nobody vouches for, or which has another name', async () => {
    const plain = createUpdates({ disk: nodeDisk, home, version: '1.2.0', source: server.source });
    opened.push(plain);
    expect(await codeOf(plain.host.check())).toBe('update/unreachable');
    const elsewhere = {
      ...server.source,
      manifest: server.source.manifest.replace('localhost', '127.0.0.1'),
    };
    expect(await codeOf(open({ source: elsewhere }).host.check())).toBe('update/unreachable');
    expect(server.requests.length).toBe(0);
  });

  test('a server that is not there', async () => {
    await server.stop();
    expect(await codeOf(open().host.check())).toBe('update/unreachable');
  });

  test('every question, in a build without an update address', async () => {
    const { host } = open({ source: null });
    expect(await host.state()).toEqual({ source: null, weekly: false, checkedAt: null, newer: null });
    expect(await codeOf(host.check())).toBe('update/no-source');
  });
});

describe('asking by itself', () => {
  test('never happens unless somebody turned it on', async () => {
    await open().askIfDue();
    expect(server.requests.length).toBe(0);
  });

  test('happens once a week when turned on, in later runs as well', async () => {
    const first = open();
    await first.host.setWeekly(true);
    await expect.poll(async () => (await first.host.state()).newer?.version).toBe('9.0.0');
    now += 6 * DAY;
    await open().askIfDue();
    expect(server.requests.length).toBe(1);
    now += DAY;
    const later = open();
    await later.askIfDue();
    expect(server.requests.length).toBe(2);
    expect(await later.host.state()).toMatchObject({ weekly: true, checkedAt: new Date(now).toISOString() });
    await later.host.setWeekly(false);
    now += 30 * DAY;
    await open().askIfDue();
    expect(server.requests.length).toBe(2);
  });

  test('tries again a day after it failed, without a word', async () => {
    server.answer = (response) => response.destroy();
    await writeFile(join(home, 'updates.json'), JSON.stringify({ weekly: true }));
    await open().askIfDue();
    now += DAY / 2;
    await open().askIfDue();
    expect(server.requests.length).toBe(1);
    now += DAY / 2;
    await open().askIfDue();
    expect(server.requests.length).toBe(2);
  });

  test('is not held up by a clock that was ahead', async () => {
    const { host, askIfDue } = open();
    await host.check();
    await host.setWeekly(true);
    now -= 400 * DAY;
    await askIfDue();
    expect(server.requests.length).toBe(2);
  });

  test('stops with the program', async () => {
    server.answer = () => {};
    const { host, close } = open();
    const asked = codeOf(host.check());
    await expect.poll(() => server.requests.length).toBe(1);
    close();
    expect(await asked).toBe('update/unreachable');
  });
});

describe('what is remembered', () => {
  test('is nothing when the file is not ours, and the weekly question is off', async () => {
    for (const text of ['', '{', '[]', 'null', '{"weekly":"yes","release":{"version":"99"},"checkedAt":7}']) {
      await writeFile(join(home, 'updates.json'), text);
      expect(await open().host.state()).toMatchObject({ weekly: false, checkedAt: null, newer: null });
    }
  });

  test('is not changed by a disk that refuses, which is said', async () => {
    const { host } = open({ disk: faultyDisk(() => ({ errno: 'EROFS' })) });
    expect(await codeOf(host.setWeekly(true))).toBe('disk/read-only');
    expect(await host.state()).toMatchObject({ weekly: false });
    // The answer itself is worth showing all the same.
    expect((await host.check()).newer?.version).toBe('9.0.0');
  });

  test('says nothing about the vault', async () => {
    await open().host.check();
    expect(Object.keys(JSON.parse(await readFile(join(home, 'updates.json'), 'utf8'))).sort()).toEqual([
      'askedAt',
      'checkedAt',
      'release',
      'weekly',
    ]);
  });
});

test('what the publisher’s own tool signs is taken', async () => {
  const installer = join(home, 'Baikoo-3.0.0-win-x64.exe');
  await writeFile(installer, 'an installer');
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const answer = await signRelease({
    version: '3.0.0',
    notes: release('3.0.0').notes,
    files: [installer],
    key: privateKey,
  });
  server.answer = (response) => response.end(answer);
  const key = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('base64');
  const { newer } = await open({ source: { ...server.source, key } }).host.check();
  const sha256 = createHash('sha256').update('an installer').digest('hex');
  expect(newer?.files).toEqual([{ name: 'Baikoo-3.0.0-win-x64.exe', bytes: 12, sha256 }]);
});

test('a question that waits for the line holds up no save', async () => {
  server.answer = () => {};
  const driver = await openDriver(home, undefined, { source: server.source, ca: CERTIFICATE });
  const asked = driver.code('updates.check');
  await expect.poll(() => server.requests.length).toBe(1);
  expect(await driver.call('journal.append', 0, new Uint8Array(3))).toBe(3);
  await driver.close();
  expect(await asked).toBe('update/unreachable');
});

test.each([
  ['1.2.3', '1.2.3', 0],
  ['1.2.3', '1.2.10', -1],
  ['1.10.0', '1.9.9', 1],
  ['2.0.0', '10.0.0', -1],
])('%s against %s', (a, b, sign) => {
  expect(Math.sign(compareVersions(a, b))).toBe(sign);
});

test('a release is not built with an update source that cannot be trusted', async () => {
  const path = join(home, 'publisher.json');
  const good = { manifest: 'https://x.example/r.json', page: 'https://x.example/', key: PUBLISHER_KEY };
  const read = async (updates: Readonly<Record<string, unknown>> | null) => {
    await writeFile(path, JSON.stringify({ maintainer: 'm', homepage: 'h', updates }));
    return readPublisher(path).updates;
  };
  expect(await read(good)).toEqual(good);
  expect(await read(null)).toBeNull();
  await expect(read({ ...good, manifest: 'http://x.example/r.json' })).rejects.toThrow('https');
  await expect(read({ ...good, page: 'http://x.example/' })).rejects.toThrow('https');
  await expect(read({ ...good, key: 'c2hvcnQ=' })).rejects.toThrow('32 bytes');
});
