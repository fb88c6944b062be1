import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { defaultHome, type Surroundings } from '../../electron/places.ts';
import { chooseFolder, findPlace, folderFor, forgetChoice, noteVault } from '../../electron/vault-place.ts';
import { built } from '../support/built.ts';
import type { Answers } from '../support/electron-stand-in/desktop.ts';
import { type EndedEarly, launchStandIn, type StandIn } from '../support/electron-stand-in/launch.ts';
import { textOf } from '../support/texts.ts';
import { makeScratch, scratchFolder } from './scratch.ts';

const machine = (data: string, env: Surroundings['env'] = {}): Surroundings => ({
  platform: 'linux',
  env: { XDG_DATA_HOME: data, ...env },
  homedir: data,
});

describe('the folder of the vault', () => {
  test('is the named one, else the one beside the portable program, else the chosen one, else the usual one', async () => {
    const data = await scratchFolder();
    const usual = join(data, 'baikoo');
    expect(findPlace(undefined, machine(data))).toMatchObject({ home: usual, how: 'usual' });
    const chosen = join(data, 'stick', 'Baikoo');
    await chooseFolder(chosen, 'ky', machine(data));
    expect(findPlace(undefined, machine(data))).toEqual({ home: chosen, how: 'chosen', locale: 'ky' });
    const portable = machine(data, { PORTABLE_EXECUTABLE_DIR: join(data, 'usb') });
    expect(findPlace(undefined, portable)).toMatchObject({
      home: join(data, 'usb', 'Baikoo'),
      how: 'portable',
    });
    expect(findPlace('/named', portable)).toMatchObject({ home: '/named', how: 'named' });
    forgetChoice(machine(data));
    expect(findPlace(undefined, machine(data))).toMatchObject({ home: usual, how: 'usual' });
  });

  test('on Windows is in the local application data, never in the roaming one', () => {
    const env = { LOCALAPPDATA: '/local', APPDATA: '/roaming' };
    const { home } = findPlace(undefined, { platform: 'win32', env, homedir: '/home' });
    expect(home).toBe(join('/local', 'Baikoo'));
  });

  test('is missing when the chosen one is gone, and when it is empty where a vault was', async () => {
    const data = await scratchFolder();
    const stick = join(data, 'stick');
    const folder = join(stick, 'Baikoo');
    await chooseFolder(folder, null, machine(data));
    const find = () => findPlace(undefined, machine(data));
    await writeFile(join(folder, 'header.bkv'), 'x');
    await noteVault(find(), machine(data));
    await rename(stick, `${stick}-away`);
    expect(find()).toMatchObject({ home: folder, how: 'missing' });
    // The empty folder that a stick was mounted on.
    await mkdir(folder, { recursive: true });
    expect(find().how).toBe('missing');
    await rm(stick, { recursive: true });
    await rename(`${stick}-away`, stick);
    expect(find().how).toBe('chosen');
    // Quick wipe takes the key slots only, and that is no missing stick.
    await rename(join(folder, 'header.bkv'), join(folder, 'journal.bkj'));
    expect(find().how).toBe('chosen');
  });

  test.each(['', '{"folder":', '[]', '{"folder":5}', '{"folder":"relative"}'])(
    'is the usual one when the note of the choice is %j',
    async (content) => {
      const data = await scratchFolder();
      await mkdir(join(data, 'baikoo'));
      await writeFile(join(data, 'baikoo', 'folder.json'), content);
      expect(findPlace(undefined, machine(data)).how).toBe('usual');
    },
  );

  test('gets a name of its own below what was pointed at, unless that is a vault', async () => {
    const stick = await scratchFolder();
    expect(folderFor(stick)).toBe(join(stick, 'Baikoo'));
    expect(folderFor(join(stick, 'baikoo'))).toBe(join(stick, 'baikoo'));
    await writeFile(join(stick, 'header.bkv'), 'x');
    expect(folderFor(stick)).toBe(stick);
  });
});

