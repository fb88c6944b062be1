import { existsSync } from 'node:fs';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lockFolder } from '../../electron/folder-lock.ts';
import { chooseFolder } from '../../electron/vault-place.ts';
import { startPageProcess } from './page-process.ts';
import { openDriver, scratchFolder } from './scratch.ts';

describe('one folder', () => {
  test('is held by one program, and free again once that has let go', async () => {
    const home = await scratchFolder();
    const first = await openDriver(home);
    await expect(openDriver(home)).rejects.toMatchObject({ code: 'host/busy' });
    await first.close();
    const second = await openDriver(home);
    await second.close();
  });

  test('is the same folder through a link', async () => {
    const folder = await scratchFolder();
    await mkdir(join(folder, 'real'));
    await symlink(join(folder, 'real'), join(folder, 'alias'));
    const first = await openDriver(join(folder, 'real'));
    await expect(openDriver(join(folder, 'alias'))).rejects.toMatchObject({ code: 'host/busy' });
    await first.close();
  });

  test('does not hold another', async () => {
    const folder = await scratchFolder();
    const locks = await Promise.all(['a', 'b'].map((name) => lockFolder(join(folder, name))));
    for (const lock of locks) await lock.release();
  });

  test('refuses a second process, and is free at once when the first was killed', async () => {
    const folder = await scratchFolder();
    const where = { home: join(folder, 'home'), exports: join(folder, 'exports') };
    const first = await startPageProcess(where);
    await expect(startPageProcess(where)).rejects.toThrow(
      /ended with 3: Baikoo is already running on this folder\./,
    );
    await first.kill();
    const next = await startPageProcess(where);
    expect(await next.end()).toBe(0);
  });
});

describe('page mode as a process', () => {
  test('prints one line and nothing else, and ends in good order when asked', async () => {
    const folder = await scratchFolder();
    const page = await startPageProcess({ home: join(folder, 'home'), exports: folder });
    const heard: string[] = [];
    page.child.stdout?.on('data', (chunk) => heard.push(String(chunk)));
    page.child.stderr?.on('data', (chunk) => heard.push(String(chunk)));
    expect(page.url).toMatch(/^http:\/\/127\.0\.0\.1:[0-9]+\/#token=[A-Za-z0-9_-]{43}$/);
    const stranger = await fetch(`${page.origin}/host/system.info`, { method: 'POST', body: 'x' });
    expect(stranger.status).toBe(403);
    expect(await page.end()).toBe(0);
    expect(heard).toEqual([]);
  });

  test('says in one sentence that its port is taken', async () => {
    const folder = await scratchFolder();
    const first = await startPageProcess({ home: join(folder, 'a'), exports: folder });
    const port = Number(new URL(first.url).port);
    await expect(startPageProcess({ home: join(folder, 'b'), exports: folder, port })).rejects.toThrow(
      /ended with 4: The port is taken/,
    );
    await first.end();
  });

  test('makes the named folder where there is none, and says in one sentence that it cannot', async () => {
    const folder = await scratchFolder();
    const page = await startPageProcess({ home: join(folder, 'not', 'there', 'yet'), exports: folder });
    expect(await page.end()).toBe(0);
    await writeFile(join(folder, 'file'), 'a file where the folder should be');
    for (const home of [join(folder, 'file'), join(folder, 'file', 'below')]) {
      await expect(startPageProcess({ home, exports: folder }), home).rejects.toThrow(
        /ended with 1: Baikoo cannot start \(disk\/failed\)\.\n$/,
      );
    }
  });

  test('makes no vault where the folder chosen in the app is not there, and says what to do', async () => {
    const folder = await scratchFolder();
    const env = { XDG_DATA_HOME: folder, LOCALAPPDATA: folder, HOME: folder };
    const away = join(folder, 'stick', 'Baikoo');
    await chooseFolder(away, 'ru', { platform: process.platform, env, homedir: folder });
    await rm(join(folder, 'stick'), { recursive: true });
    const start = startPageProcess({ home: null, exports: folder, env });
    await expect(start).rejects.toThrow(
      /ended with 5: The folder chosen for the vault is not there: .*Baikoo\n/,
    );
    await expect(start).rejects.toThrow('name another folder with --home');
    expect(existsSync(away)).toBe(false);
  });

  test('explains its options when it is given another', async () => {
    const folder = await scratchFolder();
    const start = startPageProcess({ home: folder, exports: folder, extra: ['--listen', '0.0.0.0'] });
    await expect(start).rejects.toThrow(/ended with 2: Options of page mode:/);
  });
});
