import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { nodeDisk } from '../../electron/disk.ts';
import { createOpenedFile } from '../../electron/opened-file.ts';
import { scratchFolder } from './scratch.ts';

async function start() {
  const folder = await scratchFolder();
  let noted = 0;
  const opened = createOpenedFile(nodeDisk, () => {
    noted += 1;
  });
  await writeFile(join(folder, 'request.bkj'), 'request');
  return { folder, opened, noted: () => noted };
}

describe('a file that the system asks to open', () => {
  test('is handed over once, by a full name or one beside where the program was started', async () => {
    const { folder, opened, noted } = await start();
    expect(await opened.take()).toBeNull();
    opened.noteArguments(['/opt/baikoo', '--home', '/somewhere', join(folder, 'request.bkj')], '/');
    expect(new TextDecoder().decode((await opened.take()) as Uint8Array)).toBe('request');
    expect(await opened.take()).toBeNull();
    opened.noteArguments(['REQUEST.BKJ', '--allow-file-access', 'request.bkj'], folder);
    expect(new TextDecoder().decode((await opened.take()) as Uint8Array)).toBe('request');
    expect(noted()).toBe(2);
  });

  test('is no other argument', async () => {
    const { opened, noted } = await start();
    opened.noteArguments(['/opt/baikoo', '--file=x.bkj', 'x.exe', '/home/person', 'x.bkj.txt'], '/');
    expect(noted()).toBe(0);
    expect(await opened.take()).toBeNull();
  });

  test('is refused with a code when it is gone, no plain file, or larger than any of ours', async () => {
    const { folder, opened } = await start();
    const code = async (name: string) => {
      opened.note(join(folder, name));
      return opened.take().then(
        () => null,
        (error: { code?: string }) => error.code,
      );
    };
    await mkdir(join(folder, 'folder.bkj'));
    await symlink(join(folder, 'request.bkj'), join(folder, 'link.bkj'));
    for (const name of ['gone.bkj', 'folder.bkj', 'link.bkj']) {
      expect(await code(name), name).toBe('file/unreadable');
    }
    await writeFile(join(folder, 'large.bkj'), '');
    await truncate(join(folder, 'large.bkj'), 16_000_001);
    expect(await code('large.bkj')).toBe('file/too-large');
    expect(await opened.take()).toBeNull();
  });
});
