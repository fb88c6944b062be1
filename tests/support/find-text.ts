import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Files below the folders in which a text stands in the clear, as UTF-8 or UTF-16 of either byte order; plain and
 * in the percent form of addresses. A file that went away while it was looked for holds nothing.
 */
export async function filesHolding(texts: readonly string[], folders: readonly string[]): Promise<string[]> {
  const needles = texts.flatMap((text) => {
    const wide = Buffer.from(text, 'utf16le');
    return [
      Buffer.from(text, 'utf8'),
      wide,
      Buffer.from(wide).swap16(),
      Buffer.from(encodeURIComponent(text), 'utf8'),
    ];
  });
  const found: string[] = [];
  for (const folder of folders) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      const bytes = await readFile(path).catch(() => Buffer.alloc(0));
      if (needles.some((needle) => bytes.includes(needle))) found.push(path);
    }
  }
  return found;
}
