import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { nodeDisk } from '../../electron/disk.ts';
import { guardPath, segmentsOf } from '../../electron/path-guard.ts';
import { scratchFolder } from './scratch.ts';

const REFUSED: Record<string, readonly unknown[]> = {
  'nothing or no text': ['', null, undefined, 7, {}, ['header.bkv'], 'a'.repeat(401)],
  'the folder above': ['..', '../x', 'a/../b', 'a/..', './a', 'a/./b', '.'],
  'an absolute path': ['/etc/passwd', '//server/share/x', '/', 'a//b', 'a/'],
  'a drive letter': ['C:', 'C:x', 'C:/Windows/x', 'c:\\x'],
  'a UNC or device path': ['\\\\server\\share', '\\\\?\\C:\\x', '\\\\.\\pipe\\x', 'a\\b', '..\\x'],
  'NUL and control characters': ['a\0b', 'header.bkv\0.txt', 'a\nb', 'a\u007fb', 'a\u0085b'],
  'text that turns round': ['a\u202efdp.bkd', 'a\u2066b', 'a\u200fb'],
  'a reserved device name': [
    'CON',
    'con',
    'nul.bkd',
    'NUL .txt',
    'drafts/aux.bkd',
    'COM1',
    'lpt9.x.y',
    'COM¹',
    'CONIN$',
  ],
  'a trailing dot or space': ['header.bkv.', 'header.bkv ', 'drafts./x', 'drafts /x', 'a...'],
  'an alternate stream': ['header.bkv:hidden', 'header.bkv::$DATA', 'drafts:$I30:$INDEX_ALLOCATION'],
  'wildcards and pipes': ['*', 'a?', 'a|b', '<a>', 'a"b'],
  'a second spelling of one name': ['e\u0301.bkd', '\u0439'.normalize('NFD')],
  'a lone surrogate': ['a\ud800b'],
};

describe('a name', () => {
  for (const [what, names] of Object.entries(REFUSED)) {
    test.each(names.map((name) => [name]))(`is refused for ${what}: %j`, (name) => {
      expect(() => segmentsOf(name)).toThrowError(expect.objectContaining({ code: 'host/refused' }));
    });
  }

  test.each([
    ['header.bkv'],
    ['drafts/0a-b.bkd'],
    ['assets/index-B7x_Z.js'],
    ['.hidden.tmp'],
    ['console.txt'],
    ['com10.txt'],
    ['й/ң.txt'],
  ])('is taken when it is plain: %s', (name) => {
    expect(segmentsOf(name)).toEqual(name.split('/'));
  });
});

describe('a path inside the root', () => {
  test('may not exist yet', async () => {
    const root = await nodeDisk.realpath(await scratchFolder());
    expect(await guardPath(nodeDisk, root, 'drafts/new.bkd')).toBe(join(root, 'drafts', 'new.bkd'));
  });

  test('is found when the root itself is reached through a link', async () => {
    const folder = await nodeDisk.realpath(await scratchFolder());
    await mkdir(join(folder, 'real'));
    await symlink(join(folder, 'real'), join(folder, 'alias'));
    expect(await guardPath(nodeDisk, join(folder, 'alias'), 'x')).toBe(join(folder, 'real', 'x'));
  });

  test.each([
    ['a file outside', '../outside.txt'],
    ['a file inside', 'inside.txt'],
    ['nothing', 'nowhere'],
    ['an absolute place', '/etc/passwd'],
  ])('is refused when it is a link to %s', async (_what, to) => {
    const folder = await scratchFolder();
    const root = join(folder, 'root');
    await mkdir(root);
    await writeFile(join(folder, 'outside.txt'), 'outside');
    await writeFile(join(root, 'inside.txt'), 'inside');
    await symlink(to, join(root, 'header.bkv'));
    await expect(guardPath(nodeDisk, root, 'header.bkv')).rejects.toMatchObject({ code: 'host/refused' });
  });

  test('is refused below a linked folder and below a file', async () => {
    const folder = await scratchFolder();
    const root = join(folder, 'root');
    await mkdir(root);
    await symlink(folder, join(root, 'drafts'));
    await writeFile(join(root, 'file'), '');
    await expect(guardPath(nodeDisk, root, 'drafts/x.bkd')).rejects.toMatchObject({ code: 'host/refused' });
    await expect(guardPath(nodeDisk, root, 'file/x.bkd')).rejects.toMatchObject({ code: 'host/refused' });
  });

  test('is refused when the disk spells the name in another way, as one that ignores case does', async () => {
    const root = await nodeDisk.realpath(await scratchFolder());
    await writeFile(join(root, 'header.bkv'), 'x');
    const fold = (path: string) => root + path.slice(root.length).toLowerCase();
    const caseless = {
      ...nodeDisk,
      kind: (path: string) => nodeDisk.kind(fold(path)),
      realpath: (path: string) => nodeDisk.realpath(fold(path)),
    };
    await expect(guardPath(caseless, root, 'HEADER.BKV')).rejects.toMatchObject({ code: 'host/refused' });
    expect(await guardPath(caseless, root, 'header.bkv')).toBe(join(root, 'header.bkv'));
  });
});
