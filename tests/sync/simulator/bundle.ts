import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'vite';
import type { HistoryResult } from './history.ts';
import type { SeededBug } from './seeded-bugs.ts';

type RunHistory = (seed: number) => Promise<HistoryResult>;

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

/** The simulator around the product's source, with a bug in it where one is given. */
export async function bundleSimulator(bug: SeededBug | null): Promise<RunHistory> {
  const made = await importBundled<{ runHistory: RunHistory }>('tests/sync/simulator/history.ts', bug);
  return made.runHistory;
}

/**
 * A module with all that it imports, made into one as the product's own build does. What is run through a loader that
 * keeps every function's name instead spends a tenth of its time on that.
 */
export async function importBundled<Module>(entry: string, bug: SeededBug | null = null): Promise<Module> {
  const folder = await mkdtemp(join(tmpdir(), 'baikoo-bundle-'));
  try {
    await build({
      configFile: false,
      logLevel: 'error',
      publicDir: false,
      plugins: bug === null ? [] : [withBug(bug)],
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
