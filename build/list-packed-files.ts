import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { extractFile, listPackage, statFile } from '@electron/asar';
import { type AfterPackContext, Arch } from 'electron-builder';

/**
 * electron-builder's `afterPack`: writes `<output>/<platform>-<arch>.files.txt`, one line a file of what was packed
 * (`SHA-256, two blanks, path`, sorted by path; files in the archive after `app.asar!/`), so that two people who built
 * the same commit can compare. The program file itself is listed as it is before its fuses are flipped and before it
 * is signed.
 */
export async function listPackedFiles(context: AfterPackContext): Promise<void> {
  const { appOutDir, outDir, electronPlatformName, arch } = context;
  const lines: [name: string, hash: string][] = [];
  const archives: [name: string, path: string][] = [];
  for (const path of await filesBelow(appOutDir)) {
    const name = relative(appOutDir, path).split(sep).join('/');
    lines.push([name, await sha256OfFile(path)]);
    if (name.endsWith('/app.asar')) archives.push([name, path]);
  }
  for (const [name, path] of archives) {
    for (const inside of filesIn(path)) {
      lines.push([
        `${name}!/${inside}`,
        createHash('sha256').update(extractFile(path, inside)).digest('hex'),
      ]);
    }
  }
  lines.sort(([a], [b]) => (a < b ? -1 : 1));
  const text = lines.map(([name, hash]) => `${hash}  ${name}\n`).join('');
  await writeFile(join(outDir, `${electronPlatformName}-${Arch[arch]}.files.txt`), text);
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Files of an archive by their path in it, with forward slashes. */
export function filesIn(archive: string): string[] {
  return listPackage(archive, { isPack: false })
    .map((path) => path.replaceAll('\\', '/').replace(/^\//, ''))
    .filter((path) => !('files' in statFile(archive, path)));
}

async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
