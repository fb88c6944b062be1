import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type App, startApp } from '../support/app.ts';
import { fillVault } from '../support/filled-vault.ts';
import { FRESH, LOCKED, SET_ASIDE } from './screens/closed.ts';
import { fillForScreens } from './screens/filled.ts';
import { LIST } from './screens/list.ts';
import { OTHERS } from './screens/others.ts';
import { RECORDS } from './screens/records.ts';
import { HOME, type Ids, type Screen, Walk } from './screens/walk.ts';

/**
 * Every screen and state: no text is cut off, too wide or upon other text in any language at 1366 px, at 200 % zoom
 * and at 360 px; axe finds nothing, in two languages, one of them in light and one in dark. A new screen is one
 * entry in a list of `screens/`. `BAIKOO_SCREENSHOTS=FOLDER` keeps a picture of every look.
 */

const PATIENCE = 240_000;
const ids: Ids = new Map();

/** Screens lead to one another, so a group is walked in its order by one browser, and never two groups at once. */
function walks(title: string, screens: readonly Screen[], start: () => Promise<App>): void {
  describe(title, () => {
    let app: App;
    let walk: Walk;
    beforeAll(async () => {
      app = await start();
      walk = new Walk(app, ids);
    }, PATIENCE);
    afterAll(() => app?.stop());
    test.each(screens.map((screen) => [screen.name, screen] as const))(
      '%s',
      async (_name, screen) => {
        await screen.open(walk);
        expect(await walk.problems(screen)).toEqual([]);
      },
      PATIENCE,
    );
  });
}

walks('without a vault, and in an empty one', FRESH, () => startApp({ locale: HOME }));

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'baikoo-screens-'));
}, PATIENCE);
afterAll(() => rm(scratch, { recursive: true, force: true, maxRetries: 3 }));

walks('in a filled vault', [...LOCKED, ...LIST, ...RECORDS, ...OTHERS], async () => {
  const home = join(scratch, 'home');
  await fillVault(home, (workspace) => fillForScreens(workspace, ids));
  await rename(join(home, 'header.bkv'), join(home, SET_ASIDE));
  await writeFile(join(home, 'header.bkv'), 'somebody else’s file');
  return startApp({ home, exports: join(scratch, 'exports'), locale: HOME });
});
