import { z } from 'zod';
import { hashText } from '../base/hash-text.ts';
import type { Locale } from '../base/locales.ts';
import type { Seen } from './fields.ts';
import {
  type Catalogue,
  TERM_LISTS,
  type TermList,
  type TranslationFile,
  type TranslationState,
} from './recommendation.ts';

/**
 * A catalogue's translations, text by text, and the organisation's corrections laid over them.
 *
 * An **entry** is an area, a measure, a section, the reason why an SDG target is proposed (one entry wherever the same
 * reason is given), a theme or a group; its **texts** have names that are also the registers of its correction:
 * `shortTitle`, `text`, `leadIn`, `trailing`, `note`, `title` (of a section), `reason`, `label` (of a theme or group), and
 * `notes/<the note in the source's words>`, so that a correction stays with its note when a newer seed adds another
 * before it.
 */
export type EntryTexts = Readonly<Record<string, string>>;

/** Who says that a translation is right, and the day (ISO) they said so, where it is known. */
export interface Review {
  readonly reviewer: string;
  readonly on: string | null;
}

/**
 * What a register of a correction holds. The review goes with the very words it was given to: words that
 * somebody else writes meanwhile are not reviewed by it. A register set back to null stands for the seed's text.
 */
export const correctedTextSchema = z.strictObject({
  text: z.string().trim().min(1).max(20_000),
  review: z
    .strictObject({ reviewer: z.string().trim().min(1).max(200), on: z.iso.date().nullable() })
    .nullable(),
});
export type CorrectedText = z.infer<typeof correctedTextSchema>;

/** One language's corrections: by entry, then by name of the text. */
export type Corrections = ReadonlyMap<string, Readonly<Record<string, CorrectedText>>>;

/** A text of an entry in a language, as a person sees it who wants to mend it. */
export interface OpenedText {
  readonly name: string;
  /** In the source's own words; a short title's and a note's are editorial. */
  readonly original: string;
  /** Baikoo's own translation; null where there is none. */
  readonly seed: string | null;
  /** The organisation's; null while Baikoo's stands. In a conflict a stand-in, as everywhere. */
  readonly own: CorrectedText | null;
  /** More than one: a conflict. A null stands for Baikoo's own text. */
  readonly versions: readonly {
    readonly value: CorrectedText | null;
    readonly change: string;
    readonly author: string;
    readonly at: string;
  }[];
}

export interface OpenedTranslation {
  readonly lang: Locale;
  readonly code: string;
  readonly texts: readonly OpenedText[];
  readonly state: TranslationState;
  /** What saving says it replaces. */
  readonly seen: Seen;
}

const NOTE = 'notes/';
/** Register names are bounded; no two notes of one area begin alike for this long. */
const NOTE_LENGTH = 280;
export const noteName = (original: string): string => NOTE + original.slice(0, NOTE_LENGTH);

/** The entry of a reason, named after its words in the source's language. */
export const reasonCode = (reason: string): string => `sdg.${hashText(reason).toString(16).padStart(8, '0')}`;

/** The entry of a theme or group. */
export const termCode = (list: TermList, code: string): string => `${list}.${code}`;

/** The list and code of a theme or group; null for another entry. */
export function termOf(entry: string): { readonly list: TermList; readonly code: string } | null {
  const list = TERM_LISTS.find((known) => entry.startsWith(`${known}.`));
  return list === undefined ? null : { list, code: entry.slice(list.length + 1) };
}

/** What entries are read from; a catalogue on its own, without vocabularies, has no terms. */
type Original = Pick<Catalogue, 'areas' | 'terms'>;

const entriesOf = new WeakMap<Catalogue['areas'], ReadonlyMap<string, EntryTexts>>();

/** Every entry's texts in the source's own words, in the order they are read. */
export function entryTexts(catalogue: Original): ReadonlyMap<string, EntryTexts> {
  const known = entriesOf.get(catalogue.areas);
  if (known !== undefined) return known;
  const entries = new Map<string, EntryTexts>();
  for (const area of catalogue.areas) {
    area.sectionCodes.forEach((code, depth) => {
      if (!entries.has(code)) entries.set(code, { title: area.sectionPath[depth] ?? code });
    });
    const notes = (area.editorNotes ?? []).map((note) => [noteName(note), note] as const);
    entries.set(area.code, {
      shortTitle: area.shortTitle,
      text: area.text,
      ...Object.fromEntries(notes),
    });
    for (const { code, leadIn, text, trailing, editorNote } of area.measures) {
      entries.set(code, {
        ...(leadIn === null ? {} : { leadIn }),
        text,
        ...(trailing === null ? {} : { trailing }),
        ...(editorNote === undefined ? {} : { note: editorNote }),
      });
    }
  }
  for (const { reason } of catalogue.areas.flatMap((area) => area.sdgTargets)) {
    entries.set(reasonCode(reason), { reason });
  }
  for (const list of TERM_LISTS) {
    for (const [code, label] of Object.entries(catalogue.terms?.[list] ?? {})) {
      entries.set(termCode(list, code), { label });
    }
  }
  entriesOf.set(catalogue.areas, entries);
  return entries;
}

const noteNames = (texts: EntryTexts): string[] => Object.keys(texts).filter((name) => name.startsWith(NOTE));

