import { CodedError } from '../base/coded-error.ts';
import type { DeriveKey } from '../vault/argon2.ts';
import type { Header } from '../vault/header.ts';
import { type Opened, openWithPassphrase, openWithWords } from '../vault/slots.ts';
import { parseWords } from '../vault/words.ts';
import type { Secret } from '../workspace.ts';

/**
 * The vault key by what a person knows. `words` are all the lists that recovery words are drawn from. Errors:
 * `vault/wrong-passphrase`, `vault/wrong-words`, `words/count`, `words/unknown`.
 */
export async function openSlot(
  header: Header,
  secret: Secret,
  { words, derive }: { readonly words: readonly string[]; readonly derive: DeriveKey },
): Promise<Opened> {
  if ('passphrase' in secret) {
    const opened = await openWithPassphrase(header, secret.passphrase, derive);
    if (opened.ok) return opened.value;
    throw new CodedError(opened.error, 'The passphrase does not open this vault.');
  }
  const parsed = parseWords(secret.recoveryWords, words);
  if (!parsed.ok) {
    throw parsed.error.code === 'words/count'
      ? new CodedError('words/count', 'The sheet has twelve words.', {
          expected: parsed.error.expected,
          found: parsed.error.found,
        })
      : new CodedError('words/unknown', 'Some of the words are on no list.', {
          positions: parsed.error.positions.join(', '),
        });
  }
  const opened = await openWithWords(header, parsed.value, derive);
  if (opened.ok) return opened.value;
  throw new CodedError(opened.error, 'The recovery words do not open this vault.');
}
