import { type BrowserWindow, dialog, Menu, type MenuItemConstructorOptions } from 'electron';
import type { Say } from './words.ts';

export interface MenuActions {
  lock(): void;
  folder(): void;
  about(): void;
}

/** The menu above the window (on macOS above the screen), in the interface's language. Its chords are the system's own. */
export function setMenu(say: Say, actions: MenuActions): void {
  const apart: MenuItemConstructorOptions = { type: 'separator' };
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      {
        label: say('shell.menu.file'),
        submenu: [
          // The page listens to the same chord; the menu shows it and leaves it alone.
          {
            id: 'lock',
            label: say('shell.menu.lock'),
            accelerator: 'Ctrl+Shift+L',
            registerAccelerator: false,
            click: actions.lock,
          },
          apart,
          { id: 'folder', label: say('shell.menu.folder'), click: actions.folder },
          apart,
          { role: 'close', label: say('shell.menu.close') },
          { role: 'quit', label: say('shell.menu.quit') },
        ],
      },
      {
        label: say('shell.menu.edit'),
        submenu: [
          { role: 'undo', label: say('shell.menu.undo') },
          { role: 'redo', label: say('shell.menu.redo') },
          apart,
          { role: 'cut', label: say('shell.menu.cut') },
          { role: 'copy', label: say('shell.menu.copy') },
          { role: 'paste', label: say('shell.menu.paste') },
          { role: 'selectAll', label: say('shell.menu.selectAll') },
        ],
      },
      {
        label: say('shell.menu.view'),
        submenu: [
          { role: 'zoomIn', label: say('shell.menu.larger') },
          { role: 'zoomOut', label: say('shell.menu.smaller') },
          { role: 'resetZoom', label: say('shell.menu.normal') },
          apart,
          { role: 'togglefullscreen', label: say('shell.menu.fullScreen') },
        ],
      },
      {
        label: say('shell.menu.help'),
        submenu: [{ id: 'about', label: say('shell.menu.about'), click: actions.about }],
      },
    ]),
  );
}

export function showAbout(say: Say, version: string, window: BrowserWindow): void {
  void dialog
    .showMessageBox(window, {
      type: 'info',
      title: say('shell.menu.about'),
      message: 'Baikoo',
      detail: say('shell.about.says', { version }),
      buttons: [say('shell.about.close')],
      noLink: true,
    })
    .catch(() => undefined);
}
