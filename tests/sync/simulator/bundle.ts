import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'vite';
import type { HistoryResult } from './history.ts';
import type { SeededBug } from './seeded-bugs.ts';

export type RunHistory = (seed: number) => Promise<HistoryResult>;

/** Makes the bug's replacement, which must fit exactly once. */
function withBug(bug: SeededBug): Plugin {
  const target = resolve(bug.file);
  return {
    name: 'seeded-bug',
    enforce: 'pre',
    transform(code, id) {
      if (id.split('?')[0] !== target) return null;
      const pieces = code.split(bug.from);
      if (pieces.length !== 2) throw new Error(`The seeded bug fits ${pieces.length - 1} times: ${bug.flag}`);
      return { code: pieces.join(bug.to), map: null };
    },
  };
}

/** What of the product's source is replaced by what gives the same bytes in less time. */
const QUICK: Readonly<Record<string, string>> = {
  [resolve('renderer/core/vault/primitives.ts')]: resolve('tests/sync/simulator/quick-primitives.ts'),
  [resolve('renderer/core/base/deflate.ts')]: resolve('tests/sync/simulator/quick-deflate.ts'),
};

const quickly: Plugin = {
  name: 'quick-primitives',
  enforce: 'pre',
  async resolveId(source, importer, options) {
    const found = await this.resolve(source, importer, { ...options, skipSelf: true });
    return found === null ? null : (QUICK[found.id] ?? found);
  },
};

/** The simulator around the product's source, with a bug in it where one is given. */
export async function bundleSimulator(bug: SeededBug | null): Promise<RunHistory> {
  const plugins = bug === null ? [quickly] : [quickly, withBug(bug)];
  const made = await importBundled<{ runHistory: RunHistory }>('tests/sync/simulator/history.ts', plugins);
  return made.runHistory;
}

/**
 * A module with all that it imports, made into one as the product's own build does. What is run through a loader that
 * keeps every function's name instead spends a tenth of its time on that.
 */
export async function importBundled<Module>(entry: string, plugins: Plugin[] = []): Promise<Module> {
  const folder = await mkdtemp(join(tmpdir(), 'baikoo-bundle-'));
  try {
    await build({
      configFile: false,
      logLevel: 'error',
      publicDir: false,
      plugins,
      resolve: { alias: { '@/': `${resolve('renderer')}/` } },
      ssr: { noExternal: true },
      build: {
        ssr: resolve(entry),
        outDir: folder,
        target: 'node20',
        minify: false,
        rolldownOptions: { output: { entryFileNames: 'bundle.mjs', codeSplitting: false } },
      },
    });
    return (await import(/* @vite-ignore */ pathToFileURL(join(folder, 'bundle.mjs')).href)) as Module;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
