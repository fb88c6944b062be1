import type { Json } from '../base/json.ts';
import { err, ok, type Result } from '../base/result.ts';
import { entryTexts, reasonCode, termCode } from './correction.ts';
import { lineAndColumn, type PositionedJson, readPositionedJson } from './positioned-json.ts';
import { type Catalogue, TERM_LISTS, type TranslationFile, translationFileSchema } from './recommendation.ts';

/** Some ten times a whole translation of the letter. */
export const MAX_TRANSLATION_FILE = 2_000_000;
/** The format needs four levels. */
const MAX_DEPTH = 8;

/** Why a translation file was refused, and where. */
export interface TranslationProblem {
  /** 1-based line and column in the file. */
  readonly line: number;
  readonly column: number;
  /**
   * `translation/too-large`, `translation/not-json`, `translation/duplicate-member`, `translation/not-a-translation`,
   * `translation/newer`, `translation/other-catalogue`, `translation/original-language`, `translation/wrong-shape`,
   * `translation/unknown-code`, `translation/unknown-text`.
   */
  readonly code: string;
  readonly detail: Readonly<Record<string, string | number>>;
}

interface Fault {
  readonly path: readonly (string | number)[];
  /** Set when the fault is the name of a member of the object at `path`. */
  readonly member?: string;
  readonly code: string;
  readonly detail: TranslationProblem['detail'];
}

/**
 * Reads a translation file for this catalogue, or says in which line and column its first fault stands, and why.
 *
 * Phases: (1) size; (2) JSON; (3) is it a translation, of a version we know, of this catalogue; (4) shape; (5) sense: no
 * entry and no text that the catalogue has not, because words nobody could ever see would be lost silently.
 */
export function parseTranslationFile(
  text: string,
  catalogue: Catalogue,
): Result<TranslationFile, TranslationProblem> {
  const problem = (
    offset: number,
    code: string,
    detail: TranslationProblem['detail'],
  ): Result<TranslationFile, TranslationProblem> => err({ ...lineAndColumn(text, offset), code, detail });

  if (text.length > MAX_TRANSLATION_FILE) {
    return problem(0, 'translation/too-large', { maximum: MAX_TRANSLATION_FILE });
  }
  const read = readPositionedJson(text, MAX_DEPTH);
  if (!read.ok) {
    const { offset, code, found } = read.error;
    if (code === 'duplicate') return problem(offset, 'translation/duplicate-member', { member: found });
    if (code === 'deep') return problem(offset, 'translation/wrong-shape', { path: '' });
    return problem(offset, 'translation/not-json', { found });
  }
  const json = read.value;
  const head = headFault(json.value, catalogue);
  if (head !== null) return problem(offsetOf(head, json), head.code, head.detail);

  const parsed = translationFileSchema.safeParse(json.value);
  const faults = parsed.success
    ? [...unreadMembers(json.value), ...senseFaults(parsed.data, catalogue)]
    : parsed.error.issues.flatMap((issue): Fault[] => {
        const path = issue.path as (string | number)[];
        const members = issue.code === 'unrecognized_keys' ? issue.keys : [undefined];
        return members.map((member) => ({
          path,
          ...(member === undefined ? {} : { member }),
          code: 'translation/wrong-shape',
          detail: { path: [...path, ...(member === undefined ? [] : [member])].join('/') },
        }));
      });
  const first = faults
    .map((fault) => ({ fault, offset: offsetOf(fault, json) }))
    .sort((a, b) => a.offset - b.offset)[0];
  if (first !== undefined) return problem(first.offset, first.fault.code, first.fault.detail);
  return parsed.success ? ok(parsed.data) : problem(0, 'translation/wrong-shape', { path: '' });
}

/** A file of another kind, version or catalogue is told before its thousand differences are. */
function headFault(value: Json, catalogue: Catalogue): Fault | null {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  const head = (isObject ? value : {}) as { readonly [name: string]: Json | undefined };
  if (head.format !== 'baikoo-translation') {
    return { path: ['format'], code: 'translation/not-a-translation', detail: {} };
  }
  if (typeof head.version === 'number' && head.version > 1) {
    return { path: ['version'], code: 'translation/newer', detail: { found: head.version } };
  }
  if (typeof head.catalogue === 'string' && head.catalogue !== catalogue.code) {
    const detail = { found: head.catalogue.slice(0, 80), expected: catalogue.code };
    return { path: ['catalogue'], code: 'translation/other-catalogue', detail };
  }
  if (head.lang === catalogue.source.lang) {
    return { path: ['lang'], code: 'translation/original-language', detail: {} };
  }
  return null;
}

/** Entries by the one name that the schema passes over without a word. */
const unreadMembers = (file: Json): Fault[] =>
  Object.entries(file as Readonly<Record<string, Json>>).flatMap(([part, entries]): Fault[] =>
    typeof entries === 'object' && entries !== null && Object.hasOwn(entries, '__proto__')
      ? [
          {
            path: [part],
            member: '__proto__',
            code: 'translation/unknown-code',
            detail: { found: '__proto__' },
          },
        ]
      : [],
  );

function senseFaults(file: TranslationFile, catalogue: Catalogue): Fault[] {
  const entries = entryTexts(catalogue);
  const faults: Fault[] = [];
  const unknown = (part: keyof TranslationFile, code: string): void => {
    faults.push({
      path: [part],
      member: code,
      code: 'translation/unknown-code',
      detail: { found: code.slice(0, 80) },
    });
  };
  for (const code of Object.keys(file.sections)) {
    if (entries.get(code)?.title === undefined) unknown('sections', code);
  }
  for (const reason of Object.keys(file.sdgReasons)) {
    if (!entries.has(reasonCode(reason))) unknown('sdgReasons', reason);
  }
  for (const list of TERM_LISTS) {
    for (const code of Object.keys(file[list] ?? {}))
      if (!entries.has(termCode(list, code))) unknown(list, code);
  }
  for (const code of Object.keys(file.states ?? {})) if (!entries.has(code)) unknown('states', code);
  for (const [code, item] of Object.entries(file.items)) {
    const texts = entries.get(code);
    if (texts?.text === undefined) {
      unknown('items', code);
      continue;
    }
    const notes = Object.keys(texts).filter((name) => name.startsWith('notes/')).length;
    for (const name of Object.keys(item)) {
      const known = name === 'notes' ? notes === item.notes?.length : texts[name] !== undefined;
      if (known) continue;
      const detail = { code, found: name };
      faults.push({ path: ['items', code], member: name, code: 'translation/unknown-text', detail });
    }
  }
  return faults;
}

const offsetOf = (fault: Fault, json: PositionedJson): number =>
  fault.member === undefined ? json.valueAt(fault.path) : json.nameAt(fault.path, fault.member);
