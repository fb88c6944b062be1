import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { MOST_LISTED } from '@/core/host/contract.ts';
import { sharedDisk } from '../../electron/disk.ts';
import { openLocalHost } from '../../electron/local-host.ts';
import { listVolumes } from '../../electron/volumes.ts';
import { mountSmallDisk } from '../support/small-disk.ts';
import { type Fault, faultyDisk, type Step } from './faulty-disk.ts';
import { type Driver, filesBelow, openDriver, scratchFolder, WINDOW } from './scratch.ts';

const PACK = new Uint8Array(5000).fill(7);

async function open(): Promise<{ host: Driver; folder: string; grant: string; home: string }> {
  const scratch = await scratchFolder();
  const [home, folder] = [join(scratch, 'home'), join(scratch, 'stick')];
  await mkdir(folder);
  const host = await openDriver(home);
  onTestFinished(() => host.close());
  return { host, folder, home, grant: await grantOf(host, folder) };
}

const grantOf = async (host: Driver, folder: string): Promise<string> =>
  ((await host.call('folders.open', folder)) as { id: string }).id;

const namesIn = async (host: Driver, grant: string, folder: string): Promise<string[]> =>
  ((await host.call('folders.list', grant, folder)) as { name: string }[]).map(({ name }) => name).sort();

