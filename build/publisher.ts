import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { UpdateSource } from '../electron/updates/source.ts';

/** Who publishes a build. An organisation that makes its own fills in `build/publisher.json`. */
export interface Publisher {
  /** Name and address, as Debian wants them. */
  readonly maintainer: string;
  readonly homepage: string;
  /** Where its releases ask about newer ones; null when they ask nobody. */
  readonly updates: UpdateSource | null;
}

/** Errors: a sentence about what is wrong with the update source, so that no release goes out with a bad one. */
export function readPublisher(
  path: string = fileURLToPath(new URL('publisher.json', import.meta.url)),
): Publisher {
  const publisher = JSON.parse(readFileSync(path, 'utf8')) as Publisher;
  const { updates } = publisher;
  if (updates !== null) {
    for (const address of [updates.manifest, updates.page]) {
      if (new URL(address).protocol !== 'https:') throw new Error(`${address} is not an https address.`);
    }
    const key = Buffer.from(updates.key, 'base64');
    if (key.length !== 32 || key.toString('base64') !== updates.key) {
      throw new Error('The key of the update source is not the base64 of 32 bytes.');
    }
  }
  return publisher;
}
