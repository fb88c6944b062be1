import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Host } from '@/core/host/host.ts';
import { openTarget } from '@/core/sync/open-target.ts';
import { systemRandom } from '@/core/vault/primitives.ts';
import { type Disk, sharedDisk } from '../../electron/disk.ts';
import { openRealHost } from '../support/real-host.ts';
import { mountSmallDisk, type SmallDisk } from '../support/small-disk.ts';
import { codeOfFailure, describeTarget, noise } from './target-suite.ts';

const openFolder = (host: Host, path: string) => openTarget(host, { kind: 'folder', path }, systemRandom);

describeTarget('a folder', async () => {
  const scratch = await mkdtemp(join(tmpdir(), 'baikoo-folder-'));
  const folder = join(scratch, 'Обмен');
  await mkdir(folder);
  const { host, close } = await openRealHost();
  return {
    open: () => openFolder(host, folder),
    async plant(path, bytes) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), bytes);
    },
    remove: (path) => rm(join(folder, path), { recursive: true }),
    cut: () => rename(folder, join(scratch, 'elsewhere')),
    mend: () => rename(join(scratch, 'elsewhere'), folder),
    // Whether a file system is read-only depends on more than this machine may permit; see the stick below.
    makeReadOnly: null,
    makeWritable: null,
    async close() {
      await close();
      await rm(scratch, { recursive: true });
    },
  };
});

const probe = mountSmallDisk(4);
probe?.remove();

describe.skipIf(probe === null)('where file systems may be mounted', () => {
  const mount = (): SmallDisk => {
    const disk = mountSmallDisk(24);
    if (disk === null) throw new Error('It could be mounted a moment ago.');
    return disk;
  };
  const image = (disk: SmallDisk) => join(disk.folder, '..', 'image');

  describeTarget('a stick', async () => {
    const disk = mount();
    const { host, close } = await openRealHost();
    return {
      open: () => openFolder(host, disk.folder),
      async plant(path, bytes) {
        await mkdir(dirname(join(disk.folder, path)), { recursive: true });
        await writeFile(join(disk.folder, path), bytes);
      },
      remove: (path) => rm(join(disk.folder, path), { recursive: true }),
      // As when it is pulled out: the folder that it was mounted on stays, empty, and belongs to another drive.
      async cut() {
        execFileSync('umount', ['-l', disk.folder]);
        await rename(disk.folder, `${disk.folder}-gone`);
      },
      async mend() {
        await rename(`${disk.folder}-gone`, disk.folder);
        execFileSync('mount', ['-o', 'loop', image(disk), disk.folder]);
      },
      makeReadOnly: async () => void execFileSync('mount', ['-o', 'remount,ro', disk.folder]),
      makeWritable: async () => void execFileSync('mount', ['-o', 'remount,rw', disk.folder]),
      async close() {
        await close();
        disk.remove();
      },
    };
  });

  test('a stick that was pulled out gets nothing written where it was, and goes on once it is back', async () => {
    const disk = mount();
    onTestFinished(() => disk.remove());
    const { host, close } = await openRealHost();
    onTestFinished(close);
    const target = await openFolder(host, disk.folder);
    await target.put('team/device/head.bkh', noise(100));
    execFileSync('umount', ['-l', disk.folder]);
    expect(await codeOfFailure(target.put('team/device/head.bkh', noise(100, 2)))).toBe('target/unreachable');
    expect(await readdir(disk.folder)).toEqual([]);
    execFileSync('mount', ['-o', 'loop', image(disk), disk.folder]);
    expect(await target.get('team/device/head.bkh', { maxBytes: 100 })).toMatchObject({ bytes: noise(100) });
  });

  test('a full stick is full, and takes more once there is room', async () => {
    const disk = mount();
    onTestFinished(() => disk.remove());
    const { host, close } = await openRealHost();
    onTestFinished(close);
    const target = await openFolder(host, disk.folder);
    await target.put('team/head.bkh', noise(100));
    disk.fill();
    expect(await codeOfFailure(target.put('team/pack.bkp', noise(60_000)))).toBe('target/full');
    expect(await codeOfFailure(target.put('team/head.bkh', noise(60_000)))).toBe('target/full');
    expect(await target.get('team/head.bkh', { maxBytes: 100 })).toMatchObject({ bytes: noise(100) });
    disk.empty();
    await target.put('team/pack.bkp', noise(60_000));
  });
});

describe('opening a folder', () => {
  test.each([
    ['/nowhere/at/all', 'target/unreachable'],
    ['relative', 'target/failed'],
    ['\\\\server\\share', 'target/failed'],
  ])('%s is %s', async (path, code) => {
    const { host, close } = await openRealHost();
    onTestFinished(close);
    expect(await codeOfFailure(openFolder(host, path))).toBe(code);
  });
});

describe('a file of a folder that cannot be read', () => {
  /** A drive whose files called `bad.bkp` lie on a bad sector; `gone` when it was pulled out since. */
  const failing = (state: { gone: boolean }): Disk => ({
    ...sharedDisk,
    drive: async (path) => (await sharedDisk.drive(path)) + (state.gone ? 1 : 0),
    async open(path, how) {
      const file = await sharedDisk.open(path, how);
      if (!path.endsWith('bad.bkp')) return file;
      return { ...file, read: () => Promise.reject(Object.assign(new Error('i/o error'), { code: 'EIO' })) };
    },
  });

  test('for a bad sector has failed while the drive is there, and is out of reach once it is not', async () => {
    const state = { gone: false };
    const { host, close } = await openRealHost(failing(state));
    onTestFinished(close);
    const scratch = await mkdtemp(join(tmpdir(), 'baikoo-folder-'));
    onTestFinished(() => rm(scratch, { recursive: true }));
    const target = await openFolder(host, scratch);
    await target.put('team/good.bkp', noise(10));
    await writeFile(join(scratch, 'team/bad.bkp'), noise(10));
    const bad = () => codeOfFailure(target.get('team/bad.bkp', { maxBytes: 100 }));
    expect(await bad()).toBe('target/failed');
    expect(await target.get('team/good.bkp', { maxBytes: 100 })).toMatchObject({ state: 'found' });
    state.gone = true;
    expect(await bad()).toBe('target/unreachable');
  });
});
