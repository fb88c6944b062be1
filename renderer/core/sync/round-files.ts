import type { Bytes } from '../base/bytes.ts';
import { codeOf } from '../base/coded-error.ts';
import type { Round } from './meeting.ts';
import type { Fetched, GetOptions } from './target.ts';

/** What carries files of a round, and counts their bytes. */
type Line = Pick<Round, 'target' | 'control'>;

export type FetchedFile = Fetched | { readonly state: 'too-long' };

/**
 * A file as the target gives it. A longer one than ours can be is no error of the target's, but none of ours either.
 * `told`: see `RoundControl.transfer`.
 */
export async function fetchFile(
  { target, control }: Line,
  path: string,
  options: GetOptions,
  told?: number | null,
): Promise<FetchedFile> {
  try {
    return await control.transfer(
      'in',
      () => target.get(path, options),
      (answer) => (answer.state === 'found' ? answer.bytes.length : 0),
      told,
    );
  } catch (error) {
    if (codeOf(error) === 'target/too-long') return { state: 'too-long' };
    throw error;
  }
}

/** Errors: the target's. */
export function putFile({ target, control }: Line, path: string, bytes: Bytes): Promise<void> {
  return control.transfer(
    'out',
    () => target.put(path, bytes),
    () => bytes.length,
    bytes.length,
  );
}

/**
 * Asks for all of them beside each other, and hands on what came, in the order asked. Where one fails, what came
 * before it is handed on all the same: a line that breaks has not carried it in vain. Errors: those of `ask`.
 */
export async function askBeside<Wanted, Came>(
  wanted: readonly Wanted[],
  ask: (one: Wanted) => Promise<Came>,
  take: (came: readonly Came[]) => Promise<void>,
): Promise<void> {
  const came = new Map<number, Came>();
  try {
    await Promise.all(wanted.map(async (one, i) => came.set(i, await ask(one))));
  } finally {
    const inOrder = [...came].sort(([one], [other]) => one - other);
    await take(inOrder.map(([, one]) => one));
  }
}
