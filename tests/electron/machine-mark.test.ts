import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { nodeDisk } from '../../electron/disk.ts';
import { type MachineParts, machineMark } from '../../electron/machine-mark.ts';
import { defaultHome, defaultMachineFolder } from '../../electron/places.ts';
import { filesBelow, scratchFolder } from './scratch.ts';

async function machine(edit: Partial<MachineParts> = {}) {
  const scratch = await scratchFolder();
  const parts: MachineParts = {
    disk: nodeDisk,
    home: join(scratch, 'home'),
    folder: join(scratch, 'state', 'baikoo'),
    volumes: async () => [],
    ...edit,
  };
  return { scratch, parts };
}

describe('the mark of a machine', () => {
  test('is made once, outside of the vault, and is the same ever after', async () => {
    const { scratch, parts } = await machine();
    const mark = await machineMark(parts);
    expect(mark).toMatch(/^[0-9a-f]{32}$/);
    expect(await machineMark({ ...parts, home: join(scratch, 'another vault') })).toBe(mark);
    expect(await filesBelow(scratch)).toEqual([join('state', 'baikoo', 'machine')]);
    const { parts: other } = await machine();
    expect(await machineMark(other)).not.toBe(mark);
  });

  test('that is damaged is another one from then on', async () => {
    const { parts } = await machine();
    const mark = await machineMark(parts);
    await writeFile(join(parts.folder as string, 'machine'), `${mark}\n`);
    const next = await machineMark(parts);
    expect(next).toMatch(/^[0-9a-f]{32}$/);
    expect(next).not.toBe(mark);
    expect(await readFile(join(parts.folder as string, 'machine'), 'utf8')).toBe(next);
  });

  test('is the drive’s where the vault is on one that comes and goes', async () => {
    const { scratch, parts } = await machine();
    const stick = (path: string) => machineMark({ ...parts, volumes: async () => [{ path }] });
    expect(await stick(scratch)).toBe('drive');
    expect(await stick(parts.home)).toBe('drive');
    expect(await stick(join(scratch, 'ho'))).toMatch(/^[0-9a-f]{32}$/);
  });

  test('is not to be told where none can be kept, or where it would move with the vault', async () => {
    expect(await machineMark((await machine({ folder: null })).parts)).toBeNull();
    const { scratch, parts } = await machine();
    expect(await machineMark({ ...parts, home: join(scratch, 'state') })).toBeNull();
    await mkdir(join(scratch, 'state'));
    await writeFile(join(scratch, 'state', 'baikoo'), 'a file in its place');
    expect(await machineMark(parts)).toBeNull();
  });

  test.each(['win32', 'linux', 'darwin'] as const)(
    'lies beside the vault’s folder on %s, not in it',
    (platform) => {
      const surroundings = { platform, env: {}, homedir: '/home/person' };
      const folder = defaultMachineFolder(surroundings);
      expect(folder.startsWith(defaultHome(surroundings) + (platform === 'win32' ? '\\' : '/'))).toBe(false);
      expect(folder).not.toBe(defaultHome(surroundings));
      expect(defaultMachineFolder({ ...surroundings, env: { BAIKOO_MACHINE: '/tmp/mark' } })).toBe(
        '/tmp/mark',
      );
    },
  );
});
