import { mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** `npm run build`: the renderer and the three programs around it into dist/. */
const root = fileURLToPath(new URL('..', import.meta.url));
const quiet = process.argv.includes('--quiet') ? { logLevel: /** @type {const} */ ('error') } : {};

// Missing while a build is under way or has failed, so that a half-made dist is never taken for a whole one.
const stamp = `${root}dist/.built`;
await rm(stamp, { force: true });
await rm(`${root}dist/electron`, { recursive: true, force: true });
await build({ ...quiet, configFile: `${root}build/vite.config.ts` });
for (const mode of ['main', 'preload', 'serve']) {
  await build({ ...quiet, configFile: `${root}build/electron.config.ts`, mode });
}
await mkdir(`${root}dist`, { recursive: true });
await writeFile(stamp, '');