/** A text of an entry as a translation file has it; null where it has none. `texts` are the entry's originals. */
export function translatedText(
  file: TranslationFile | undefined,
  code: string,
  name: string,
  texts: EntryTexts,
): string | null {
  if (name === 'title') return file?.sections[code] ?? null;
  if (name === 'reason') return file?.sdgReasons[texts.reason ?? ''] ?? null;
  if (name === 'label') {
    const term = termOf(code);
    return (term === null ? undefined : file?.[term.list]?.[term.code]) ?? null;
  }
  const item = file?.items[code];
  if (item === undefined) return null;
  if (name.startsWith(NOTE)) return item.notes?.[noteNames(texts).indexOf(name)] ?? null;
  return item[name as 'text' | 'shortTitle' | 'leadIn' | 'trailing' | 'note'] ?? null;
}

/** How far the translation of an entry has come: what the file says of it, or of itself as a whole. */
export const stateOf = (file: TranslationFile | undefined, code: string): TranslationState =>
  file?.states?.[code] ?? { state: file?.state ?? 'draft' };

/** The review all texts share, or null: one word that nobody looked at makes the whole entry a draft. */
function sharedReview(texts: readonly (CorrectedText | undefined)[]): Review | null {
  const [first] = texts;
  const review = first?.review ?? null;
  const same = texts.every(
    (text) => text?.review?.reviewer === review?.reviewer && text?.review?.on === review?.on,
  );
  return same ? review : null;
}

const reviewed = (review: Review | null): TranslationState =>
  review === null
    ? { state: 'draft' }
    : {
        state: 'reviewed',
        reviewer: review.reviewer,
        ...(review.on === null ? {} : { on: review.on }),
      };

export const emptyTranslation = (catalogue: string, lang: Locale): TranslationFile => ({
  format: 'baikoo-translation',
  version: 1,
  catalogue,
  lang,
  state: 'draft',
  origin: '',
  sections: {},
  items: {},
  sdgReasons: {},
});

/**
 * The translation with the organisation's own texts in place of the seed's, and each entry's state. Texts
 * that the catalogue no longer has are left out here; their corrections stay in the record.
 */
export function withCorrections(
  catalogue: Original,
  seed: TranslationFile,
  corrections: Corrections,
): TranslationFile {
  const parts = partsOf(seed);
  for (const [code, own] of corrections) {
    const texts = entryTexts(catalogue).get(code);
    const names = Object.keys(texts ?? {});
    if (texts === undefined || !names.some((name) => own[name] !== undefined)) continue;
    putOwn(parts, code, texts, own, parts.items[code]);
    parts.states[code] = reviewed(sharedReview(names.map((name) => own[name])));
  }
  return { ...seed, ...parts };
}

type Item = TranslationFile['items'][string];

/** The members of a file that entries are written to. */
interface Parts extends Record<TermList, Record<string, string>> {
  readonly sections: Record<string, string>;
  readonly items: Record<string, Item>;
  readonly sdgReasons: Record<string, string>;
  readonly states: Record<string, TranslationState>;
}

const partsOf = (file: TranslationFile): Parts => ({
  sections: { ...file.sections },
  items: { ...file.items },
  sdgReasons: { ...file.sdgReasons },
  themes: { ...file.themes },
  groups: { ...file.groups },
  states: { ...file.states },
});

/** Writes an entry's own texts to where a file has texts of its kind; `seed` is what the file has of an item. */
function putOwn(
  parts: Parts,
  code: string,
  texts: EntryTexts,
  own: Readonly<Record<string, CorrectedText>>,
  seed: Item | undefined,
): void {
  const term = termOf(code);
  if (texts.title !== undefined) parts.sections[code] = own.title?.text ?? texts.title;
  else if (texts.reason !== undefined) parts.sdgReasons[texts.reason] = own.reason?.text ?? texts.reason;
  else if (texts.label !== undefined && term !== null)
    parts[term.list][term.code] = own.label?.text ?? texts.label;
  else parts.items[code] = { ...parts.items[code], ...ownItem(seed, texts, own) };
}

/**
 * The members of an item that hold the organisation's own words. A file's notes have places instead of names, so
 * the other notes of the area go along as they stand.
 */
function ownItem(
  seed: Item | undefined,
  texts: EntryTexts,
  own: Readonly<Record<string, CorrectedText>>,
): Item {
  const item: Record<string, string | string[]> = {};
  for (const name of Object.keys(texts)) {
    const text = own[name]?.text;
    if (text !== undefined && !name.startsWith(NOTE)) item[name] = text;
  }
  const notes = noteNames(texts);
  if (notes.some((name) => own[name] !== undefined)) {
    item.notes = notes.map((name, at) => own[name]?.text ?? seed?.notes?.[at] ?? (texts[name] as string));
  }
  return item;
}

/** The corrections of one language as a file of their own: what is sent to whoever looks after the translation. */
export function correctionFile(
  catalogue: Catalogue,
  lang: Locale,
  corrections: Corrections,
  origin: string,
): TranslationFile {
  const empty = emptyTranslation(catalogue.code, lang);
  const parts = partsOf(empty);
  for (const [code, texts] of entryTexts(catalogue)) {
    const own = corrections.get(code) ?? {};
    const written = Object.keys(texts).flatMap((name) => own[name] ?? []);
    if (written.length === 0) continue;
    putOwn(parts, code, texts, own, catalogue.translations[lang]?.items[code]);
    parts.states[code] = reviewed(sharedReview(written));
  }
  const drafts = Object.values(parts.states).filter(({ state }) => state === 'draft');
  const state = drafts.length === 0 ? 'reviewed' : 'draft';
  return { ...empty, state, origin, ...parts };
}
