import {
  copyFile,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { FoundCopy } from '@/core/host/contract.ts';
import type { Disk } from '../../electron/disk.ts';
import { faultyDisk } from './faulty-disk.ts';
import { filesBelow, openDriver, scratchFolder } from './scratch.ts';

const text = (value: string) => new TextEncoder().encode(value);
const DEVICE = text('the device file for a copy');

/** A stick with a copy of two generations, and a new computer beside it. */
async function stickAndNewComputer(disk?: Disk) {
  const folder = await scratchFolder();
  const stick = join(folder, 'stick');
  await mkdir(stick);
  const old = await openDriver(join(folder, 'old'));
  await old.call('files.replace', 'header.bkv', text('key slots'));
  await old.call('safety.choose', stick);
  for (const [at, words] of [
    [0, 'first'],
    [5, ' second'],
  ] as const) {
    await old.call('journal.append', at, text(words));
    await old.call('safety.copy', at + words.length, DEVICE);
  }
  await old.close();
  const home = join(folder, 'new');
  const computer = await openDriver(home, disk);
  onTestFinished(() => computer.close());
  const [name] = await readdir(stick);
  const root = join(stick, name as string);
  const find = (path = stick) => computer.call('safety.find', path) as Promise<FoundCopy[]>;
  const restore = async () => computer.code('safety.restore', (await find())[0]?.id);
  const generation = (letter: 'a' | 'b') => join(root, letter);
  return { folder, stick, root, home, computer, find, restore, generation };
}

const contents = async (home: string) =>
  Object.fromEntries(
    await Promise.all(
      (await filesBelow(home)).map(async (name) => [name, await readFile(join(home, name), 'utf8')]),
    ),
  );

const WHOLE = {
  'device.bkv': 'the device file for a copy',
  'header.bkv': 'key slots',
  'journal.bkj': 'first second',
};

describe('restoring from a safety copy', () => {
  test('finds the latest whole one from the stick, its own folder or a generation’s, and puts it in place', async () => {
    const { stick, root, home, find, restore, generation } = await stickAndNewComputer();
    for (const path of [stick, root, generation('a'), generation('b')]) {
      expect(await find(path)).toEqual([
        { id: expect.any(String), at: expect.any(String), journalBytes: 12, state: 'whole', before: false },
      ]);
    }
    expect(await filesBelow(home)).toEqual([]);
    expect(await restore()).toBeNull();
    expect(await contents(home)).toEqual(WHOLE);
    expect(await restore()).toBe('vault/exists');
  });

  test('reads a found copy by stretches, and nothing else', async () => {
    const { computer, find } = await stickAndNewComputer();
    const [found] = await find();
    const read = async (what: string, from: number, length: number) =>
      new TextDecoder().decode(
        (await computer.call('safety.readFound', found?.id, what, from, length)) as Uint8Array,
      );
    expect(await read('journal', 6, 100)).toBe('second');
    expect(await read('header', 0, 3)).toBe('key');
    expect(await computer.code('safety.readFound', '0'.repeat(12), 'journal', 0, 1)).toBe('safety/none');
    expect(await computer.code('safety.readFound', found?.id, '../journal', 0, 1)).toBe('host/refused');
  });

  test.each([
    ['a byte of the journal changed', (b: string) => writeFile(join(b, 'journal.bkj'), 'first sEcond')],
    ['the journal cut off', (b: string) => truncate(join(b, 'journal.bkj'), 11)],
    ['the key slots gone', (b: string) => rm(join(b, 'header.bkv'))],
    ['a byte of the device file changed', (b: string) => writeFile(join(b, 'device.bkv'), 'another')],
  ])('takes the one before where the latest has %s, and says so', async (_, spoil) => {
    const { home, find, restore, generation } = await stickAndNewComputer();
    await spoil(generation('b'));
    expect(await find()).toMatchObject([{ state: 'whole', before: true, journalBytes: 5 }]);
    expect(await restore()).toBeNull();
    expect(await contents(home)).toEqual({ ...WHOLE, 'journal.bkj': 'first' });
  });

  test('refuses a copy that is torn through and through, and changes nothing', async () => {
    const { home, find, restore, generation } = await stickAndNewComputer();
    for (const letter of ['a', 'b'] as const) await truncate(join(generation(letter), 'journal.bkj'), 3);
    expect(await find()).toMatchObject([{ state: 'torn' }]);
    expect(await restore()).toBe('safety/none');
    expect(await filesBelow(home)).toEqual([]);
  });

  test('refuses a copy that a later version wrote', async () => {
    const { find, generation, restore } = await stickAndNewComputer();
    for (const letter of ['a', 'b'] as const) {
      await writeFile(join(generation(letter), 'copy.json'), JSON.stringify({ v: 2, whatever: true }));
    }
    expect(await find()).toMatchObject([{ state: 'newer', at: '' }]);
    expect(await restore()).toBe('safety/none');
  });

  test.each([
    'null',
    '[]',
    '{"v":1}',
    '{"v":1,"at":"2021-04-12T08:00:00.000Z","bytes":-1,"header":"","journal":"","device":""}',
    `{"v":1,"at":"${'9'.repeat(50)}","bytes":1}`,
    '\u0000',
  ])('sees no copy behind the manifest %s', async (manifest) => {
    const { find, generation } = await stickAndNewComputer();
    for (const letter of ['a', 'b'] as const)
      await writeFile(join(generation(letter), 'copy.json'), manifest);
    expect(await find()).toEqual([]);
  });

  test('follows no link out of the folder', async () => {
    const { folder, stick, root, find, generation } = await stickAndNewComputer();
    const elsewhere = join(folder, 'elsewhere');
    await rename(root, elsewhere);
    await symlink(elsewhere, root);
    expect(await find()).toEqual([]);
    await rm(root);
    await mkdir(root);
    await symlink(join(elsewhere, 'b'), generation('b'));
    expect(await find(stick)).toEqual([]);
    await rm(generation('b'));
    await mkdir(generation('b'));
    for (const name of ['copy.json', 'header.bkv', 'device.bkv']) {
      await copyFile(join(elsewhere, 'b', name), join(generation('b'), name));
    }
    await symlink(join(elsewhere, 'b', 'journal.bkj'), join(generation('b'), 'journal.bkj'));
    expect(await find(stick)).toMatchObject([{ state: 'torn' }]);
  });

  test('sets a journal without key slots aside, and keeps it', async () => {
    const { home, restore } = await stickAndNewComputer();
    await writeFile(join(home, 'journal.bkj'), 'of a wiped vault');
    expect(await restore()).toBeNull();
    expect(await contents(home)).toEqual({ ...WHOLE, 'journal-aside-0-1.bkj': 'of a wiped vault' });
  });

  test('leaves a vault or none, whichever step fails, and goes through the next time', async () => {
    for (let failing = 1; ; failing++) {
      let steps = 0;
      let armed = false;
      const disk = faultyDisk(() => (armed && ++steps === failing ? { errno: 'ENOSPC', half: true } : null));
      const { home, computer, find, restore } = await stickAndNewComputer(disk);
      const [found] = await find();
      armed = true;
      const code = await computer.code('safety.restore', found?.id);
      armed = false;
      if (steps < failing) {
        expect(failing).toBeGreaterThan(10);
        return;
      }
      const there = await contents(home);
      if ('header.bkv' in there) expect(there).toEqual(WHOLE);
      else {
        expect(code).toBe('disk/full');
        expect(await restore()).toBeNull();
        expect(await contents(home)).toEqual(WHOLE);
      }
    }
  });

  test('is refused when the stick changes between the look and the copying', async () => {
    const { home, computer, find, generation } = await stickAndNewComputer();
    const [found] = await find();
    await writeFile(join(generation('b'), 'journal.bkj'), 'first sEcond');
    expect(await computer.code('safety.restore', found?.id)).toBe('safety/differs');
    expect(await filesBelow(home)).toEqual([]);
    expect(await computer.code('safety.find', join(generation('b'), 'no'))).toBe('safety/absent');
  });
});
