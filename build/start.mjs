import { spawn } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { electronProgram, fetchRuntime, whyNoWindow } from './electron-runtime.mjs';

/**
 * `npm start`: builds what is missing or out of date, then opens the app in Electron, or in page mode with one line
 * that says why. Options after `--` go to the program: `npm start -- --home DIR`.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const args = process.argv.slice(2);
/** Electron ends with this code when another program holds the vault: page mode would fare no better. */
const BUSY = 3;
const TOO_SOON_MS = 8000;

if (isStale()) {
  console.log('Building Baikoo ...');
  await run(process.execPath, [join(root, 'build', 'build.mjs'), '--quiet'], true);
}
const reason = await tryElectron();
if (reason !== null) {
  console.log(`Page mode: ${reason}.`);
  process.exitCode = await run(process.execPath, [join(root, 'dist', 'electron', 'serve.mjs'), ...args]);
}

/** Runs Electron to its end. Resolves with why it could not be used; null when it was. */
async function tryElectron() {
  const asked = args.find((arg) => /^--(port|no-open|exports)\b/.test(arg));
  if (asked) return `${asked.split('=')[0]} is an option of page mode`;
  const machine = { platform: process.platform, env: process.env, uid: process.getuid?.() };
  let program = electronProgram(root);
  let why = whyNoWindow(machine);
  if (why === null && program === null) {
    why = await fetchRuntime(root, process.env, (line) => console.log(line));
    program = electronProgram(root);
  }
  if (why !== null || program === null) return why ?? "Electron's runtime is not installed";
  const began = performance.now();
  const code = await run(program, [root, ...args]);
  if (code === 0 || code === BUSY || performance.now() - began > TOO_SOON_MS) {
    process.exitCode = code;
    return null;
  }
  return `Electron ended at once (code ${code})`;
}

/** True when anything that goes into dist/ is newer than the last whole build. */
function isStale() {
  try {
    const built = statSync(join(root, 'dist', '.built')).mtimeMs;
    const sources = ['renderer', 'electron', 'locales', 'seeds', 'build', 'package-lock.json'];
    return sources.some((source) => newest(join(root, source)) > built);
  } catch {
    return true;
  }
}

/** @param {string} path @returns {number} */
function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/**
 * @param {string} program
 * @param {string[]} programArgs
 * @param {boolean} [mustSucceed]
 * @returns {Promise<number>} the exit code
 */
function run(program, programArgs, mustSucceed = false) {
  return new Promise((resolve) => {
    const child = spawn(program, programArgs, { stdio: 'inherit', cwd: root });
    // The terminal sends these to the child as well, which ends in its own time.
    const wait = () => child.kill('SIGTERM');
    process.on('SIGINT', wait).on('SIGTERM', wait);
    child.on('error', () => resolve(1));
    child.on('close', (code) => {
      process.off('SIGINT', wait).off('SIGTERM', wait);
      if (mustSucceed && code !== 0) process.exit(code ?? 1);
      resolve(code ?? 1);
    });
  });
}
