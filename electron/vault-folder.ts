import { app, type BrowserWindow, dialog, type MessageBoxOptions } from 'electron';
import type { Locale } from '../renderer/core/base/locales.ts';
import type { Surroundings } from './places.ts';
import { chooseFolder, findPlace, folderFor, forgetChoice, hasVault, type Place } from './vault-place.ts';
import type { Say } from './words.ts';

/** The system's dialogs about the vault's folder: where it is, another one, and what to do when it is missing. */
export interface FolderTalk {
  readonly say: Say;
  /** The interface's language, for the next start. */
  readonly locale: Locale | null;
  readonly machine: Surroundings;
  readonly window: BrowserWindow | null;
  /** The system's window to choose a folder in; null when cancelled. */
  readonly askFolder: () => Promise<string | null>;
}

/** Shows where the vault is and lets a person choose another folder, which counts from the next start on. */
export async function showVaultFolder(talk: FolderTalk, place: Place): Promise<void> {
  const { say, machine } = talk;
  const how = place.how === 'missing' ? 'usual' : place.how;
  const mayChoose = how === 'usual' || how === 'chosen';
  const answer = await ask(talk, {
    type: 'info',
    message: say('shell.folder.title'),
    detail: `${place.home}\n\n${say(`shell.folder.${how}`)}`,
    buttons: [
      ...(mayChoose ? [say('shell.folder.choose')] : []),
      ...(how === 'chosen' ? [say('shell.folder.back')] : []),
      say('shell.about.close'),
    ],
  });
  if (!mayChoose) return;
  if (answer === 0) await chooseAnother(talk);
  if (answer !== 1 || how !== 'chosen') return;
  forgetChoice(machine);
  const { home } = findPlace(undefined, machine);
  await ask(talk, {
    type: 'info',
    message: say('shell.folder.title'),
    detail: say('shell.folder.isBack', { folder: home }),
    buttons: [say('shell.about.close')],
  });
}

/**
 * Instead of a window, when the chosen folder is missing: a stick that is not plugged in, most of the time. Nothing is
 * made anywhere. Resolves when the program ends, or starts anew with the folder that is there now.
 */
export async function askForMissing(talk: FolderTalk, place: Place): Promise<void> {
  const { say, machine } = talk;
  for (let there = false; !there; ) {
    const answer = await ask(talk, {
      type: 'warning',
      message: say('shell.missing.title'),
      detail: `${place.home}\n\n${say('shell.missing.says')}`,
      buttons: [
        say('shell.missing.again'),
        say('shell.folder.choose'),
        say('shell.folder.back'),
        say('shell.menu.quit'),
      ],
    });
    if (answer === 3) return app.exit(0);
    if (answer === 2) forgetChoice(machine);
    if (answer === 1) await chooseAnother(talk);
    there = findPlace(undefined, machine).how !== 'missing';
  }
  // An AppImage is unpacked for each run; the one that can be started again is the image.
  const image = machine.env.APPIMAGE;
  app.relaunch(image ? { execPath: image } : {});
  app.exit(0);
}

async function chooseAnother(talk: FolderTalk): Promise<void> {
  const { say, locale, machine, askFolder } = talk;
  const pointedAt = await askFolder();
  if (pointedAt === null) return;
  const folder = folderFor(pointedAt);
  const answer = await ask(talk, {
    type: 'question',
    message: say('shell.folder.next'),
    detail: `${folder}\n\n${say(hasVault(folder) ? 'shell.folder.hasVault' : 'shell.folder.noVault')}`,
    buttons: [say('shell.folder.use'), say('shell.folder.leave')],
  });
  if (answer !== 0) return;
  try {
    await chooseFolder(folder, locale, machine);
  } catch {
    dialog.showErrorBox('Baikoo', say('shell.folder.failed', { folder }));
  }
}

/** The number of the button; the last one also stands for Escape. */
async function ask({ window }: FolderTalk, options: MessageBoxOptions): Promise<number> {
  const last = (options.buttons?.length ?? 1) - 1;
  const asked: MessageBoxOptions = { ...options, cancelId: last, noLink: true };
  const { response } = await (window ? dialog.showMessageBox(window, asked) : dialog.showMessageBox(asked));
  return response;
}
