import { writeSync } from 'node:fs';
import { openLocalHost } from '../../electron/local-host.ts';
import { frame, wholeFrames } from './frames.ts';

/**
 * The program that the kill test kills: saves for ever through the same dispatch as the app, and prints a frame's
 * number only when its journal append and its draft have been acknowledged.
 */
const [home] = process.argv.slice(2) as [string];
const window = `writer-${process.pid}-0123456789`;
const host = await openLocalHost({ home, saveAs: async () => null, about: { mode: 'page', version: '0' } });

async function call(channel: string, ...params: unknown[]): Promise<unknown> {
  const answer = await host.dispatch({ channel, claim: window, params });
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value;
}

await call('system.claim', window);
const size = (await call('journal.size')) as number;
const { count, end } = wholeFrames((await call('journal.read', 0, size)) as Uint8Array);
if (end < size) await call('journal.setAside', end);

let at = end;
for (let seq = count; ; seq++) {
  const bytes = frame(seq);
  at = (await call('journal.append', at, bytes)) as number;
  await call('files.replace', 'drafts/a.bkd', bytes);
  writeSync(1, `${seq}\n`);
}
