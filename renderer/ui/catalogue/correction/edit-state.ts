import type { CorrectedText, OpenedTranslation } from '@/core/model/correction.ts';

/** What is being typed into the editor of an entry's translation. */
export interface Typed {
  readonly texts: Readonly<Record<string, string>>;
  readonly reviewed: boolean;
  readonly reviewer: string;
  /** As the date field hands it on: an ISO day once it can be read as one. */
  readonly on: string;
}

const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;

/** How the entry stands: the organisation's words where there are some, else Baikoo's. */
export function typedOf({ texts, state }: OpenedTranslation): Typed {
  return {
    texts: Object.fromEntries(texts.map(({ name, own, seed }) => [name, own?.text ?? seed ?? ''])),
    reviewed: state.state === 'reviewed',
    reviewer: state.reviewer ?? '',
    on: state.on ?? '',
  };
}

export interface Problems {
  readonly reviewer: boolean;
  readonly on: boolean;
}

/** A review says who and when, or it says nothing. */
export const problemsOf = ({ reviewed, reviewer, on }: Typed): Problems => ({
  reviewer: reviewed && reviewer.trim() === '',
  on: reviewed && !ISO_DAY.test(on),
});

/**
 * What saving writes. A review vouches for every text of the entry, so each becomes the organisation's own; in a
 * draft only what differs from Baikoo's does, and the rest goes on improving with newer versions.
 */
export function correctionOf(opened: OpenedTranslation, typed: Typed): Record<string, CorrectedText | null> {
  const review = typed.reviewed ? { reviewer: typed.reviewer.trim(), on: typed.on } : null;
  return Object.fromEntries(
    opened.texts.map(({ name, seed }) => {
      const text = (typed.texts[name] ?? '').trim();
      const own = text !== '' && (review !== null || text !== seed);
      return [name, own ? { text, review } : null];
    }),
  );
}

export const isTouched = (opened: OpenedTranslation, typed: Typed): boolean =>
  JSON.stringify(typed) !== JSON.stringify(typedOf(opened));
