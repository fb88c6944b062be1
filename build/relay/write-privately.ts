import { open, rename } from 'node:fs/promises';

/** A file that only its owner may read, as a whole or not at all. */
export async function replacePrivately(path: string, content: string): Promise<void> {
  const temporary = `${path}.new`;
  const file = await open(temporary, 'w', 0o600);
  try {
    // A file that was there already keeps its mode otherwise.
    await file.chmod(0o600);
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}
