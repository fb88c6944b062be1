import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const folder = fileURLToPath(new URL('../dist/bundled/', import.meta.url));
const found = new Map<string, Set<string>>();

/**
 * Writes `dist/bundled/<program>.json`: the names of the packages whose code or files went into a bundle, as the
 * bundler tells them. What the licences that travel with the program are held against.
 */
export function recordBundled(program: string): Plugin {
  const packages = found.get(program) ?? new Set<string>();
  found.set(program, packages);
  return {
    name: 'record-bundled',
    async generateBundle(_options, bundle) {
      for (const part of Object.values(bundle)) {
        for (const id of part.type === 'chunk' ? part.moduleIds : part.originalFileNames) {
          const name = packageOf(id);
          if (name !== null) packages.add(name);
        }
      }
      await mkdir(folder, { recursive: true });
      await writeFile(`${folder}${program}.json`, `${JSON.stringify([...packages].sort(), null, 2)}\n`);
    },
  };
}

/** The package that a module is from; null for our own. A tool's own glue has an id such as `\0rolldown/runtime.js`. */
function packageOf(id: string): string | null {
  const glue = /^\0(vite|rolldown)\//.exec(id)?.[1];
  if (glue !== undefined) return glue;
  const inside = id.replaceAll('\\', '/').split('node_modules/').at(-1) as string;
  if (!id.includes('node_modules')) return null;
  return /^(@[^/]+\/[^/]+|[^/]+)/.exec(inside)?.[1] ?? null;
}
