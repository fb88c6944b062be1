import { utf8 } from '../base/bytes.ts';
import { CodedError } from '../base/coded-error.ts';
import { canonical, type Json, sameJson } from '../base/json.ts';
import { isLocale, type Locale } from '../base/locales.ts';
import type { Change } from '../changes/change.ts';
import { writeChange } from '../changes/edit.ts';
import {
  conflictsOf,
  foldChanges,
  type RecordState,
  seenOf,
  type VisibleValue,
} from '../changes/register.ts';
import type { FilesHost } from '../host/host.ts';
import {
  type CorrectedText,
  type Corrections,
  correctedTextSchema,
  correctionFile,
  type EntryTexts,
  emptyTranslation,
  entryTexts,
  type OpenedTranslation,
  type Review,
  stateOf,
  translatedText,
  withCorrections,
} from '../model/correction.ts';
import type { FieldMap, Seen } from '../model/fields.ts';
import type { Catalogue, ContestedText, TranslationFile } from '../model/recommendation.ts';
import { parseTranslationFile } from '../model/translation-file.ts';
import type { CorrectionsDoor, HistoryEntry } from '../workspace.ts';
import { historyOf } from './history.ts';
import type { Session } from './session.ts';

/**
 * The organisation's corrections of unofficial translations: one record for each language and entry
 * (`correction:<lang>:<code>`), one register for each text (see `model/correction.ts`). Seeds are never edited, so
 * a newer one changes what nobody has corrected, and nothing else.
 */
const TYPE = 'correction';
/** Changes in one journal entry of an import. */
const BATCH = 200;

const recordOf = (lang: Locale, code: string): string => `${TYPE}:${lang}:${code}`;

function targetOf(record: string): { lang: Locale; code: string } | null {
  const [, lang = '', code = ''] = record.split(':');
  return isLocale(lang) && code !== '' ? { lang, code } : null;
}

