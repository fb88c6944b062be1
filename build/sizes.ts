import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/**
 * `npx tsx build/sizes.ts`, after `npm run build`: how large the program is without Electron's runtime, and how much
 * of it the window reads before it can be used (the page with what it names, and the vault's worker).
 */
const dist = fileURLToPath(new URL('../dist/', import.meta.url));

const assets = await readdir(join(dist, 'renderer', 'assets'));
const page = await readFile(join(dist, 'renderer', 'index.html'), 'utf8');
const named = [...page.matchAll(/(?:src|href)="\/([^"]+)"/g)].map(([, path]) => `renderer/${path}`);
const vault = assets
  .filter((name) => name.startsWith('vault.worker'))
  .map((name) => `renderer/assets/${name}`);

const programs = ['electron/main.cjs', 'electron/preload.cjs', 'renderer/index.html'];
await print('program without the runtime', [...programs, ...assets.map((name) => `renderer/assets/${name}`)]);
await print('first load of the window', ['renderer/index.html', ...named, ...vault]);

async function print(what: string, names: readonly string[]): Promise<void> {
  const contents = await Promise.all(names.map((name) => readFile(join(dist, name))));
  const bytes = contents.reduce((sum, content) => sum + content.length, 0);
  const packed = contents.reduce((sum, content) => sum + gzipSync(content, { level: 9 }).length, 0);
  console.log(`${what}: ${names.length} files, ${bytes} bytes, ${packed} gzipped`);
}