describe('a granted folder', () => {
  test('takes, lists and gives files, with nothing else left behind', async () => {
    const { host, folder, grant } = await open();
    await host.call('folders.write', grant, 'team/device/head.bkh', PACK);
    await host.call('folders.write', grant, 'team/device/head.bkh', PACK.slice(1));
    expect(await host.call('folders.list', grant, 'team/device')).toEqual([{ name: 'head.bkh', size: 4999 }]);
    expect(await host.call('folders.read', grant, 'team/device/head.bkh', 5000)).toEqual(PACK.slice(1));
    expect(await host.code('folders.read', grant, 'team/device/head.bkh', 4998)).toBe('target/too-long');
    expect(await filesBelow(folder)).toEqual([join('team', 'device', 'head.bkh')]);
  });

  test.each([
    'secret.txt',
    'team/secret.txt',
    '../outside.bkp',
    'team/../../outside.bkp',
    'link/outside.bkp',
    'outside-link.bkp',
    'journal.bkj:stream.bkp',
    'team\\x.bkp',
    'con.bkp',
    '.hidden.bkp',
    'x.bkp/y.bkp',
    'x.bkd',
    'x.bkp ',
    'x.bkp\0.txt',
  ])('neither gives nor takes %j', async (name) => {
    const { host, folder, grant } = await open();
    await mkdir(join(folder, 'team'));
    await writeFile(join(folder, 'secret.txt'), 'secret');
    await writeFile(join(folder, 'team', 'secret.txt'), 'secret');
    await writeFile(join(folder, '..', 'outside.bkp'), 'secret');
    await symlink('..', join(folder, 'link'));
    await symlink(join('..', 'outside.bkp'), join(folder, 'outside-link.bkp'));
    await writeFile(join(folder, 'x.bkp'), 'ours');
    const before = await filesBelow(join(folder, '..'));
    expect(await host.code('folders.read', grant, name, 100)).toBe('host/refused');
    expect(await host.code('folders.write', grant, name, PACK)).toBe('host/refused');
    expect(await filesBelow(join(folder, '..'))).toEqual(before);
    expect(await readFile(join(folder, '..', 'outside.bkp'), 'utf8')).toBe('secret');
  });

  test('shows files with our suffixes and nothing else of what is there', async () => {
    const { host, folder, grant } = await open();
    const team = join(folder, 'team');
    await mkdir(join(team, 'folder.bkp'), { recursive: true });
    await symlink('passport.jpg', join(team, 'link.bkp'));
    for (const name of [
      'passport.jpg',
      'head.bkh',
      'HEAD (1).BKH',
      'копия head.bkh',
      '.head.bkh',
      'a?b.bkp',
      'x.bkp.exe',
    ])
      await writeFile(join(team, name), 'x');
    expect(await namesIn(host, grant, 'team')).toEqual(['HEAD (1).BKH', 'head.bkh', 'копия head.bkh']);
  });

  test('shows at most so many names of a folder that somebody filled', async () => {
    const { host, folder, grant } = await open();
    await mkdir(join(folder, 'team'));
    const names = Array.from({ length: MOST_LISTED + 50 }, (_, i) => join(folder, 'team', `${i}.bkp`));
    for (const name of names) await writeFile(name, '');
    expect(await namesIn(host, grant, 'team')).toHaveLength(MOST_LISTED);
  });

  test('finds what a camera or a Mac has renamed, and writes into its place', async () => {
    const { host, folder, grant } = await open();
    await mkdir(join(folder, 'TEAM', 'Device'), { recursive: true });
    await writeFile(join(folder, 'TEAM', 'Device', 'HEAD.BKH'), 'old');
    await writeFile(join(folder, 'TEAM', 'Device', 'кой (2).bkp'.normalize('NFD')), 'two');
    expect(await namesIn(host, grant, 'team/device')).toEqual(['HEAD.BKH', 'кой (2).bkp']);
    expect(await host.call('folders.read', grant, 'team/device/head.bkh', 10)).toEqual(
      new Uint8Array(Buffer.from('old')),
    );
    expect(await host.call('folders.read', grant, 'team/device/кой (2).bkp', 10)).toEqual(
      new Uint8Array(Buffer.from('two')),
    );
    await host.call('folders.write', grant, 'team/device/head.bkh', PACK);
    await host.call('folders.write', grant, 'team/device/new.bkp', PACK);
    expect(await readFile(join(folder, 'TEAM', 'Device', 'HEAD.BKH'))).toEqual(Buffer.from(PACK));
    expect((await readdir(join(folder, 'TEAM', 'Device'))).length).toBe(3);
    expect(await readdir(folder)).toEqual(['TEAM']);
  });

  test("is not the vault's folder, however it is reached", async () => {
    const { host, home, folder } = await open();
    await host.call('journal.append', 0, PACK);
    await mkdir(join(home, 'drafts'), { recursive: true });
    await symlink(home, join(folder, 'to-the-vault'));
    for (const root of [home, join(home, 'drafts'), join(folder, 'to-the-vault'), `${home}/.`]) {
      expect(await host.code('folders.open', root), root).toBe('host/refused');
    }
    const above = await grantOf(host, join(home, '..'));
    expect(await host.code('folders.read', above, 'home/journal.bkj', 10_000)).toBe('host/refused');
    expect(await host.code('folders.write', above, 'home/journal.bkj', PACK)).toBe('host/refused');
    expect(await host.code('folders.write', above, 'home/new.bkp', PACK)).toBe('host/refused');
    expect(await host.call('journal.size')).toBe(PACK.length);
  });

  test.each(['stick', './stick', '\\\\server\\share', '\\\\?\\C:\\x', '/a\nb'])(
    'is not named by %j',
    async (path) => {
      const { host } = await open();
      expect(await host.code('folders.open', path)).toBe('host/refused');
    },
  );

  test('is not made by asking for it, and a file is none', async () => {
    const { host, folder } = await open();
    expect(await host.code('folders.open', join(folder, 'nowhere'))).toBe('target/unreachable');
    await writeFile(join(folder, 'file'), '');
    expect(await host.code('folders.open', join(folder, 'file'))).toBe('target/unreachable');
    expect(await readdir(folder)).toEqual(['file']);
  });

  test('keeps its grant for the next time it is opened', async () => {
    const { host, folder, grant } = await open();
    expect(await grantOf(host, folder)).toBe(grant);
    expect(await host.code('folders.list', 'another', 'team')).toBe('host/refused');
  });

  test('removes what an interrupted write of the same file left, and of no other', async () => {
    const { host, folder, grant } = await open();
    await mkdir(join(folder, 'team'));
    const id = '01234567-89ab-cdef-0123-456789abcdef';
    for (const name of [`.head.bkh.${id}.tmp`, `.other.bkh.${id}.tmp`])
      await writeFile(join(folder, 'team', name), 'part');
    await host.call('folders.write', grant, 'team/head.bkh', PACK);
    expect((await readdir(join(folder, 'team'))).sort()).toEqual([`.other.bkh.${id}.tmp`, 'head.bkh']);
  });

  test('takes the same file from several laptops that write it at the same time, as a share does', async () => {
    const { host, folder, grant } = await open();
    const others = await Promise.all(
      [1, 2, 3].map(async (n) => {
        const other = await openDriver(join(folder, '..', `home${n}`));
        onTestFinished(() => other.close());
        return { host: other, grant: await grantOf(other, folder) };
      }),
    );
    const versions = [{ host, grant }, ...others].map((laptop, n) => ({
      ...laptop,
      bytes: new Uint8Array(50_000).fill(n),
    }));
    for (let round = 0; round < 25; round++) {
      await Promise.all(
        versions.map((one) => one.host.call('folders.write', one.grant, 'team/log.bkl', one.bytes)),
      );
      const there = new Uint8Array(await readFile(join(folder, 'team', 'log.bkl')));
      expect(versions.some(({ bytes }) => Buffer.compare(bytes, there) === 0)).toBe(true);
    }
    expect(await filesBelow(folder)).toEqual([join('team', 'log.bkl')]);
  });

  test('asks the person where, and answers with nothing where there is no window', async () => {
    const { host } = await open();
    expect(await host.call('folders.choose')).toBeNull();
    const asking = await openLocalHost({
      home: join(await scratchFolder(), 'home'),
      saveAs: async () => null,
      chooseFolder: async () => '/media/stick',
      about: { mode: 'electron', version: '0' },
    });
    onTestFinished(() => asking.close());
    await asking.dispatch({ channel: 'system.claim', claim: null, params: [WINDOW] });
    expect(await asking.dispatch({ channel: 'folders.choose', claim: WINDOW, params: [] })).toEqual({
      ok: true,
      value: '/media/stick',
    });
  });
});

