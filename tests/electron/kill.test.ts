import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { expect, test } from 'vitest';
import { frame, wholeFrames } from './frames.ts';
import { filesBelow, scratchFolder } from './scratch.ts';

const KILLS = 60;

/** One plain file, because loading sixty writers from the sources takes longer than killing them. */
async function bundledWriter(folder: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: fileURLToPath(new URL('append-writer.ts', import.meta.url)),
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      rolldownOptions: { output: { format: 'es', entryFileNames: 'writer.mjs' } },
    },
    resolve: { alias: { '@/': fileURLToPath(new URL('../../renderer/', import.meta.url)) } },
    ssr: { noExternal: true },
  });
  return join(folder, 'writer.mjs');
}

/** Lets a writer run until `delay` milliseconds after its first acknowledgement, then kills it. */
async function killedWriter(script: string, home: string, delay: number): Promise<number> {
  const child = spawn(process.execPath, [script, home], { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (chunk) => {
    complaint += chunk;
  });
  const closed = once(child, 'close') as Promise<[number | null, string | null]>;
  let last = -1;
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (last < 0) setTimeout(() => child.kill('SIGKILL'), delay);
    last = Number(line);
  });
  const [, signal] = await closed;
  expect(signal, complaint).toBe('SIGKILL');
  return last;
}

test(`after each of ${KILLS} kills everything acknowledged is on the disk byte for byte, and the next writer gets in`, async () => {
  const folder = await scratchFolder();
  const script = await bundledWriter(folder);
  const home = join(folder, 'home');
  let acknowledged = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const delay = Math.random() * 80;
    const last = await killedWriter(script, home, delay);
    expect(last).toBeGreaterThanOrEqual(acknowledged);
    acknowledged = last + 1;

    const journal = await readFile(join(home, 'journal.bkj'));
    const { count, end } = wholeFrames(journal);
    expect(count, `after ${delay} ms`).toBeGreaterThanOrEqual(acknowledged);
    // What follows the last whole frame is the beginning of the one under way, and nothing else.
    const torn = journal.subarray(end);
    expect(Buffer.compare(torn, frame(count).subarray(0, torn.length))).toBe(0);

    const draft = await readFile(join(home, 'drafts', 'a.bkd'));
    const seq = draft.readUInt32BE(4);
    expect(seq).toBeGreaterThanOrEqual(last);
    expect(Buffer.compare(draft, frame(seq))).toBe(0);
  }
  expect(acknowledged).toBeGreaterThan(KILLS);
  // At most the temporary file of the last kill is left over.
  expect((await filesBelow(home)).filter((name) => name.endsWith('.tmp')).length).toBeLessThanOrEqual(1);
}, 180_000);
