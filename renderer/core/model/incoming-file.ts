import type { Locale } from '../base/locales.ts';
import type { Form, FormProblem } from './form.ts';
import type { TranslationProblem } from './translation-file.ts';

/** Far above any file of ours; a film dropped by mistake is not read into memory to be refused. */
export const MOST_INCOMING_BYTES = 16_000_000;

/** What a file that somebody dropped, or opened from a folder, turns out to be. Nothing of it was taken in. */
export type IncomingFile =
  /** A request to join a team, or a coordinator's answer to one. */
  | { readonly kind: 'request' | 'answer' }
  /** An organisation's own form; `known` is the revision that is here already, null when there is none. */
  | { readonly kind: 'form'; readonly form: Form; readonly known: number | null }
  /** Corrections of a translation, by whom the file says they are. */
  | {
      readonly kind: 'translation';
      readonly lang: Locale;
      readonly origin: string;
      readonly entries: number;
    }
  /** It says that it is one of these, and cannot be used: where, and why. */
  | { readonly kind: 'bad-form'; readonly problem: FormProblem }
  | { readonly kind: 'bad-translation'; readonly problem: TranslationProblem }
  /** Key slots or a journal, or what travels by exchange points: ours, and not for opening one by one. */
  | { readonly kind: 'vault-part' | 'exchange-part' }
  | { readonly kind: 'too-large' | 'unknown' };

/** Files that come from elsewhere, seen before anything is done with them. */
export interface IncomingDoor {
  /** Reads a file with the parsers that would take it in. Never fails over what is in it. */
  look(bytes: Uint8Array): Promise<IncomingFile>;
  /** The file that the system asked to open, once; null when there is none. Error: `file/unreadable`, `file/too-large`. */
  opened(): Promise<Uint8Array | null>;
}