describe('a write that fails', () => {
  async function failing(decide: (step: Step) => Fault) {
    const scratch = await scratchFolder();
    const folder = join(scratch, 'stick');
    await mkdir(folder);
    let armed = false;
    const host = await openDriver(
      join(scratch, 'home'),
      undefined,
      undefined,
      faultyDisk((step) => (armed ? decide(step) : null)),
    );
    onTestFinished(() => host.close());
    const grant = await grantOf(host, folder);
    await host.call('folders.write', grant, 'team/head.bkh', PACK.slice(2));
    armed = true;
    return { host, grant, folder };
  }

  test.each([
    ['open', 'ENOSPC', 'disk/full'],
    ['write', 'ENOSPC', 'disk/full'],
    ['write', 'EIO', 'target/unreachable'],
    ['sync', 'EIO', 'target/unreachable'],
    ['rename', 'EACCES', 'disk/read-only'],
    ['rename', 'ENODEV', 'target/unreachable'],
    ['open', 'EROFS', 'disk/read-only'],
    ['write', 'EFBIG', 'disk/failed'],
  ] as const)('in its %s with %s is %s and leaves the file as it was', async (step, errno, code) => {
    const { host, grant, folder } = await failing((now) => (now === step ? { errno, half: true } : null));
    expect(await host.code('folders.write', grant, 'team/head.bkh', PACK)).toBe(code);
    expect(await readFile(join(folder, 'team', 'head.bkh'))).toEqual(Buffer.from(PACK.slice(2)));
    expect(await readdir(join(folder, 'team'))).toEqual(['head.bkh']);
  });

  test('is one whose bytes read back otherwise', async () => {
    const scratch = await scratchFolder();
    const folder = join(scratch, 'stick');
    await mkdir(folder);
    let lying = false;
    const host = await openDriver(join(scratch, 'home'), undefined, undefined, {
      ...sharedDisk,
      async open(path, how) {
        const file = await sharedDisk.open(path, how);
        const flip = (bytes: Uint8Array) => bytes.map((byte, i) => (i === 3 ? byte ^ 1 : byte));
        return { ...file, write: (bytes, at) => file.write(lying ? flip(bytes) : bytes, at) };
      },
    });
    onTestFinished(() => host.close());
    const grant = await grantOf(host, folder);
    await host.call('folders.write', grant, 'team/head.bkh', PACK.slice(2));
    lying = true;
    expect(await host.code('folders.write', grant, 'team/head.bkh', PACK)).toBe('target/unreachable');
    expect(await readFile(join(folder, 'team', 'head.bkh'))).toEqual(Buffer.from(PACK.slice(2)));
  });
});

