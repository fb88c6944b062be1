import { spawn } from 'node:child_process';
import { access, mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const LONGEST_BUILD = 180_000;

/** The programs around the renderer, as built. */
export const SERVE_PROGRAM = join(root, 'dist', 'electron', 'serve.mjs');

/** The renderer under test: `BAIKOO_RENDERER` (a folder built elsewhere), else the project's own `dist/renderer`. */
export async function builtRenderer(): Promise<string> {
  const chosen = process.env.BAIKOO_RENDERER;
  if (chosen !== undefined && chosen !== '') return chosen;
  await built();
  return join(root, 'dist', 'renderer');
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Builds the app unless a whole build is there, as there is under `npm test`; of parallel test files only one builds. */
export async function built(): Promise<void> {
  const stamp = join(root, 'dist', '.built');
  const turn = join(root, 'dist', '.building');
  while (!(await exists(stamp))) {
    await mkdir(join(root, 'dist'), { recursive: true });
    if (await takeTurn(turn)) {
      try {
        await build();
      } finally {
        await rm(turn, { recursive: true, force: true });
      }
    } else {
      await sleep(250);
    }
  }
}

async function takeTurn(turn: string): Promise<boolean> {
  try {
    await mkdir(turn);
    return true;
  } catch {
    // A builder that was killed leaves its turn behind.
    const age = await stat(turn).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > LONGEST_BUILD) await rm(turn, { recursive: true, force: true });
    return false;
  }
}

function build(): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'build', 'build.mjs'), '--quiet'], {
      stdio: 'inherit',
    });
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`The build ended with ${code}.`))));
  });
}
