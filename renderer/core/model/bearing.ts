import type { Direction } from './observation.ts';

/** How many observations speak to a measure, an area or a section of the catalogue, by direction. */
export type Tally = Readonly<Record<Direction, number>>;

/** By code of a measure, area or section; one observation counts once for each, whatever it links below it. */
export type Counts = Readonly<Record<string, Tally>>;

/**
 * When the observations of a code happened, in order. A period is a month (`2021-04`), a year where no month is
 * known, or '' where no year is; what lasted longer counts where it began.
 */
export type Timeline = readonly { readonly period: string; readonly counts: Tally }[];
