// `npm run dist`: what people install, for the system this runs on, into dist/packages/. Arguments go to
// electron-builder (`--dir`: the program's folder without an installer; `--linux`, `--win`, `--mac`).
import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { thirdPartyText } from './third-party.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const builder = join(
  dirname(createRequire(import.meta.url).resolve('electron-builder/package.json')),
  'cli.js',
);

/** Ends the program with the child's code when it fails. */
function run(script: string, args: readonly string[], env: Record<string, string> = {}): void {
  const { status } = spawnSync(process.execPath, [script, ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  if (status !== 0) process.exit(status ?? 1);
}

run(join(root, 'build/build.mjs'), ['--quiet'], { BAIKOO_RELEASE: '1' });
await writeFile(join(root, 'dist/THIRD-PARTY.txt'), await thirdPartyText());
run(builder, [
  '--config',
  'build/electron-builder.config.ts',
  '--publish',
  'never',
  ...process.argv.slice(2),
]);
