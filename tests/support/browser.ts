import { access, constants, mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type LaunchOptions } from 'playwright-core';

const WHAT_TO_INSTALL =
  'Install Google Chrome, Chromium or Microsoft Edge, or set CHROME_PATH to the program file of one.';

/** Where the three browsers put themselves. */
function installedPlaces(): readonly string[] {
  if (process.platform === 'win32') {
    const roots = [
      process.env.PROGRAMFILES,
      process.env['PROGRAMFILES(X86)'],
      process.env.LOCALAPPDATA,
    ].filter((root) => root !== undefined);
    return roots.flatMap((root) => [
      join(root, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      join(root, 'Chromium', 'Application', 'chrome.exe'),
      join(root, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ]);
  }
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  const names = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'microsoft-edge'];
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/snap/bin'];
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

async function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

interface Program {
  readonly path: string;
  /** Libraries for machines that lack them (a bare container); tried when the first start fails. */
  readonly libraries: string | null;
}

/**
 * Unpacks the Chromium of the dev dependencies once per machine. Test files run in parallel and the package
 * writes straight to its place, so it unpacks aside and the finished folder is moved there as a whole.
 */
async function unpackChromium(): Promise<Program> {
  const require = createRequire(import.meta.url);
  const packageFolder = join(dirname(require.resolve('@sparticuz/chromium')), '..', '..');
  const { version } = require(join(packageFolder, 'package.json')) as { version: string };
  const ready = join(tmpdir(), `baikoo-chromium-${version}`);
  const program: Program = { path: join(ready, 'chromium'), libraries: join(ready, 'al2023', 'lib') };
  if (await isProgram(program.path)) return program;

  const { default: bundled, inflate } = await import('@sparticuz/chromium');
  const aside = await mkdtemp(join(tmpdir(), 'baikoo-chromium-'));
  const before = process.env.TMPDIR;
  process.env.TMPDIR = aside;
  try {
    await bundled.executablePath();
    await inflate(join(packageFolder, 'bin', 'al2023.tar.br'));
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
  try {
    await rename(aside, ready);
  } catch (error) {
    // Another test file was faster; its folder is as good.
    await rm(aside, { recursive: true, force: true });
    if (!(await isProgram(program.path))) throw error;
  }
  return program;
}

let unpacking: Promise<Program> | null = null;

/** Tests of one file run beside each other too, and unpacking changes the environment of their whole process. */
function bundledChromium(): Promise<Program> {
  unpacking ??= unpackChromium();
  return unpacking;
}

/** `CHROME_PATH` wins, then an installed browser, then (Linux) the one that the dev dependencies bring. */
async function findProgram(): Promise<Program> {
  const chosen = process.env.CHROME_PATH;
  if (chosen !== undefined && chosen !== '') {
    if (await isProgram(chosen)) return { path: chosen, libraries: null };
    throw new Error(`CHROME_PATH names "${chosen}", which is no program that can be run. ${WHAT_TO_INSTALL}`);
  }
  for (const path of installedPlaces()) {
    if (await isProgram(path)) return { path, libraries: null };
  }
  if (process.platform === 'linux' && process.arch === 'x64') {
    try {
      return await bundledChromium();
    } catch (error) {
      throw new Error(`The Chromium of the dev dependencies could not be unpacked. ${WHAT_TO_INSTALL}`, {
        cause: error,
      });
    }
  }
  throw new Error(`No browser was found for the tests that need one. ${WHAT_TO_INSTALL}`);
}

const ARGS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-dev-shm-usage',
  '--disable-domain-reliability',
  '--disable-sync',
  '--metrics-recording-only',
  '--no-default-browser-check',
  '--no-first-run',
  '--no-pings',
];

async function start<T>(launch: (options: LaunchOptions) => Promise<T>, extra: LaunchOptions): Promise<T> {
  const program = await findProgram();
  // Chromium refuses its sandbox to root, and containers run tests as root.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const options: LaunchOptions = {
    headless: true,
    ...extra,
    executablePath: program.path,
    args: [...ARGS, ...asRoot, ...(extra.args ?? [])],
  };
  try {
    return await launch(options);
  } catch (error) {
    if (program.libraries !== null) {
      const env = { ...process.env, ...extra.env, LD_LIBRARY_PATH: program.libraries };
      try {
        return await launch({ ...options, env });
      } catch {
        // The first failure says more: this one had other libraries than the machine's own.
      }
    }
    throw new Error(`The browser "${program.path}" did not start. ${WHAT_TO_INSTALL}`, { cause: error });
  }
}

/** A real Chromium without a profile. Throws, with what to install, when there is none: no test skips silently. */
export function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  return start((complete) => chromium.launch(complete), options);
}

/** The same with a profile folder that outlives it, for tests that close the browser and come back. */
export function launchProfile(
  profile: string,
  options: Parameters<typeof chromium.launchPersistentContext>[1] = {},
): Promise<BrowserContext> {
  return start((complete) => chromium.launchPersistentContext(profile, { ...options, ...complete }), options);
}
