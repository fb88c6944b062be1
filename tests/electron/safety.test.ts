import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SafetyState } from '@/core/host/contract.ts';
import { nodeDisk } from '../../electron/disk.ts';
import { faultyDisk, type Step } from './faulty-disk.ts';
import { filesBelow, openDriver, scratchFolder } from './scratch.ts';

const text = (value: string) => new TextEncoder().encode(value);

const DEVICE = text('the device file for a copy');

/** A vault with a header and a journal, and a stick to copy to. `broken` may fail any step of the disk. */
async function start(broken: (step: Step) => boolean = () => false) {
  const folder = await scratchFolder();
  const stick = join(folder, 'stick');
  const home = join(folder, 'home');
  await mkdir(stick);
  const disk = faultyDisk((step) => (broken(step) ? { errno: 'ENOSPC', half: true } : null));
  const vault = await openDriver(home, disk);
  await vault.call('files.replace', 'header.bkv', text('key slots'));
  await vault.call('journal.append', 0, text('first'));
  const append = async (more: string) => {
    const at = (await vault.call('journal.size')) as number;
    return vault.call('journal.append', at, text(more));
  };
  const copy = async () => vault.call('safety.copy', await vault.call('journal.size'), DEVICE);
  const read = async (what: string) =>
    new TextDecoder().decode((await vault.call('safety.read', what, 0, 1000)) as Uint8Array);
  const state = () => vault.call('safety.state') as Promise<SafetyState>;
  return { folder, home, stick, vault, append, copy, read, state };
}

describe('the safety copy', () => {
  test('holds key slots, journal and the device file it is given, not the vault’s own, and says how old it is', async () => {
    const { stick, vault, copy, read, state } = await start();
    await vault.call('files.replace', 'device.bkv', text('the device file in use'));
    expect(await state()).toMatchObject({ folder: null, present: false, at: null });
    expect(await vault.call('safety.choose', stick)).toBe(true);
    expect(await state()).toMatchObject({ folder: stick, present: true, sameDrive: true, at: null });
    const before = new Date().toISOString();
    await copy();
    expect(await Promise.all(['header', 'journal', 'device'].map(read))).toEqual([
      'key slots',
      'first',
      'the device file for a copy',
    ]);
    const { at, journalBytes } = await state();
    expect((at as string) >= before).toBe(true);
    expect(journalBytes).toBe(5);
    const names = (await filesBelow(stick)).map((name) => name.replaceAll('\\', '/'));
    expect(names.map((name) => name.replace(/^baikoo-copy-[0-9a-f]{12}/, 'copy'))).toEqual([
      'copy/a/copy.json',
      'copy/a/device.bkv',
      'copy/a/header.bkv',
      'copy/a/journal.bkj',
    ]);
    await vault.close();
  });

  test('keeps the one before it, and goes over the older of the two', async () => {
    const { stick, vault, append, copy, read } = await start();
    await vault.call('safety.choose', stick);
    for (const [more, whole] of [
      ['', 'first'],
      [' second', 'first second'],
      [' third', 'first second third'],
    ] as const) {
      if (more !== '') await append(more);
      await copy();
      expect(await read('journal')).toBe(whole);
    }
    const journals = (await filesBelow(stick)).filter((name) => name.endsWith('.bkj'));
    const contents = await Promise.all(journals.map((name) => readFile(join(stick, name), 'utf8')));
    expect(contents.sort()).toEqual(['first second', 'first second third']);
    await vault.close();
  });

  test('is never worse than the copy before, whichever step of the next one fails', async () => {
    for (let failing = 1; ; failing++) {
      let steps = 0;
      let armed = false;
      const { stick, vault, append, copy, read } = await start(() => armed && ++steps === failing);
      await vault.call('safety.choose', stick);
      await copy();
      await append(' second');
      armed = true;
      const failed = await copy().then(
        () => null,
        (error: Error) => error.message,
      );
      armed = false;
      if (steps < failing) {
        expect(failing).toBeGreaterThan(10);
        await vault.close();
        return;
      }
      // A failure after the manifest is in place leaves the new copy; before it, the old one. Never half of either.
      expect(['first', 'first second']).toContain(await read('journal'));
      expect(await read('header')).toBe('key slots');
      if (failed !== null) expect(failed).toBe('disk/full');
      await copy();
      expect(await read('journal')).toBe('first second');
      await vault.close();
    }
  });

  test('that reads back otherwise than it was written does not count', async () => {
    const { folder, stick } = await start();
    const lying = {
      ...nodeDisk,
      async open(path: string, how: 'read' | 'update' | 'create') {
        const file = await nodeDisk.open(path, how);
        if (!path.startsWith(stick) || !path.endsWith('.bkj') || how !== 'read') return file;
        return {
          ...file,
          async read(into: Uint8Array, at: number) {
            const read = await file.read(into, at);
            if (read > 0) into[0] = (into[0] as number) ^ 1;
            return read;
          },
        };
      },
    };
    const vault = await openDriver(join(folder, 'other'), lying);
    await vault.call('files.replace', 'header.bkv', text('key slots'));
    await vault.call('journal.append', 0, text('first'));
    await vault.call('safety.choose', stick);
    expect(await vault.code('safety.copy', 5, DEVICE)).toBe('safety/differs');
    expect(await vault.code('safety.read', 'journal', 0, 5)).toBe('safety/none');
    expect(await vault.call('safety.state')).toMatchObject({ at: null });
    await vault.close();
  });

  test('waits for a stick that is in a drawer, and finds its copies when it is back', async () => {
    const { folder, stick, vault, copy, read, state } = await start();
    await vault.call('safety.choose', stick);
    await copy();
    await rename(stick, join(folder, 'drawer'));
    expect(await state()).toMatchObject({ folder: stick, present: false, at: expect.any(String) });
    expect(await vault.code('safety.copy', 5, DEVICE)).toBe('safety/absent');
    await rename(join(folder, 'drawer'), stick);
    expect(await read('journal')).toBe('first');
    await vault.close();
  });

  test('is refused inside the vault, where nothing is, and beyond the end of the journal', async () => {
    const { home, stick, vault } = await start();
    await writeFile(join(stick, 'file'), '');
    expect(await vault.code('safety.copy', 0, DEVICE)).toBe('safety/no-folder');
    for (const path of [join(stick, 'no'), join(stick, 'file'), 'relative']) {
      expect(await vault.code('safety.choose', path), path).toBe('safety/absent');
    }
    expect(await vault.code('safety.choose', home)).toBe('safety/inside');
    await vault.call('safety.choose', stick);
    expect(await vault.code('safety.copy', 6, DEVICE)).toBe('journal/moved');
    await vault.call('safety.stop');
    expect(await vault.code('safety.copy', 5, DEVICE)).toBe('safety/no-folder');
    await vault.close();
  });
});
