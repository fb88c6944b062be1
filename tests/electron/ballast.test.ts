import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { SpaceState } from '@/core/host/contract.ts';
import { BALLAST } from '../../electron/ballast.ts';
import type { Disk } from '../../electron/disk.ts';
import { mountSmallDisk } from '../support/small-disk.ts';
import { faultyDisk } from './faulty-disk.ts';
import { filesBelow, openDriver, scratchFolder } from './scratch.ts';

const MiB = 1024 * 1024;
const text = (value: string) => new TextEncoder().encode(value);

/** A vault on a drive that says how much room it has, and is full until the ballast goes when `full` is set. */
async function start() {
  const home = join(await scratchFolder(), 'home');
  const drive = { free: (1024 * MiB) as number | null, full: false };
  const faulty = faultyDisk((step) =>
    drive.full && step === 'write' ? { errno: 'ENOSPC', half: true } : null,
  );
  const disk: Disk = {
    ...faulty,
    freeBytes: async () => {
      if (drive.free === null) throw new Error('The system does not say.');
      return drive.free;
    },
    async unlink(path) {
      await faulty.unlink(path);
      if (path.endsWith(BALLAST)) drive.full = false;
    },
  };
  const vault = await openDriver(home, disk);
  onTestFinished(() => vault.close());
  await vault.call('files.replace', 'header.bkv', text('key slots'));
  const look = () => vault.call('space.look') as Promise<SpaceState>;
  const hasBallast = async () => (await filesBelow(home)).includes(BALLAST);
  return { home, drive, vault, look, hasBallast };
}

describe('the ballast', () => {
  test('takes eight megabytes of the drive in earnest, which no file system can squeeze', async () => {
    const { home, look } = await start();
    expect(await look()).toEqual({ freeBytes: 1024 * MiB, level: 'enough' });
    const bytes = await readFile(join(home, BALLAST));
    expect(bytes.length).toBe(8 * MiB);
    expect(deflateRawSync(bytes).length).toBeGreaterThanOrEqual(bytes.length);
    const { blocks } = await stat(join(home, BALLAST));
    if (process.platform !== 'win32') expect(blocks * 512).toBeGreaterThanOrEqual(8 * MiB);
  });

  test('is made only where as much room again stays, and a drive without it is full', async () => {
    const { drive, look, hasBallast } = await start();
    drive.free = 16 * MiB - 1;
    expect(await look()).toEqual({ freeBytes: 16 * MiB - 1, level: 'full' });
    expect(await hasBallast()).toBe(false);
    drive.free = 16 * MiB;
    expect(await look()).toEqual({ freeBytes: 16 * MiB, level: 'low' });
    expect(await hasBallast()).toBe(true);
  });

  test('is not asked for where the system does not say how much room there is', async () => {
    const { drive, look, hasBallast } = await start();
    drive.free = null;
    expect(await look()).toEqual({ freeBytes: null, level: 'enough' });
    expect(await hasBallast()).toBe(true);
  });

  test('warns below a quarter of a gigabyte', async () => {
    const { drive, look } = await start();
    drive.free = 256 * MiB;
    expect((await look()).level).toBe('enough');
    drive.free = 256 * MiB - 1;
    expect((await look()).level).toBe('low');
  });

  test('leaves nothing half-made behind on a drive that turns out to be full', async () => {
    const { home, drive, look } = await start();
    drive.full = true;
    expect((await look()).level).toBe('full');
    expect(await filesBelow(home)).toEqual(['header.bkv']);
  });

  test('is not put into a folder that holds no vault', async () => {
    const { home, vault, look, hasBallast } = await start();
    await vault.call('files.remove', 'header.bkv');
    expect((await look()).level).toBe('enough');
    expect(await filesBelow(home)).toEqual([]);
    await vault.call('files.replace', 'header.bkv', text('key slots'));
    await look();
    expect(await hasBallast()).toBe(true);
  });

  test.each([
    ['a draft', 'files.replace', ['drafts/abc.bkd', text('last words')]],
    ['an observation', 'journal.append', [0, text('last words')]],
  ] as const)('goes over board for %s on a full disk, and the window is told', async (_, channel, params) => {
    const { home, drive, vault, look, hasBallast } = await start();
    await look();
    drive.full = true;
    drive.free = 8 * MiB;
    const told = vault.call('system.nextEvent');
    await vault.call(channel, ...params);
    expect(await told).toBe('space');
    expect(await hasBallast()).toBe(false);
    const file = channel === 'journal.append' ? 'journal.bkj' : join('drafts', 'abc.bkd');
    expect(await readFile(join(home, file), 'utf8')).toBe('last words');
    expect((await look()).level).toBe('full');
    // Once there is room it comes back by itself.
    drive.free = 1024 * MiB;
    expect((await look()).level).toBe('enough');
    expect(await hasBallast()).toBe(true);
  });

  test('is kept for text: more than a megabyte at once does not get it', async () => {
    const { drive, vault, look, hasBallast } = await start();
    await look();
    drive.full = true;
    expect(await vault.code('journal.append', 0, new Uint8Array(MiB + 1))).toBe('disk/full');
    expect(await vault.call('journal.size')).toBe(0);
    expect(await hasBallast()).toBe(true);
    await vault.call('journal.append', 0, new Uint8Array(MiB));
    expect(await hasBallast()).toBe(false);
  });

  test('is there for one time only: without it a full disk is said', async () => {
    const { drive, vault, look } = await start();
    await look();
    drive.full = true;
    await vault.call('journal.append', 0, text('first'));
    drive.full = true;
    expect(await vault.code('journal.append', 5, text('second'))).toBe('disk/full');
    expect(await vault.call('journal.size')).toBe(5);
  });
});

test('on a file system that is really full, the ballast lets a last save through, and is made anew', async ({
  skip,
}) => {
  const small = mountSmallDisk(40);
  if (small === null) return skip('no loop mount is permitted here');
  onTestFinished(() => small.remove());
  const vault = await openDriver(join(small.folder, 'home'));
  onTestFinished(() => vault.close());
  const look = () => vault.call('space.look') as Promise<SpaceState>;
  const save = async (what: string) => {
    const at = (await vault.call('journal.size')) as number;
    return vault.call('journal.append', at, text(what.padEnd(50_000, '.')));
  };
  await vault.call('files.replace', 'header.bkv', text('key slots'));
  expect((await look()).level).toBe('low');
  await save('before');
  small.fill();
  await save('last words');
  expect((await look()).level).toBe('full');
  small.fill();
  expect(await vault.code('journal.append', 100_000, text('x'.repeat(50_000)))).toBe('disk/full');
  const journal = (await vault.call('journal.read', 0, 200_000)) as Uint8Array;
  expect(journal.length).toBe(100_000);
  expect(new TextDecoder().decode(journal.subarray(50_000, 50_010))).toBe('last words');
  small.empty();
  expect((await look()).level).toBe('low');
  expect((await stat(join(small.folder, 'home', BALLAST))).size).toBe(8 * MiB);
});
