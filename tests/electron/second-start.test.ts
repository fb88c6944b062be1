import { describe, expect, test } from 'vitest';
import { built } from '../support/built.ts';
import { type EndedEarly, launchStandIn } from '../support/electron-stand-in/launch.ts';
import { textOf } from '../support/texts.ts';
import { makeScratch, openDriver } from './scratch.ts';

const scratch = makeScratch();

describe('a second start', () => {
  test('on the same vault brings the first window to the front and ends', async () => {
    await built();
    const shell = await launchStandIn(['--home', scratch.folder('home')]);
    await shell.evaluate(`({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      globalThis.front = 0;
      window.minimize();
      window.on('focus', () => (globalThis.front += 1));
    }`);
    const second = await launchStandIn(['--home', scratch.folder('home')]).catch((error) => error);
    expect(second).toMatchObject({ code: 0 });
    await expect.poll(() => shell.evaluate('() => globalThis.front')).toBe(1);
    const minimized = '({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].isMinimized()';
    expect(await shell.evaluate(minimized)).toBe(false);
    expect(await shell.quit()).toBe(0);
  });

  test('with the vault of another program is refused in words', async () => {
    const home = scratch.folder('other');
    const other = await openDriver(home);
    // It gives up a moment after it was ready, so that we may have met it already.
    const { code, said } = await launchStandIn(['--home', home], { locale: 'ru-RU', scheme: 'light' }).then(
      async (second) => ({ code: await second.ended, said: second.complaints() }),
      (error: EndedEarly) => ({ code: error.code, said: error.message }),
    );
    expect(code).toBe(3);
    expect(said).toContain(textOf('ru', 'shell.start.busy'));
    await other.close();
  });
});