/** A register's value; null where the seed's text stands, or where a newer version wrote what this one cannot read. */
function readText(value: Json | undefined): CorrectedText | null {
  const parsed = correctedTextSchema.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** Corrected texts of a record, by name; in a conflict the first in the order every device agrees on. */
function ownTexts(state: RecordState): Record<string, CorrectedText> {
  const own: Record<string, CorrectedText> = {};
  for (const [name, register] of Object.entries(state.registers)) {
    const text = readText(register[0]?.value);
    if (text !== null) own[name] = text;
  }
  return own;
}

/** What the organisation wrote in one language: its texts by entry and name, and those that are contested. */
interface Written {
  readonly texts: Map<string, Record<string, CorrectedText>>;
  readonly contested: ContestedText[];
}

function correctionsBy(session: Session): ReadonlyMap<Locale, Written> {
  const seed = session.reference.catalogue;
  const byLang = new Map<Locale, Written>();
  for (const state of session.store.others(TYPE)) {
    const target = targetOf(state.id);
    if (target === null) continue;
    const { lang, code } = target;
    const own = ownTexts(state);
    const contested = contestedTexts(seed, lang, code, state);
    if (Object.keys(own).length + contested.length === 0) continue;
    const written: Written = byLang.get(lang) ?? { texts: new Map(), contested: [] };
    if (Object.keys(own).length > 0) written.texts.set(code, own);
    written.contested.push(...contested);
    byLang.set(lang, written);
  }
  for (const { contested } of byLang.values()) contested.sort(byCodeAndName);
  return byLang;
}

const byCodeAndName = (one: ContestedText, other: ContestedText): number =>
  `${one.code} ${one.name}` < `${other.code} ${other.name}` ? -1 : 1;

/** The texts of an entry that the catalogue has and that hold several versions. */
function contestedTexts(seed: Catalogue, lang: Locale, code: string, state: RecordState): ContestedText[] {
  const originals = entryTexts(seed).get(code) ?? {};
  return conflictsOf(state).flatMap((name) => {
    if (originals[name] === undefined) return [];
    const words = translatedText(seed.translations[lang], code, name, originals) ?? '';
    const versions = (state.registers[name] ?? []).map(({ value, author, at }) => {
      const text = readText(value);
      return { text: text?.text ?? words, reviewer: text?.review?.reviewer ?? null, author, at };
    });
    return [{ code, name, versions }];
  });
}

/** The catalogue as last put together, so that what hangs on its identity (the search index) is built once. */
const together = new WeakMap<Session, { stamp: string; catalogue: Catalogue }>();

/** The catalogue with the organisation's corrections in its translations; the same object until a correction changes. */
export function catalogueOf(session: Session): Catalogue {
  const seed = session.reference.catalogue;
  const byLang = correctionsBy(session);
  if (byLang.size === 0) return seed;
  const stamp = canonical(
    [...byLang].map(([lang, { texts, contested }]) => [
      lang,
      Object.fromEntries(texts),
      contested,
    ]) as unknown as Json,
  );
  const known = together.get(session);
  if (known?.stamp === stamp) return known.catalogue;
  const translations: Partial<Record<Locale, TranslationFile>> = { ...seed.translations };
  const corrected: Partial<Record<Locale, readonly string[]>> = {};
  const contested: Partial<Record<Locale, readonly ContestedText[]>> = {};
  for (const [lang, written] of byLang) {
    if (lang === seed.source.lang) continue;
    const base = seed.translations[lang] ?? emptyTranslation(seed.code, lang);
    translations[lang] = withCorrections(seed, base, written.texts);
    corrected[lang] = [...written.texts.keys()].sort();
    if (written.contested.length > 0) contested[lang] = written.contested;
  }
  const catalogue = { ...seed, translations, corrected, contested };
  together.set(session, { stamp, catalogue });
  return catalogue;
}

export class CorrectionsRoom implements CorrectionsDoor {
  readonly #session: Session;
  readonly #files: Pick<FilesHost, 'saveAs'>;

  constructor(session: Session, files: Pick<FilesHost, 'saveAs'>) {
    this.#session = session;
    this.#files = files;
  }

  get #seed(): Catalogue {
    return this.#session.reference.catalogue;
  }

  #originals(lang: Locale, code: string): EntryTexts {
    const texts = entryTexts(this.#seed).get(code);
    if (texts === undefined || lang === this.#seed.source.lang) {
      throw new CodedError('translation/unknown-code', 'This text of the catalogue has no translation.', {
        found: code,
      });
    }
    return texts;
  }

  async #state(
    lang: Locale,
    code: string,
  ): Promise<{ state: RecordState | null; changes: readonly Change[] }> {
    const changes = await this.#session.store.changes(recordOf(lang, code));
    return { changes, state: changes.length === 0 ? null : foldChanges(changes) };
  }

  async open(lang: Locale, code: string): Promise<OpenedTranslation> {
    const originals = this.#originals(lang, code);
    const { state } = await this.#state(lang, code);
    const own = state === null ? {} : ownTexts(state);
    const texts = Object.entries(originals).map(([name, original]) => ({
      name,
      original,
      seed: translatedText(this.#seed.translations[lang], code, name, originals),
      own: own[name] ?? null,
      versions: distinct(state?.registers[name] ?? []),
    }));
    const translation = catalogueOf(this.#session).translations[lang];
    return {
      lang,
      code,
      texts,
      state: stateOf(translation, code),
      seen: state === null ? {} : seenOf(state),
    };
  }

  async save(edit: Parameters<CorrectionsDoor['save']>[0]): Promise<void> {
    const { lang, code, texts, seen } = edit;
    const originals = this.#originals(lang, code);
    const wanted: Record<string, Json> = {};
    for (const [name, value] of Object.entries(texts)) {
      if (originals[name] === undefined) continue;
      wanted[name] = value === null || value.text.trim() === '' ? null : correctedTextSchema.parse(value);
    }
    await this.#write([{ lang, code, wanted, seen, state: (await this.#state(lang, code)).state }]);
  }

  async revert({ lang, code, seen }: Parameters<CorrectionsDoor['revert']>[0]): Promise<void> {
    const { state } = await this.#state(lang, code);
    const wanted = Object.fromEntries(Object.keys(seen).map((name) => [name, null]));
    await this.#write([{ lang, code, wanted, seen, state }]);
  }

  async history(lang: Locale, code: string): Promise<readonly HistoryEntry[]> {
    return historyOf((await this.#state(lang, code)).changes);
  }

  async exportFile(lang: Locale, origin: string): ReturnType<CorrectionsDoor['exportFile']> {
    const corrections: Corrections = correctionsBy(this.#session).get(lang)?.texts ?? new Map();
    const file = correctionFile(this.#seed, lang, corrections, origin.slice(0, 200));
    const bytes = utf8(`${JSON.stringify(file, null, 2)}\n`);
    return this.#files.saveAs(`baikoo-translation-${this.#seed.code}-${lang}.json`, bytes);
  }

  async importFile(text: string): ReturnType<CorrectionsDoor['importFile']> {
    const parsed = parseTranslationFile(text, this.#seed);
    if (!parsed.ok) return { lang: null, entries: 0, problem: parsed.error };
    const file = parsed.value;
    const edits: Edit[] = [];
    for (const [code, originals] of entryTexts(this.#seed)) {
      const { state } = await this.#state(file.lang, code);
      const wanted = this.#imported(file, code, originals, state === null ? {} : ownTexts(state));
      const seen = state === null ? {} : seenOf(state);
      edits.push({ lang: file.lang, code, wanted, seen, state });
    }
    return { lang: file.lang, entries: await this.#write(edits), problem: null };
  }

  /** What a file says of an entry that is not so already; a draft of the seed's own words says nothing. */
  #imported(
    file: TranslationFile,
    code: string,
    originals: EntryTexts,
    own: Readonly<Record<string, CorrectedText>>,
  ): FieldMap {
    const { state, reviewer, on } = stateOf(file, code);
    const review: Review | null =
      state === 'draft' ? null : { reviewer: reviewer ?? (file.origin.trim() || '?'), on: on ?? null };
    const wanted: Record<string, Json> = {};
    for (const name of Object.keys(originals)) {
      const text = translatedText(file, code, name, originals)?.trim() ?? '';
      const seed = translatedText(this.#seed.translations[file.lang], code, name, originals);
      if (text === '' || (review === null && own[name] === undefined && text === seed)) continue;
      wanted[name] = { text, review: review === null ? null : { ...review } };
    }
    return wanted;
  }

  /** One change for each edit that says anything new; resolves with how many there were. */
  async #write(edits: readonly Edit[]): Promise<number> {
    const real = edits.flatMap((edit) => {
      const edited = newIn(edit);
      return Object.keys(edited).length === 0 ? [] : [{ ...edit, edited }];
    });
    for (let at = 0; at < real.length; at += BATCH) {
      await this.#session.write((pen) =>
        real.slice(at, at + BATCH).map(({ lang, code, edited, seen }, i) => {
          const target = { type: TYPE, record: recordOf(lang, code) };
          return writeChange({ ...pen, next: pen.next + i }, this.#session.clock, target, edited, seen);
        }),
      );
    }
    return real.length;
  }
}

interface Edit {
  readonly lang: Locale;
  readonly code: string;
  readonly wanted: FieldMap;
  readonly seen: Seen;
  readonly state: RecordState | null;
}

/** The registers that do not hold what is wanted already; one in conflict is settled by whatever is chosen. */
function newIn({ wanted, state }: Edit): FieldMap {
  return Object.fromEntries(
    Object.entries(wanted).filter(([name, value]) => {
      const register = state?.registers[name] ?? [];
      const standing = register.length === 0 ? [null] : register.map((visible) => visible.value);
      return !standing.every((each) => sameJson(each, value));
    }),
  );
}

function distinct(register: readonly VisibleValue[]): OpenedTranslation['texts'][number]['versions'] {
  const versions = register.map(({ value, change, author, at }) => ({
    value: readText(value),
    change,
    author,
    at,
  }));
  return versions.filter((one, i) => versions.findIndex((other) => sameJson(other.value, one.value)) === i);
}
