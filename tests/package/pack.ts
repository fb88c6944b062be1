import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { extractFile } from '@electron/asar';
import { type AfterPackContext, Arch, build, type Configuration, Platform } from 'electron-builder';
import ours from '../../build/electron-builder.config.ts';
import { filesIn } from '../../build/list-packed-files.ts';
import { thirdPartyText } from '../../build/third-party.ts';
import { built } from '../support/built.ts';
import { makeStandInRuntime, type System } from './stand-in-runtime.ts';

/**
 * The app packed for a system by electron-builder itself with the configuration that `npm run dist` uses, but around
 * a stand-in of Electron's runtime and without an installer: `--dir` needs no tool that would have to be fetched.
 */
export interface Packed {
  /** The program's folder (Linux, Windows) or `Baikoo.app` (macOS). */
  readonly folder: string;
  readonly resources: string;
  /** What `@electron/fuses` is pointed at. */
  readonly program: string;
  /** The text that `afterPack` wrote. */
  readonly fileList: string;
  /** electron-builder's own desktop entry for AppImage and deb; empty elsewhere. */
  readonly desktopEntry: string;
  /** Files in the archive: path and content. */
  readonly archive: ReadonlyMap<string, Buffer>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

const PLACES = {
  linux: { target: Platform.LINUX, folder: 'linux-unpacked', resources: 'resources', program: 'baikoo' },
  win32: { target: Platform.WINDOWS, folder: 'win-unpacked', resources: 'resources', program: 'Baikoo.exe' },
  darwin: { target: Platform.MAC, folder: 'mac/Baikoo.app', resources: 'Contents/Resources', program: '' },
} as const;

/** Packs into a new folder below the temporary one; `remove` deletes it. */
export async function pack(system: System): Promise<{ packed: Packed; remove: () => Promise<void> }> {
  await built();
  // As `npm run dist` does before it packs.
  await writeFile(join(root, 'dist/THIRD-PARTY.txt'), await thirdPartyText());
  const scratch = await mkdtemp(join(tmpdir(), 'baikoo-pack-'));
  await makeStandInRuntime(join(scratch, 'runtime'), system);
  const place = PLACES[system];
  let desktopEntry = '';
  await build({
    projectDir: root,
    targets: place.target.createTarget('dir', Arch.x64),
    publish: 'never',
    config: {
      // electron-builder edits what it is given.
      ...structuredClone<Configuration>({ ...ours, afterPack: null }),
      electronDist: join(scratch, 'runtime'),
      // A stand-in is no program that Apple's tools would sign.
      mac: { ...ours.mac, identity: null },
      directories: { ...ours.directories, output: join(scratch, 'out') },
      async afterPack(context) {
        if (system === 'linux') desktopEntry = await desktopEntryOf(context);
        await (ours.afterPack as (context: AfterPackContext) => Promise<void>)(context);
      },
    },
  });
  const folder = join(scratch, 'out', place.folder);
  const resources = join(folder, place.resources);
  return {
    packed: {
      folder,
      resources,
      program: join(folder, place.program),
      fileList: await readFile(join(scratch, 'out', `${system}-x64.files.txt`), 'utf8'),
      desktopEntry,
      archive: readArchive(join(resources, 'app.asar')),
    },
    remove: () => rm(scratch, { recursive: true, force: true }),
  };
}

/** What the AppImage and deb targets would write, by the class of electron-builder that writes it for them. */
async function desktopEntryOf({ packager }: AfterPackContext): Promise<string> {
  const require = createRequire(createRequire(import.meta.url).resolve('electron-builder/package.json'));
  const helper = join(
    dirname(require.resolve('app-builder-lib/package.json')),
    'out/targets/LinuxTargetHelper.js',
  );
  const { LinuxTargetHelper } = require(helper) as {
    LinuxTargetHelper: new (
      packager: unknown,
    ) => {
      computeDesktopEntry(options: unknown): Promise<string>;
    };
  };
  return new LinuxTargetHelper(packager).computeDesktopEntry(packager.platformSpecificBuildOptions);
}

function readArchive(path: string): Map<string, Buffer> {
  return new Map(filesIn(path).map((name) => [name, extractFile(path, name)]));
}
