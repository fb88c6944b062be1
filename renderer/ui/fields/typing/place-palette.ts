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
const clamp = (value: number, most: number): number => Math.max(GAP, Math.min(value, most));

function overlap(point: Point, size: Size, box: Box): number {
  const width = Math.min(point.x + size.width, box.left + box.width) - Math.max(point.x, box.left);
  const height = Math.min(point.y + size.height, box.top + box.height) - Math.max(point.y, box.top);
  return width > 0 && height > 0 ? width * height : 0;
}

const covers = (point: Point, size: Size, boxes: readonly Box[]): number =>
  boxes.reduce((sum, box) => sum + overlap(point, size, box), 0);

/**
 * Where the letters stand: where the person put them if that leaves the field free, else beside it, above it, below it
 * or in a corner; always inside the window. `field` is the whole of it, with its label and what stands beside that.
 * When it leaves no room, where they cover least of it. Of places that are equally good for the field, one that leaves
 * its open `list` free; of those, one that covers least of the `others`, which can be pressed or typed into.
 */
export function placePalette(
  field: Box,
  palette: Size,
  view: Size,
  moved: Point | null,
  list: Box | null = null,
  others: readonly Box[] = [],
): Point {
  const right = field.left + field.width;
  const above = field.top - GAP - palette.height;
  const below = field.top + field.height + GAP;
  const beside: Point[] = [
    { x: right + GAP, y: field.top },
    ...[right - palette.width, field.left].flatMap((x) => [
      { x, y: above },
      { x, y: below },
    ]),
  ];
  const corners: Point[] = [
    { x: view.width, y: view.height },
    { x: view.width, y: 0 },
  ];
  const within = (point: Point): Point => ({
    x: clamp(point.x, view.width - palette.width - GAP),
    y: clamp(point.y, view.height - palette.height - GAP),
  });
  const place = (wished: Point, ofOthers: (point: Point) => number) => {
    const point = within(wished);
    const ofList = list === null ? 0 : overlap(point, palette, list);
    return { point, covered: overlap(point, palette, field), ofList, ofOthers: ofOthers(point) };
  };
  const [best] = [
    // Where a person put them, they may cover the rest; a corner is far from the field, however free it is.
    ...(moved === null ? [] : [place(moved, () => 0)]),
    ...beside.map((point) => place(point, (at) => covers(at, palette, others))),
    ...corners.map((point) => place(point, () => Number.POSITIVE_INFINITY)),
  ]
    .map((candidate, order) => ({ ...candidate, order }))
    .sort(
      (a, b) =>
        a.covered - b.covered ||
        a.ofList - b.ofList ||
        (a.ofOthers === b.ofOthers ? a.order - b.order : a.ofOthers - b.ofOthers),
    );
  return best?.point ?? { x: GAP, y: GAP };
}