describe('the shell', () => {
  const scratch = makeScratch();
  const data = scratch.folder('data');
  const stick = scratch.folder('stick');
  /** Where local application data is, on each system in its own way. */
  const env = {
    XDG_DATA_HOME: data,
    LOCALAPPDATA: data,
    ...(process.platform === 'darwin' && { HOME: data }),
  };
  const thisMachine: Surroundings = { platform: process.platform, env, homedir: data };
  const usual = defaultHome(thisMachine);
  beforeAll(async () => {
    await built();
    await mkdir(stick, { recursive: true });
  });

  const start = (answers: Answers, more: Record<string, string> = {}) =>
    launchStandIn([], { locale: 'ru-RU', scheme: 'light', answers }, { ...env, ...more });
  const opened = async (shell: StandIn) => {
    const page = await shell.page();
    await page.getByRole('heading', { level: 1 }).waitFor();
    const answer = await page.evaluate(() => window.host?.['system.info'](null));
    return (answer as { value: { home: string } }).value.home;
  };
  const pressFolder = (shell: StandIn) =>
    shell.evaluate(`({ Menu }) => {
      for (const { submenu } of Menu.getApplicationMenu().items) {
        submenu.find(({ id }) => id === 'folder')?.click();
      }
    }`);
  /** A start that shows no window: how it ended and what it said. */
  const ended = async (answers: Answers, more: Record<string, string> = {}) =>
    start(answers, more).then(
      async (shell) => ({
        code: await shell.ended,
        said: shell.complaints(),
        relaunched: shell.relaunched(),
      }),
      ({ code, message, relaunched }: EndedEarly) => ({ code, said: message, relaunched }),
    );

  test('keeps the vault in a folder that was chosen in its menu, from the next start on, and goes back', async () => {
    const first = await start({ messages: [0, 0], folders: [stick] });
    expect(await opened(first)).toBe(usual);
    await pressFolder(first);
    await expect.poll(() => existsSync(join(usual, 'folder.json'))).toBe(true);
    expect(first.complaints()).toContain(`${usual}\n\n${textOf('ru', 'shell.folder.usual')}`);
    expect(first.complaints()).toContain(textOf('ru', 'shell.folder.noVault'));
    expect(await first.quit()).toBe(0);
    const second = await start({ messages: [1, 0] });
    expect(await opened(second)).toBe(join(stick, 'Baikoo'));
    await pressFolder(second);
    await expect
      .poll(() => second.complaints())
      .toContain(textOf('ru', 'shell.folder.isBack', { folder: usual }));
    expect(findPlace(undefined, thisMachine)).toMatchObject({ home: usual, how: 'usual' });
    expect(await second.quit()).toBe(0);
  });

  const away = scratch.folder('away');
  const missing = async () => {
    await chooseFolder(join(away, 'Baikoo'), 'ky', thisMachine);
    await rm(away, { recursive: true });
  };

  test('makes no vault where the chosen folder is missing, however often it is tried, and says what to do', async () => {
    await missing();
    const { code, said, relaunched } = await ended({ messages: [0, 3] });
    expect([code, relaunched]).toEqual([0, null]);
    expect(said.split(textOf('ky', 'shell.missing.says'))).toHaveLength(3);
    expect(said).toContain(join(away, 'Baikoo'));
    expect(existsSync(away)).toBe(false);
    expect(await readdir(usual)).not.toContain('header.bkv');
  });

  test('starts anew in the usual folder when the person gives the missing one up', async () => {
    await missing();
    expect(await ended({ messages: [2] })).toMatchObject({ code: 0, relaunched: process.execPath });
    expect(findPlace(undefined, thisMachine)).toMatchObject({ home: usual, how: 'usual' });
  });

  // The stand-in notes what was asked for; only a real AppImage is unpacked anew for each run.
  test('starts the image anew, not what was unpacked from it, where it is an AppImage', async () => {
    await missing();
    const image = join(data, 'Baikoo.AppImage');
    expect(await ended({ messages: [2] }, { APPIMAGE: image })).toMatchObject({ code: 0, relaunched: image });
  });

  test('keeps the vault beside the portable program, and leaves nothing on the computer', async () => {
    const usb = scratch.folder('usb');
    const elsewhere = scratch.folder('elsewhere');
    const onStick = { PORTABLE_EXECUTABLE_DIR: usb, XDG_DATA_HOME: elsewhere, LOCALAPPDATA: elsewhere };
    const shell = await start({ messages: [0] }, onStick);
    expect(await opened(shell)).toBe(join(usb, 'Baikoo'));
    await pressFolder(shell);
    await expect.poll(() => shell.complaints()).toContain(textOf('ru', 'shell.folder.portable'));
    expect(await shell.quit()).toBe(0);
    expect(existsSync(elsewhere)).toBe(false);
    expect(await readdir(usb)).toEqual(['Baikoo']);
  });
});
