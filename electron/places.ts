import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * Where things are on this machine, unless the person says otherwise.
 */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homedir: string;
}

export const thisMachine = (): Surroundings => ({
  platform: process.platform,
  env: process.env,
  homedir: homedir(),
});

/** The vault's folder where nobody chose another (vault-place.ts): local, not roaming, application data, so that a domain controller never gets a copy. */
export function defaultHome({ platform, env, homedir }: Surroundings): string {
  if (platform === 'win32') return join(env.LOCALAPPDATA || join(homedir, 'AppData', 'Local'), 'Baikoo');
  if (platform === 'darwin') return join(homedir, 'Library', 'Application Support', 'Baikoo');
  return join(env.XDG_DATA_HOME || join(homedir, '.local', 'share'), 'baikoo');
}

/**
 * Where the mark of this machine is kept: local application data as well, but never with a vault.
 * `BAIKOO_MACHINE` names another folder (tests must not write into a person's own).
 */
export function defaultMachineFolder({ platform, env, homedir }: Surroundings): string {
  if (env.BAIKOO_MACHINE) return env.BAIKOO_MACHINE;
  if (platform === 'win32')
    return join(env.LOCALAPPDATA || join(homedir, 'AppData', 'Local'), 'Baikoo Machine');
  if (platform === 'darwin') return join(homedir, 'Library', 'Application Support', 'Baikoo Machine');
  return join(env.XDG_STATE_HOME || join(homedir, '.local', 'state'), 'baikoo');
}

/** The Downloads folder, which Linux names in the person's language; the home folder where there is none. */
export function defaultExports({ platform, env, homedir }: Surroundings): string {
  const candidates = [join(homedir, 'Downloads')];
  if (platform === 'linux') {
    try {
      const config = join(env.XDG_CONFIG_HOME || join(homedir, '.config'), 'user-dirs.dirs');
      const named = /^XDG_DOWNLOAD_DIR="(.*)"$/m.exec(readFileSync(config, 'utf8'))?.[1];
      if (named) candidates.unshift(named.replace(/^\$HOME/, homedir));
    } catch {
      // Few machines without a desktop have that file.
    }
  }
  return candidates.find((folder) => existsSync(folder)) ?? homedir;
}

/** The folder that holds package.json and dist/, seen from the sources as well as from a bundle. */
export function packageRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (folder === dirname(folder)) throw new Error('There is no package.json above the program.');
  }
}

export function packageVersion(root: string): string {
  return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;
}
