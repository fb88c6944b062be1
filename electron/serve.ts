import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CodedError } from '../renderer/core/host/contract.ts';
import { isPortTaken, startServer } from './page-server.ts';
import { defaultExports, defaultMachineFolder, thisMachine } from './places.ts';
import { findPlace, noteVault } from './vault-place.ts';

/**
 * Page mode as a program: the interface in the default browser. Prints one line with the address, then nothing.
 *
 * Fixed ports, because a browser keeps the cache by origin; a demonstration gets its own, so that it never meets
 * the cache of the real vault.
 */
const PORT = 4420;
const DEMO_PORT = 4421;

const USAGE = `Options of page mode:
  --port N       loopback port (default ${PORT}; ${DEMO_PORT} with --demo; 0 for any)
  --home DIR     the vault's folder (default: the one chosen in the app, else the local application data)
  --exports DIR  where exports go (default: the Downloads folder)
  --no-open      do not open the browser
  --demo         a demonstration vault, thrown away at the end unless --home is given`;

/**
 * Exit codes: 1 failed, 2 wrong option, 3 the vault is held by another program, 4 the port is taken, 5 the chosen
 * folder is not there.
 */
async function main(): Promise<void> {
  const options = readOptions();
  const demo = options.demo ?? false;
  const throwAway = demo && options.home === undefined ? await mkdtemp(join(tmpdir(), 'baikoo-demo-')) : null;
  const named = throwAway ?? (options.home === undefined ? undefined : resolve(options.home));
  const place = findPlace(named, thisMachine());
  const { home, how } = place;
  if (how === 'missing') {
    console.error(`The folder chosen for the vault is not there: ${home}`);
    console.error('Plug in the stick or drive it is on, or name another folder with --home.');
    process.exit(5);
  }
  const exports = resolve(options.exports ?? defaultExports(thisMachine()));

  const server = await startServer({
    home,
    exports,
    demo,
    port: portOf(options.port, demo),
    marksRun: true,
    // A demonstration leaves nothing behind.
    ...(demo ? {} : { machineFolder: defaultMachineFolder(thisMachine()) }),
  });
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await noteVault(place, thisMachine());
    await server.stop();
    if (throwAway) await rm(throwAway, { recursive: true, force: true });
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.on('SIGHUP', stop);

  console.log(`Baikoo: ${server.url}`);
  if (!options['no-open']) openBrowser(server.url);
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        port: { type: 'string' },
        home: { type: 'string' },
        exports: { type: 'string' },
        'no-open': { type: 'boolean' },
        demo: { type: 'boolean' },
      },
    }).values;
  } catch {
    console.error(USAGE);
    process.exit(2);
  }
}

function portOf(given: string | undefined, demo: boolean): number {
  if (given === undefined) return demo ? DEMO_PORT : PORT;
  if (/^[0-9]{1,5}$/.test(given) && Number(given) <= 65_535) return Number(given);
  console.error(USAGE);
  process.exit(2);
}

/** The address is printed as well, so that a machine without a default browser is no failure. */
function openBrowser(url: string): void {
  const [command, ...args] =
    process.platform === 'win32'
      ? ['rundll32.exe', 'url.dll,FileProtocolHandler', url]
      : [process.platform === 'darwin' ? 'open' : 'xdg-open', url];
  const opener = spawn(command as string, args, { stdio: 'ignore', detached: true });
  opener.on('error', () => {});
  opener.unref();
}

main().catch((error: unknown) => {
  if (error instanceof CodedError && error.code === 'host/busy') {
    console.error('Baikoo is already running on this folder. Its address stands where it was started.');
    process.exit(3);
  }
  if (isPortTaken(error)) {
    console.error('The port is taken by another program; choose one with --port.');
    process.exit(4);
  }
  console.error(`Baikoo cannot start (${error instanceof CodedError ? error.code : 'internal/unexpected'}).`);
  process.exit(1);
});
