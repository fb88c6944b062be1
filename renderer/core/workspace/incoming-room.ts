import { fromUtf8 } from '../base/bytes.ts';
import type { SystemHost } from '../host/host.ts';
import { beginsAsJournal } from '../journal/frame.ts';
import { parseFormFile } from '../model/form-file.ts';
import { type IncomingDoor, type IncomingFile, MOST_INCOMING_BYTES } from '../model/incoming-file.ts';
import type { Catalogue } from '../model/recommendation.ts';
import { parseTranslationFile } from '../model/translation-file.ts';
import { parseFile } from '../sync/envelope.ts';
import { outlineOf } from '../sync/join.ts';
import { parseHeader } from '../vault/header.ts';
import { formsOf, knownCodes } from './organisation.ts';
import type { Session } from './session.ts';

/**
 * What a file from elsewhere is. It is hostile input: its name says nothing, its first bytes or its own `format` say
 * which parser is asked, and that is the one that takes such files in. Nothing is written here.
 */
export class IncomingRoom implements IncomingDoor {
  readonly #session: Session;
  readonly #catalogue: Catalogue;
  readonly #system: Pick<SystemHost, 'openedFile'>;

  /** `catalogue` is the seeds' own, without corrections. */
  constructor(session: Session, catalogue: Catalogue, system: Pick<SystemHost, 'openedFile'>) {
    this.#session = session;
    this.#catalogue = catalogue;
    this.#system = system;
  }

  opened(): Promise<Uint8Array | null> {
    return this.#system.openedFile();
  }

  async look(given: Uint8Array): Promise<IncomingFile> {
    if (given.length > MOST_INCOMING_BYTES) return { kind: 'too-large' };
    const bytes = Uint8Array.from(given);
    const outline = outlineOf(bytes);
    if (outline !== null) return { kind: outline.kind };
    const header = parseHeader(bytes);
    if (header.ok || header.error === 'vault/newer' || beginsAsJournal(bytes)) return { kind: 'vault-part' };
    for (const magic of ['BKP1', 'BKH1', 'BKL1'] as const) {
      if (parseFile(bytes, magic).ok) return { kind: 'exchange-part' };
    }
    const text = asText(bytes);
    // Some editors put a mark in front of UTF-8.
    return text === null ? { kind: 'unknown' } : this.#lookAtText(text.replace(/^\uFEFF/, ''));
  }

  #lookAtText(text: string): IncomingFile {
    const form = parseFormFile(text, knownCodes(this.#session));
    if (form.ok) {
      const known = formsOf(this.#session).find(({ code }) => code === form.value.code);
      return { kind: 'form', form: form.value, known: known?.revision ?? null };
    }
    const translation = parseTranslationFile(text, this.#catalogue);
    if (translation.ok) {
      const { lang, origin, items, sections, themes = {}, groups = {}, sdgReasons } = translation.value;
      const entries = [items, sections, themes, groups, sdgReasons].reduce(
        (sum, part) => sum + Object.keys(part).length,
        0,
      );
      return { kind: 'translation', lang, origin, entries };
    }
    // Neither is one of ours; what it says of itself decides which refusal helps.
    if (saysFormat(text, 'baikoo-form')) return { kind: 'bad-form', problem: form.error };
    if (saysFormat(text, 'baikoo-translation'))
      return { kind: 'bad-translation', problem: translation.error };
    return { kind: 'unknown' };
  }
}

/** Also of a text that is no JSON any more, because somebody edited it by hand. */
const saysFormat = (text: string, format: string): boolean =>
  new RegExp(`"format"\\s*:\\s*"${format}"`).test(text);

function asText(bytes: Uint8Array<ArrayBuffer>): string | null {
  try {
    return fromUtf8(bytes);
  } catch {
    return null;
  }
}
