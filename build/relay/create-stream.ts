import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createSockets } from '../../electron/handlers/socket.ts';
import { RelayLines } from '../../renderer/core/sync/relay-lines.ts';
import { STREAM } from '../../renderer/core/sync/relay-subjects.ts';
import { dialNats, readSeed } from '../../renderer/relay/nats-line.ts';
import { ADMIN_FILE, readState, urlsOf } from './relay-state.ts';
import { streamConfig } from './server-config.ts';

/**
 * Makes the stream, or gives the one that is there its present limits. Errors: a sentence, or a target's.
 */
export async function createStream(folder: string): Promise<'made' | 'updated'> {
  const state = await readState(folder);
  if (state === null) throw new Error(`${folder} holds no relay; "init" writes one.`);
  const key = readSeed(await readFile(join(folder, ADMIN_FILE), 'utf8'));
  const sockets = createSockets();
  const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
  const lines = new RelayLines(
    urlsOf(state),
    (url) => dialNats(sockets.host, url, key, state.fingerprint, 10_000),
    pause,
  );
  const ask = async (api: string): Promise<{ error?: { description?: string } }> => {
    const config = api === 'STREAM.INFO' ? {} : streamConfig(state);
    const question = new TextEncoder().encode(JSON.stringify(config));
    const reply = await lines.use((line) =>
      line.request(`$JS.API.${api}.${STREAM}`, question, { patience: 30_000 }),
    );
    return JSON.parse(new TextDecoder().decode(reply.bytes));
  };
  try {
    // Asked first: a server that has no room for a second such stream refuses even to find the first.
    const there = !(await ask('STREAM.INFO')).error;
    const done = await ask(there ? 'STREAM.UPDATE' : 'STREAM.CREATE');
    if (done.error) throw new Error(`The server says: ${done.error.description}.`);
    return there ? 'updated' : 'made';
  } finally {
    await lines.close();
    sockets.closeAll();
  }
}
