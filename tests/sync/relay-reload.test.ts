import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { publisherOf } from '@/core/sync/relay-subjects.ts';
import { initRelay } from '../../build/relay/init.ts';
import { DEVICES, type DeviceFile, describeWithNats, RelayServers } from '../support/relay-servers.ts';
import { askInfo, contentOf, lineOf, targetOf } from './relay-clients.ts';
import { noise } from './target-suite.ts';

const NEWCOMER = '0123456789abcdefghjkmnpqrd';
const LONG = 200_000;

/** As an administrator does after the first time. */
const initAgain = (servers: RelayServers) =>
  initRelay({
    from: join(servers.folder, 'team.json'),
    out: servers.out,
    servers: [],
    settings: {},
    spares: 1,
    revoke: [],
  });

/** Puts a file with one server, and gets it back. */
async function worksWith(device: DeviceFile, url: string): Promise<boolean> {
  const target = await targetOf(device, [url]);
  const path = `served/${device.device}.bkp`;
  await target.put(path, noise(100, 5));
  const names = (await target.list('served')).map(({ name }) => name);
  return names.includes(`${device.device}.bkp`) && (await contentOf(target, path)) !== null;
}

const works = (device: DeviceFile, url: string) =>
  expect
    .poll(async () => worksWith(device, url).catch((error) => error.code), { timeout: 30_000 })
    .toBe(true);

/** `accounts.conf` as it was when all devices were users of the account that holds the stream. */
async function oneAccountForAll(servers: RelayServers): Promise<string> {
  const { admin, holders } = JSON.parse(await readFile(join(servers.out, 'relay.json'), 'utf8'));
  const user = (key: string, publish: string[]) =>
    `{ nkey: ${key}, permissions: { publish: { allow: ${JSON.stringify(publish)} }, ` +
    `subscribe: { allow: ["_INBOX.${publisherOf(key)}.>"] } } }`;
  const users = (holders as { key: string }[]).map(({ key }) =>
    user(key, [`baikoo.${publisherOf(key)}.>`, '$JS.API.STREAM.INFO.BAIKOO', '$JS.API.DIRECT.GET.BAIKOO']),
  );
  return [
    'accounts {',
    `  BAIKOO { jetstream: enabled, users: [ ${[user(admin, ['$JS.API.>']), ...users].join(', ')} ] }`,
    '  SYS {}',
    '}',
    'system_account: SYS',
    '',
  ].join('\n');
}

describeWithNats('a relay that is running', () => {
  test.each([1, 3] as const)(
    'serves a new device after a reload, and who is connected notices nothing: %s',
    async (count) => {
      const servers = await RelayServers.start({ servers: count });
      onTestFinished(() => servers.close());
      const old = await servers.device(DEVICES[0] as string);
      const connected = await Promise.all(old.urls.map((url) => lineOf({ ...old, urls: [url] })));

      const path = join(servers.folder, 'team.json');
      const team = JSON.parse(await readFile(path, 'utf8'));
      team.devices.push({ device: NEWCOMER, member: 'Жаңы мүчө' });
      await writeFile(path, JSON.stringify(team));
      expect(await initAgain(servers)).toMatchObject({ added: [NEWCOMER] });
      for (const name of servers.names) await servers.reload(name);

      const device = await servers.device(NEWCOMER);
      for (const url of device.urls) await works(device, url);
      // These lines are the ones from before.
      for (const line of connected) expect(await askInfo(line)).toHaveProperty('created');
      for (const url of old.urls) await works(old, url);
    },
    LONG,
  );

  test('is carried over from one account for all devices, with what they put there', async () => {
    const servers = await RelayServers.start();
    onTestFinished(() => servers.close());
    await servers.kill('n1');
    await writeFile(join(servers.out, 'n1', 'accounts.conf'), await oneAccountForAll(servers));
    await servers.run('n1');
    const device = await servers.device(DEVICES[0] as string);
    const line = await lineOf(device);
    await line.request(`baikoo.${publisherOf(device.key)}.f.before.pack.bkp`, noise(100, 9), {
      patience: 5_000,
    });

    await initAgain(servers);
    await servers.reload('n1');
    await works(device, device.urls[0] as string);
    expect(await contentOf(await targetOf(device), 'before/pack.bkp')).toEqual(noise(100, 9));
  });
});
