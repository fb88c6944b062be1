import type { Bytes } from '../base/bytes.ts';
import { CodedError } from '../base/coded-error.ts';
import type { Round } from './meeting.ts';
import type { Fetched, GetOptions, ListedFile } from './target.ts';

/** What carries files of a round, and counts their bytes. */
type Line = Pick<Round, 'target' | 'control'>;

/** `unread`: the target failed with this one file, which says nothing about the others. */
export type FetchedFile =
  | Fetched
  | { readonly state: 'too-long' }
  | { readonly state: 'unread'; readonly error: CodedError };

/** Statuses that are about who asks, whatever is asked for. */
const OF_ALL = [401, 407];

/** True for what is wrong with one file or folder: a bad sector, somebody's link, a right that is missing, a lock. */
export const isOfOne = (error: unknown): error is CodedError => {
  if (!(error instanceof CodedError)) return false;
  const { code, detail } = error;
  if (code === 'target/busy') return detail.status === 423;
  return code === 'target/failed' || (code === 'target/refused' && !OF_ALL.includes(Number(detail.status)));
};

/**
 * A file as the target gives it. A longer one than ours can be is no error of the target's, but none of ours either.
 * Errors: the target's, as far as they are not of this one file.
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
    if (error instanceof CodedError && error.code === 'target/too-long') return { state: 'too-long' };
    if (isOfOne(error)) return { state: 'unread', error };
    throw error;
  }
}

/** The files of a folder; null where the target failed with this one folder. Errors: the target's, otherwise. */
export async function listFolder({ target }: Line, folder: string): Promise<readonly ListedFile[] | null> {
  try {
    return await target.list(folder);
  } catch (error) {
    if (isOfOne(error) || (error instanceof CodedError && error.code === 'target/too-long')) return null;
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
