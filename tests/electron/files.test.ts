import { mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { nodeDisk } from '../../electron/disk.ts';
import { safeFileName, saveIntoFolder } from '../../electron/exports-folder.ts';
import { faultyDisk } from './faulty-disk.ts';
import { filesBelow, openDriver, scratchFolder } from './scratch.ts';

const text = (value: string) => new TextEncoder().encode(value);

describe('a sealed file', () => {
  test('is null before it is written, whole afterwards, null again once removed', async () => {
    const home = await scratchFolder();
    const vault = await openDriver(home);
    for (const name of ['header.bkv', 'device.bkv', 'drafts/0abc.bkd']) {
      expect(await vault.call('files.read', name)).toBeNull();
      await vault.call('files.replace', name, text('one'));
      await vault.call('files.replace', name, text('second'));
      expect(await vault.call('files.read', name)).toEqual(text('second'));
      await vault.call('files.remove', name);
      await vault.call('files.remove', name);
      expect(await vault.call('files.read', name)).toBeNull();
    }
    expect(await filesBelow(home)).toEqual([]);
    await vault.close();
  });

  test('holds the old bytes when the new ones do not fit', async () => {
    const home = await scratchFolder();
    let broken = false;
    const disk = faultyDisk((step) => (broken && step === 'write' ? { errno: 'ENOSPC', half: true } : null));
    const vault = await openDriver(home, disk);
    await vault.call('files.replace', 'header.bkv', text('old'));
    broken = true;
    expect(await vault.code('files.replace', 'header.bkv', text('new and longer'))).toBe('disk/full');
    expect(await vault.call('files.read', 'header.bkv')).toEqual(text('old'));
    expect(await filesBelow(home)).toEqual(['header.bkv']);
    await vault.close();
  });

  test.skipIf(process.platform === 'win32')('can be read by its owner only', async () => {
    const home = join(await scratchFolder(), 'home');
    const vault = await openDriver(home);
    await vault.call('files.replace', 'drafts/a.bkd', text('x'));
    await vault.call('journal.append', 0, text('x'));
    const mode = async (path: string) => (await stat(join(home, path))).mode & 0o777;
    expect(await mode('.')).toBe(0o700);
    expect(await mode('drafts')).toBe(0o700);
    expect(await mode('drafts/a.bkd')).toBe(0o600);
    expect(await mode('journal.bkj')).toBe(0o600);
    await vault.close();
  });

  test('lists as a draft only what is one', async () => {
    const home = await scratchFolder();
    const vault = await openDriver(home);
    expect(await vault.call('files.listDrafts')).toEqual([]);
    for (const id of ['b', 'a-2']) await vault.call('files.replace', `drafts/${id}.bkd`, text(id));
    await writeFile(join(home, 'drafts', 'Thumbs.db'), '');
    await writeFile(join(home, 'drafts', 'UPPER.bkd'), '');
    expect(await vault.call('files.listDrafts')).toEqual(['a-2', 'b']);
    await vault.close();
  });

  test('is not reached through a link that was planted in its place', async () => {
    const folder = await scratchFolder();
    const home = join(folder, 'home');
    await mkdir(home);
    await writeFile(join(folder, 'precious'), 'precious');
    await symlink('../precious', join(home, 'header.bkv'));
    await symlink('../precious', join(home, 'journal.bkj'));
    await symlink('..', join(home, 'drafts'));
    const vault = await openDriver(home);
    expect(await vault.code('files.read', 'header.bkv')).toBe('host/refused');
    expect(await vault.code('files.replace', 'header.bkv', text('x'))).toBe('host/refused');
    expect(await vault.code('files.remove', 'header.bkv')).toBe('host/refused');
    expect(await vault.code('files.replace', 'drafts/a.bkd', text('x'))).toBe('host/refused');
    expect(await vault.code('files.listDrafts')).toBe('host/refused');
    expect(await vault.code('journal.append', 0, text('x'))).toBe('host/refused');
    await vault.code('system.wipe');
    expect(await readFile(join(folder, 'precious'), 'utf8')).toBe('precious');
    await vault.close();
  });

  test('left half-written by a crash is gone after the next start', async () => {
    const home = await scratchFolder();
    await mkdir(join(home, 'drafts'));
    const stale = '.header.bkv.01234567-89ab-cdef-0123-456789abcdef.tmp';
    for (const folder of ['.', 'drafts']) await writeFile(join(home, folder, stale), 'half');
    await writeFile(join(home, '.kept.tmp'), 'not ours');
    const vault = await openDriver(home);
    expect(await filesBelow(home)).toEqual(['.kept.tmp']);
    await vault.close();
  });
});

describe('a wipe', () => {
  test('removes the key slots, the device and the drafts, and leaves the journal', async () => {
    const home = await scratchFolder();
    const vault = await openDriver(home);
    await vault.call('journal.append', 0, text('sealed'));
    for (const name of ['header.bkv', 'device.bkv', 'drafts/a.bkd', 'drafts/b.bkd']) {
      await vault.call('files.replace', name, text('secret'));
    }
    await vault.call('system.wipe');
    expect(await filesBelow(home)).toEqual(['journal.bkj']);
    expect(await vault.call('files.read', 'header.bkv')).toBeNull();
    await vault.close();
  });

  test('overwrites before it removes, the header first', async () => {
    const home = await scratchFolder();
    const events: string[] = [];
    let watching = false;
    const watched = faultyDisk((step) => {
      if (watching) events.push(step);
      return null;
    });
    const disk = {
      ...watched,
      async open(...how: Parameters<typeof watched.open>) {
        if (watching) events.push(how[0].slice(home.length + 1));
        return watched.open(...how);
      },
    };
    const vault = await openDriver(home, disk);
    await vault.call('files.replace', 'header.bkv', text('secret'));
    await vault.call('files.replace', 'device.bkv', text('secret'));
    watching = true;
    await vault.call('system.wipe');
    const each = ['write', 'sync', 'unlink', 'syncFolder'];
    expect(events).toEqual(['header.bkv', ...each, 'device.bkv', ...each]);
    await vault.close();
  });

  test('goes on after a file that resists, and says so', async () => {
    const home = await scratchFolder();
    let unlinks = 0;
    let watching = false;
    const disk = faultyDisk((step) =>
      watching && step === 'unlink' && ++unlinks === 1 ? { errno: 'EACCES' } : null,
    );
    const vault = await openDriver(home, disk);
    for (const name of ['header.bkv', 'device.bkv', 'drafts/a.bkd']) {
      await vault.call('files.replace', name, text('secret'));
    }
    watching = true;
    expect(await vault.code('system.wipe')).toBe('disk/read-only');
    expect(await filesBelow(home)).toEqual(['header.bkv']);
    expect(await readFile(join(home, 'header.bkv'), 'utf8')).not.toBe('secret');
    await vault.close();
  });
});

describe('preferences', () => {
  test('are unset at first and as they were left later', async () => {
    const home = await scratchFolder();
    const first = await openDriver(home);
    expect(await first.call('system.preferences')).toEqual({ locale: null, scheme: 'auto' });
    await first.call('system.setPreferences', { locale: 'uz-Cyrl', scheme: 'dark' });
    await first.close();
    const second = await openDriver(home);
    expect(await second.call('system.preferences')).toEqual({ locale: 'uz-Cyrl', scheme: 'dark' });
    await second.close();
  });

  test.each(['', '{', '{"locale":"kg","scheme":"auto"}', '[]'])(
    'that read %j count as unset',
    async (content) => {
      const home = await scratchFolder();
      await writeFile(join(home, 'preferences.json'), content);
      const vault = await openDriver(home);
      expect(await vault.call('system.preferences')).toEqual({ locale: null, scheme: 'auto' });
      await vault.close();
    },
  );
});

describe('an exported file', () => {
  test.each([
    ['Наблюдения 2021.xlsx', 'Наблюдения 2021.xlsx'],
    ['Kuzatuvlar (oʻzbekcha).csv', 'Kuzatuvlar (oʻzbekcha).csv'],
    ['../../etc/x.csv', 'etc-x.csv'],
    ['C:\\Windows\\x.csv', 'C--Windows-x.csv'],
    ['a\u202egpj.xlsx', 'agpj.xlsx'],
    ['con.csv', '_con.csv'],
    ['.hidden.csv', 'hidden.csv'],
    ['name . .csv', 'name.csv'],
    ['.csv', null],
    ['x.csv. ', 'x.csv'],
    ['run.exe', null],
    ['page.html', null],
    ['link.desktop', null],
    ['x.csv.lnk', null],
    ['x', null],
    [`${'ө'.repeat(300)}.xlsx`, `${'ө'.repeat(100)}.xlsx`],
  ])('called %j gets a name that every system takes', (suggested, name) => {
    if (name === null)
      expect(() => safeFileName(suggested)).toThrowError(expect.objectContaining({ code: 'host/refused' }));
    else expect(safeFileName(suggested)).toBe(name);
  });

  test.each([
    ['with second names', nodeDisk],
    ['without them', faultyDisk((step) => (step === 'link' ? { errno: 'EPERM' } : null))],
  ])('never takes the place of another, on a disk %s', async (_what, disk) => {
    const folder = join(await scratchFolder(), 'exports');
    const save = saveIntoFolder(disk, folder);
    const paths = [];
    for (const content of ['one', 'two', 'three']) paths.push((await save('list.xlsx', text(content)))?.path);
    expect(paths).toEqual(['list.xlsx', 'list (2).xlsx', 'list (3).xlsx'].map((name) => join(folder, name)));
    expect(await readFile(join(folder, 'list.xlsx'), 'utf8')).toBe('one');
    expect(await readFile(join(folder, 'list (3).xlsx'), 'utf8')).toBe('three');
    expect((await filesBelow(folder)).length).toBe(3);
  });

  test('leaves nothing behind when it does not fit', async () => {
    const folder = await scratchFolder();
    const full = faultyDisk((step) => (step === 'write' ? { errno: 'ENOSPC', half: true } : null));
    await expect(saveIntoFolder(full, folder)('list.xlsx', text('content'))).rejects.toMatchObject({
      code: 'ENOSPC',
    });
    expect(await filesBelow(folder)).toEqual([]);
  });
});
