import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * Whether Electron can run here, and whether its runtime (some 110 MB, not part of the npm package) can be fetched.
 * Every question has a time limit: a village without a line must not wait for one.
 */
const PROBE_MS = 3000;
const FETCH_MS = 180_000;

/**
 * Why Electron's window cannot open on this machine whatever is installed; null when it can.
 * @param {{platform: string, env: Record<string, string | undefined>, uid: number | undefined}} machine
 * @returns {string | null}
 */
export function whyNoWindow({ platform, env, uid }) {
  if (env.BAIKOO_HOST === 'page') return 'BAIKOO_HOST=page is set';
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return 'there is no display';
  if (platform === 'linux' && uid === 0) return 'Electron does not run as root';
  return null;
}

/**
 * The path of Electron's program; null when it is not there.
 * @param {string} root
 * @returns {string | null}
 */
export function electronProgram(root) {
  try {
    const folder = dirname(createRequire(join(root, 'package.json')).resolve('electron/package.json'));
    const program = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8'));
    return existsSync(program) ? program : null;
  } catch {
    return null;
  }
}

/**
 * Where `install-electron` would fetch from.
 * @param {Record<string, string | undefined>} env
 * @param {string} version
 * @returns {string}
 */
export function downloadAddress(env, version) {
  const mirror =
    env.npm_config_electron_mirror ??
    env.ELECTRON_MIRROR ??
    'https://github.com/electron/electron/releases/download/';
  return `${mirror}${mirror.endsWith('/') ? '' : '/'}v${version}/SHASUMS256.txt`;
}

/**
 * Fetches the runtime where that can plausibly succeed. Resolves with why not; null when it is there now.
 * @param {string} root
 * @param {Record<string, string | undefined>} env
 * @param {(line: string) => void} say
 * @returns {Promise<string | null>}
 */
export async function fetchRuntime(root, env, say) {
  if (env.ELECTRON_SKIP_BINARY_DOWNLOAD) return 'ELECTRON_SKIP_BINARY_DOWNLOAD is set';
  const folder = join(root, 'node_modules', 'electron');
  if (!existsSync(join(folder, 'install.js'))) return 'the electron package is not installed';
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (!(await answers(downloadAddress(env, version)))) {
    return "Electron's runtime is not installed and its server cannot be reached";
  }
  say("Fetching Electron's runtime (about 110 MB, once) ...");
  return (await install(join(folder, 'install.js'))) ? null : "Electron's runtime could not be fetched";
}

/** @param {string} address */
async function answers(address) {
  try {
    const response = await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(PROBE_MS) });
    return response.ok;
  } catch {
    return false;
  }
}

/** @param {string} script */
function install(script) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script], { stdio: 'ignore' });
    const timer = setTimeout(() => child.kill(), FETCH_MS);
    child.on('error', () => resolve(false));
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve(code === 0);
    });
  });
}
