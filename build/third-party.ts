import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The licences of everything that is bundled into the program, as one text that travels with it. Electron's and
 * Chromium's own come with the runtime.
 */
const root = fileURLToPath(new URL('..', import.meta.url));

/** Tools whose own few lines of glue end up in what they build. */
const GLUE = ['vite', 'rolldown'];
const LICENCE_FILE = /^(licen[cs]e|notice|copying|ofl)([.-].*)?$/i;

const ISC = `ISC License

Copyright (c) holder

Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby
granted, provided that the above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL
IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT,
INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN
ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF
THIS SOFTWARE.
`;

export interface Dependency {
  readonly name: string;
  readonly version: string;
  /** SPDX expression. */
  readonly licence: string;
  /** From the project's root. */
  readonly folder: string;
}

interface Locked {
  readonly version: string;
  readonly license: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
}

/** What npm installs without the development dependencies, by the lock: sorted, one entry a package and version. */
export async function bundledDependencies(): Promise<readonly Dependency[]> {
  const { packages } = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Readonly<Record<string, Locked>>;
  };
  const found = new Map<string, Dependency>();
  for (const [folder, entry] of Object.entries(packages)) {
    const name = folder.split('node_modules/').at(-1) as string;
    if (folder === '' || (isForDevelopment(entry) && !GLUE.includes(folder.replace('node_modules/', ''))))
      continue;
    found.set(`${name}@${entry.version}`, { name, version: entry.version, licence: entry.license, folder });
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function isForDevelopment({ dev, devOptional }: Locked): boolean {
  return dev === true || devOptional === true;
}

/** Errors: a sentence that names the package whose licence cannot be passed on. */
export async function thirdPartyText(): Promise<string> {
  const parts = ['Baikoo contains the work of others. Each part, with its licence as its authors give it:\n'];
  for (const { name, version, licence, folder } of await bundledDependencies()) {
    const texts = await licenceTexts(join(root, folder));
    if (texts.length === 0) texts.push(await declaredText(join(root, folder), licence));
    parts.push(`${'='.repeat(80)}\n${name} ${version} (${licence})\n\n${texts.join('\n\n')}\n`);
  }
  return parts.join('\n');
}

async function licenceTexts(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => LICENCE_FILE.test(name)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.map((text) => text.replaceAll('\r\n', '\n').trim());
}

/**
 * For a package that declares the MIT or the ISC licence in its package.json only. Errors: a sentence that names the
 * package when it declares anything else.
 */
async function declaredText(folder: string, licence: string): Promise<string> {
  const { name, author } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    author?: string | { name?: string };
  };
  const holder = typeof author === 'string' ? author : author?.name;
  if (!['MIT', 'ISC'].includes(licence) || holder === undefined) {
    throw new Error(`${name} has no licence text to pass on.`);
  }
  const text = licence === 'ISC' ? ISC : await readFile(join(root, 'LICENSE'), 'utf8');
  return text.replace(/^Copyright .*$/m, `Copyright (c) ${holder}`).trim();
}