/** What needs the rights to mount; said, not passed over, where this machine does not give them. */
const small = mountSmallDisk(4);
describe.skipIf(small === null)('a stick (where file systems may be mounted)', () => {
  const stick = () => {
    const disk = mountSmallDisk(4);
    if (disk === null) throw new Error('It could be mounted a moment ago.');
    onTestFinished(() => disk.remove());
    return disk;
  };
  small?.remove();

  test('that is pulled out is gone, and nothing is written where it was', async () => {
    const host = await openDriver(join(await scratchFolder(), 'home'));
    onTestFinished(() => host.close());
    const disk = stick();
    const grant = await grantOf(host, disk.folder);
    await host.call('folders.write', grant, 'team/head.bkh', PACK);
    execFileSync('umount', ['-l', disk.folder]);
    for (const [channel, ...params] of [
      ['folders.write', 'team/head.bkh', PACK],
      ['folders.read', 'team/head.bkh', 10_000],
      ['folders.list', 'team'],
    ] as const) {
      expect(await host.code(channel, grant, ...params), channel).toBe('target/unreachable');
    }
    expect(await readdir(disk.folder)).toEqual([]);
    execFileSync('mount', ['-o', 'loop', join(disk.folder, '..', 'image'), disk.folder]);
    const again = await grantOf(host, disk.folder);
    expect(await host.call('folders.read', again, 'team/head.bkh', 10_000)).toEqual(PACK);
  });

  test('that is pulled out in the middle of a write keeps the old file', async () => {
    const disk = stick();
    let pull = false;
    const host = await openDriver(join(await scratchFolder(), 'home'), undefined, undefined, {
      ...sharedDisk,
      async open(path, how) {
        const file = await sharedDisk.open(path, how);
        return {
          ...file,
          async write(bytes, at) {
            if (pull) execFileSync('umount', ['-l', disk.folder]);
            pull = false;
            return file.write(bytes, at);
          },
        };
      },
    });
    onTestFinished(() => host.close());
    const grant = await grantOf(host, disk.folder);
    await host.call('folders.write', grant, 'team/head.bkh', PACK.slice(2));
    pull = true;
    expect(await host.code('folders.write', grant, 'team/head.bkh', PACK)).toBe('target/unreachable');
    expect(await readdir(disk.folder)).toEqual([]);
    execFileSync('mount', ['-o', 'loop', join(disk.folder, '..', 'image'), disk.folder]);
    const again = await grantOf(host, disk.folder);
    expect(await host.call('folders.read', again, 'team/head.bkh', 10_000)).toEqual(PACK.slice(2));
    // What the pulled stick still holds of the broken write goes with the next one.
    await host.call('folders.write', again, 'team/head.bkh', PACK);
    expect(await readdir(join(disk.folder, 'team'))).toEqual(['head.bkh']);
  });

  test('that is full says so, keeps what it holds and takes more once there is room', async () => {
    const host = await openDriver(join(await scratchFolder(), 'home'));
    onTestFinished(() => host.close());
    const disk = stick();
    const grant = await grantOf(host, disk.folder);
    await host.call('folders.write', grant, 'team/head.bkh', PACK);
    disk.fill();
    expect(await host.code('folders.write', grant, 'team/head.bkh', new Uint8Array(60_000))).toBe(
      'disk/full',
    );
    expect(await host.call('folders.read', grant, 'team/head.bkh', 10_000)).toEqual(PACK);
    disk.empty();
    await host.call('folders.write', grant, 'team/head.bkh', new Uint8Array(60_000));
  });
});

describe('the drives that come and go', () => {
  const machine = (platform: NodeJS.Platform, env = {}) => ({ platform, env, homedir: '/home/a' });

  test('are on Linux what is mounted where sticks are mounted', async () => {
    const table = [
      '/dev/sda1 / ext4 rw 0 0',
      'proc /proc proc rw 0 0',
      '/dev/sdb1 /media/aygul/USB\\040\\320\\244\\320\\273\\320\\265\\321\\210 vfat rw 0 0',
      '/dev/sdc1 /run/media/aygul/STICK exfat rw 0 0',
      '/dev/sdc1 /run/media/aygul/STICK exfat rw 0 0',
      'x /media/broken\\377 vfat rw 0 0',
      'nonsense',
      '',
    ].join('\n');
    expect(await listVolumes(sharedDisk, machine('linux'), async () => table)).toEqual([
      { path: '/media/aygul/USB Флеш', name: 'USB Флеш' },
      { path: '/run/media/aygul/STICK', name: 'STICK' },
    ]);
  });

  test("are on Windows and on a Mac all but the system's own", async () => {
    const looksLike = (folders: readonly string[]) => ({
      ...sharedDisk,
      list: async () => ['Macintosh HD', 'STICK'],
      kind: async (path: string) => (folders.includes(path) ? ('folder' as const) : null),
    });
    const windows = await listVolumes(looksLike(['C:\\', 'E:\\']), machine('win32', { SystemDrive: 'C:' }));
    expect(windows.map(({ path }) => path)).toEqual(['E:\\']);
    const mac = await listVolumes(looksLike(['/Volumes/STICK']), machine('darwin'));
    expect(mac).toEqual([{ path: '/Volumes/STICK', name: 'STICK' }]);
  });

  test('are none where they cannot be looked at', async () => {
    const failed = async () => Promise.reject(new Error('no such file'));
    expect(await listVolumes(sharedDisk, machine('linux'), failed)).toEqual([]);
  });

  test('are on this machine what the host says', async () => {
    const { host } = await open();
    expect(Array.isArray(await host.call('folders.volumes'))).toBe(true);
  });
});
