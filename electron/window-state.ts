import { join } from 'node:path';
import type { Disk } from './disk.ts';
import { readSmallFile, writeSmallFile } from './small-file.ts';

/**
 * Where the window was, in `window.json` beside the vault: four numbers and whether it filled the screen. Read at the
 * next start and fitted to the displays that are there then; a file that is broken or missing means the usual window.
 * All numbers are device-independent pixels.
 */
export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface WindowState {
  /** Of the window while it is neither maximised nor minimised. */
  readonly bounds: Bounds;
  readonly maximized: boolean;
}

/** How a window is opened: without a place, the system finds one. */
export interface Placement {
  readonly bounds: Pick<Bounds, 'width' | 'height'> & Partial<Bounds>;
  readonly maximized: boolean;
}

const FILE = 'window.json';
const USUAL = { width: 1200, height: 800 };
export const SMALLEST = { width: 640, height: 480 };
/** The title bar, roughly: half of this much must be on a display for a person to grab the window by it. */
const HANDLE = { width: 240, height: 40 };
/** A window being dragged moves a hundred times a second. Milliseconds. */
const QUIET = 500;

export async function readWindowState(disk: Disk, home: string): Promise<WindowState | null> {
  return readSmallFile(disk, join(home, FILE), parse);
}

function parse(found: unknown): WindowState {
  const { bounds, maximized } = found as WindowState;
  const { x, y, width, height } = bounds;
  const isCount = (value: unknown) => Number.isInteger(value) && Math.abs(value as number) < 100_000;
  if (![x, y, width, height].every(isCount) || width < 1 || height < 1 || typeof maximized !== 'boolean') {
    throw new Error('This is not where a window was.');
  }
  return { bounds: { x, y, width, height }, maximized };
}

/**
 * The state as the present displays can show it. `areas` are their work areas, the primary one's first: a window that
 * was on a display which is gone comes to the primary one, and none is larger than the display it is on.
 */
export function placeWindow(state: WindowState | null, areas: readonly [Bounds, ...Bounds[]]): Placement {
  const [primary] = areas;
  if (state === null) return { bounds: fitted(USUAL, primary), maximized: false };
  const { bounds, maximized } = state;
  const area = areas.reduce((best, next) => (shared(bounds, next) > shared(bounds, best) ? next : best));
  const { width, height } = fitted(bounds, area);
  if (!canBeGrabbed(bounds, area)) return { bounds: { width, height }, maximized };
  const between = (least: number, value: number, most: number) => Math.max(least, Math.min(value, most));
  const x = between(area.x, bounds.x, area.x + area.width - width);
  const y = between(area.y, bounds.y, area.y + area.height - height);
  return { bounds: { x, y, width, height }, maximized };
}

const fitted = (size: Pick<Bounds, 'width' | 'height'>, area: Bounds) => ({
  width: Math.min(Math.max(size.width, SMALLEST.width), area.width),
  height: Math.min(Math.max(size.height, SMALLEST.height), area.height),
});

const overlap = (from: number, length: number, other: number, otherLength: number): number =>
  Math.max(0, Math.min(from + length, other + otherLength) - Math.max(from, other));

const shared = (one: Bounds, other: Bounds): number =>
  overlap(one.x, one.width, other.x, other.width) * overlap(one.y, one.height, other.y, other.height);

const canBeGrabbed = (bounds: Bounds, area: Bounds): boolean =>
  overlap(bounds.x, bounds.width, area.x, area.width) >= HANDLE.width / 2 &&
  overlap(bounds.y, HANDLE.height, area.y, area.height) >= HANDLE.height / 2;

/** What is asked of a `BrowserWindow`. */
export interface KeptWindow {
  on(event: 'resize' | 'move' | 'maximize' | 'unmaximize' | 'close', listener: () => void): unknown;
  isDestroyed(): boolean;
  isMaximized(): boolean;
  getNormalBounds(): Bounds;
}

/**
 * Remembers where the window is, a moment after it was moved and when it closes. `settled` resolves once the last write
 * has ended; it never fails, since a read-only vault opens all the same.
 */
export function keepWindowState(disk: Disk, home: string, window: KeptWindow): { settled(): Promise<void> } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let writing: Promise<void> = Promise.resolve();
  const write = () => {
    clearTimeout(timer);
    if (window.isDestroyed()) return;
    const { x, y, width, height } = window.getNormalBounds();
    const state: WindowState = { bounds: { x, y, width, height }, maximized: window.isMaximized() };
    writing = writing.then(() => writeSmallFile(disk, join(home, FILE), state)).catch(() => {});
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(write, QUIET);
  };
  for (const event of ['resize', 'move', 'maximize', 'unmaximize'] as const) window.on(event, soon);
  window.on('close', write);
  return { settled: () => writing };
}
