import { type Bytes, equalBytes } from '../base/bytes.ts';
import { JOIN_FILE_LIMIT } from './join.ts';
import { answerPath, requestPath } from './layout.ts';
import type { RoundControl } from './round-control.ts';
import { fetchFile, putFile } from './round-files.ts';
import type { Target } from './target.ts';

/** What of joining is under way on this device. */
export interface JoinDesk {
  /** Invitations that wait for a request. */
  readonly waiting: readonly string[];
  /** Answers given, until the newcomer was seen. */
  readonly answers: readonly { readonly invitation: string; readonly bytes: Bytes }[];
  /** The own request, while there is no answer. */
  readonly request: {
    readonly invitation: string;
    readonly bytes: Bytes;
    /** True for a whole request under the same words, whoever's: who came first is answered first. */
    isRequest(bytes: Bytes): Promise<boolean>;
  } | null;
  /** Takes a file in; one that is not what it should be is passed over. True when it was right. */
  open(bytes: Bytes): Promise<boolean>;
}

/** Lets requests and answers travel by a target, beside the packs. */
export async function exchangeJoinFiles(
  desk: JoinDesk,
  target: Target,
  control: RoundControl,
): Promise<void> {
  const read = async (path: string): Promise<Bytes | null> => {
    const fetched = await fetchFile({ target, control }, path, { maxBytes: JOIN_FILE_LIMIT });
    // Who asks to be let in has no other business here and waits for this file, so is told.
    if (fetched.state === 'unread' && desk.request !== null) throw fetched.error;
    return fetched.state === 'found' ? fetched.bytes : null;
  };
  const write = (path: string, bytes: Bytes): Promise<void> => putFile({ target, control }, path, bytes);
  for (const invitation of desk.waiting) {
    const request = await read(requestPath(invitation));
    if (request !== null) await desk.open(request);
  }
  for (const { invitation, bytes } of desk.answers) {
    const there = await read(answerPath(invitation));
    // It may be half of it, of an upload that broke off.
    if (there === null || !equalBytes(there, bytes)) await write(answerPath(invitation), bytes);
  }
  if (desk.request === null) return;
  const { invitation, bytes, isRequest } = desk.request;
  const answer = await read(answerPath(invitation));
  if (answer !== null && (await desk.open(answer))) return;
  const there = await read(requestPath(invitation));
  if (there === null || !(await isRequest(there))) await write(requestPath(invitation), bytes);
}
