import type { Point } from './letters-state.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** In CSS pixels of the window. */
export interface Box extends Size {
  readonly left: number;
  readonly top: number;
}

const GAP = 6;
/** The label's line above a control. */
const LABEL = 30;

const clamp = (value: number, most: number): number => Math.max(GAP, Math.min(value, most));

function overlap(point: Point, size: Size, box: Box): number {
  const width = Math.min(point.x + size.width, box.left + box.width) - Math.max(point.x, box.left);
  const height = Math.min(point.y + size.height, box.top + box.height) - Math.max(point.y, box.top);
  return width > 0 && height > 0 ? width * height : 0;
}

/**
 * Where the letters stand: where the person put them if that leaves the field free, else beside it, above its label,
 * below it or in a corner; always inside the window. When the field leaves no room, where they cover least of it. Of
 * places that are equally good for the field, one that leaves its open `list` free.
 */
export function placePalette(
  field: Box,
  palette: Size,
  view: Size,
  moved: Point | null,
  list: Box | null = null,
): Point {
  const right = field.left + field.width;
  const wished: Point[] = [
    ...(moved === null ? [] : [moved]),
    { x: right + GAP, y: field.top },
    { x: right - palette.width, y: field.top - LABEL - palette.height },
    { x: right - palette.width, y: field.top + field.height + GAP },
    { x: view.width, y: view.height },
    { x: view.width, y: 0 },
  ];
  const within = (point: Point): Point => ({
    x: clamp(point.x, view.width - palette.width - GAP),
    y: clamp(point.y, view.height - palette.height - GAP),
  });
  const [best] = wished
    .map(within)
    .map((point, order) => ({
      point,
      order,
      covered: overlap(point, palette, field),
      ofList: list === null ? 0 : overlap(point, palette, list),
    }))
    .sort((a, b) => a.covered - b.covered || a.ofList - b.ofList || a.order - b.order);
  return best?.point ?? { x: GAP, y: GAP };
}
