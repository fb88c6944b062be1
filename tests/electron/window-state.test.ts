import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { type Disk, nodeDisk } from '../../electron/disk.ts';
import {
  type Bounds,
  keepWindowState,
  placeWindow,
  readWindowState,
  SMALLEST,
} from '../../electron/window-state.ts';
import { built } from '../support/built.ts';
import { launchStandIn, type StandIn } from '../support/electron-stand-in/launch.ts';
import { makeScratch, scratchFolder } from './scratch.ts';

const LAPTOP: Bounds = { x: 0, y: 0, width: 1366, height: 728 };
const BESIDE: Bounds = { x: 1366, y: -200, width: 1920, height: 1040 };

describe('a window', () => {
  const bounds = fc.record({
    x: fc.integer({ min: -5000, max: 5000 }),
    y: fc.integer({ min: -5000, max: 5000 }),
    width: fc.integer({ min: 1, max: 5000 }),
    height: fc.integer({ min: 1, max: 5000 }),
  });

  test('wherever it was, lies wholly on one of the displays that exist, or where the system puts it', () => {
    const displays = fc.constantFrom<[Bounds, ...Bounds[]]>([LAPTOP], [LAPTOP, BESIDE], [BESIDE, LAPTOP]);
    fc.assert(
      fc.property(bounds, fc.boolean(), displays, (was, maximized, areas) => {
        const placed = placeWindow({ bounds: was, maximized }, areas);
        expect(placed.maximized).toBe(maximized);
        const { x, y, width, height } = placed.bounds;
        expect(width).toBeGreaterThanOrEqual(SMALLEST.width);
        expect(height).toBeGreaterThanOrEqual(SMALLEST.height);
        const isInside = (area: Bounds) =>
          width <= area.width &&
          height <= area.height &&
          (x === undefined || (x >= area.x && x + width <= area.x + area.width)) &&
          (y === undefined || (y >= area.y && y + height <= area.y + area.height));
        expect(areas.some(isInside)).toBe(true);
        expect(x === undefined).toBe(y === undefined);
      }),
    );
  });

  test('that fits where it was is there again to the pixel', () => {
    const was = { x: 1500, y: -100, width: 900, height: 700 };
    expect(placeWindow({ bounds: was, maximized: false }, [LAPTOP, BESIDE])).toEqual({
      bounds: was,
      maximized: false,
    });
  });

  test('that was on a display which is gone keeps its size and gets another place', () => {
    const was = { x: 1500, y: -100, width: 900, height: 700 };
    const { bounds: placed } = placeWindow({ bounds: was, maximized: false }, [LAPTOP]);
    expect(placed).toEqual({ width: 900, height: 700 });
  });

  test('opened for the first time is no larger than the display', () => {
    expect(placeWindow(null, [LAPTOP]).bounds).toEqual({ width: 1200, height: 728 });
  });
});

describe('where it was', () => {
  const state = { bounds: { x: 1, y: 2, width: 800, height: 600 }, maximized: true };

  test.each([
    ['is cut off', '{"bounds":{"x":1,"y":2,"wid'],
    ['is of another kind', '[]'],
    ['has a text for a number', JSON.stringify({ ...state, bounds: { ...state.bounds, x: '1' } })],
    ['is no whole number', JSON.stringify({ ...state, bounds: { ...state.bounds, x: 0.5 } })],
    ['is beyond any screen', JSON.stringify({ ...state, bounds: { ...state.bounds, x: 1e9 } })],
    ['has no size', JSON.stringify({ ...state, bounds: { ...state.bounds, height: 0 } })],
    ['does not say whether it was maximised', JSON.stringify({ bounds: state.bounds })],
  ])('is forgotten when the file %s', async (_what, content) => {
    const home = await scratchFolder();
    await writeFile(join(home, 'window.json'), content);
    expect(await readWindowState(nodeDisk, home)).toBeNull();
    await writeFile(join(home, 'window.json'), JSON.stringify(state));
    expect(await readWindowState(nodeDisk, home)).toEqual(state);
  });

  test('is written once after a hundred moves, at once when it closes, and never after that', async () => {
    const home = await scratchFolder();
    const calls = new Map<string, () => void>();
    let writes = 0;
    let at = 0;
    let destroyed = false;
    const disk: Disk = {
      ...nodeDisk,
      rename(from, to) {
        writes += 1;
        return nodeDisk.rename(from, to);
      },
    };
    vi.useFakeTimers();
    try {
      const kept = keepWindowState(disk, home, {
        on: (event, call) => calls.set(event, call),
        isDestroyed: () => destroyed,
        isMaximized: () => false,
        getNormalBounds: () => ({ x: at, y: 0, width: 800, height: 600 }),
      });
      for (at = 0; at < 100; at += 1) calls.get('move')?.();
      vi.advanceTimersByTime(1000);
      await kept.settled();
      expect(writes).toBe(1);
      at = 200;
      calls.get('move')?.();
      calls.get('close')?.();
      await kept.settled();
      expect(writes).toBe(2);
      expect((await readWindowState(nodeDisk, home))?.bounds.x).toBe(200);
      calls.get('move')?.();
      destroyed = true;
      vi.advanceTimersByTime(1000);
      await kept.settled();
      expect(writes).toBe(2);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('the shell', () => {
  const scratch = makeScratch();
  const look = (shell: StandIn) =>
    shell.evaluate<undefined, { bounds: Bounds; normal: Bounds; maximized: boolean }>(
      `({ BrowserWindow }) => {
        const [window] = BrowserWindow.getAllWindows();
        return {
          bounds: window.getBounds(),
          normal: window.getNormalBounds(),
          maximized: window.isMaximized(),
        };
      }`,
    );
  const start = async (home: string, ...displays: [Bounds, ...Bounds[]]) => {
    const shell = await launchStandIn(['--home', home], { locale: 'en-GB', scheme: 'light', displays });
    const page = await shell.page();
    await page.getByRole('heading', { level: 1 }).waitFor();
    return shell;
  };

  test('opens its window where it was, and on another display when that one is gone', async () => {
    await built();
    const home = scratch.folder('home');
    await mkdir(home);
    const was = { x: 1500, y: -100, width: 900, height: 700 };
    await writeFile(join(home, 'window.json'), JSON.stringify({ bounds: was, maximized: false }));
    const first = await start(home, LAPTOP, BESIDE);
    expect(await look(first)).toEqual({ bounds: was, normal: was, maximized: false });
    const next = { ...was, x: 1600, width: 1000 };
    await first.evaluate(
      `({ BrowserWindow }, bounds) => {
        const [window] = BrowserWindow.getAllWindows();
        window.setBounds(bounds);
        window.maximize();
      }`,
      next,
    );
    expect(await first.quit()).toBe(0);
    expect(first.complaints()).toBe('');
    expect(JSON.parse(await readFile(join(home, 'window.json'), 'utf8'))).toEqual({
      bounds: next,
      maximized: true,
    });

    const second = await start(home, LAPTOP);
    await expect.poll(() => look(second)).toMatchObject({ bounds: LAPTOP, maximized: true });
    const { normal } = await look(second);
    expect(normal).toEqual({ x: 183, y: 14, width: 1000, height: 700 });
    expect(await second.quit()).toBe(0);
  });
});
