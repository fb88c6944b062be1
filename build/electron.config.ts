import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { readPublisher } from './publisher.ts';
import { recordBundled } from './record-bundled.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * The three programs around the renderer, one a build (`--mode main|preload|serve`), each a single file without
 * anything from node_modules left outside. Electron's runtime comes from outside, and a sandboxed preload must be
 * CommonJS.
 */
const PROGRAMS = {
  main: { format: 'cjs', file: 'main.cjs' },
  preload: { format: 'cjs', file: 'preload.cjs' },
  serve: { format: 'es', file: 'serve.mjs' },
} as const;

/** Set by `npm run dist`. Whoever starts Baikoo from its sources updates them by other means. */
const inRelease = process.env.BAIKOO_RELEASE === '1';

export default defineConfig(({ mode }) => {
  const { format, file } = PROGRAMS[mode as keyof typeof PROGRAMS];
  return {
    root,
    publicDir: false,
    plugins: [recordBundled(mode)],
    define: { __BAIKOO_UPDATES__: JSON.stringify(inRelease ? readPublisher().updates : null) },
    build: {
      ssr: `${root}electron/${mode}.ts`,
      outDir: `${root}dist/electron`,
      emptyOutDir: false,
      target: 'node20',
      sourcemap: false,
      minify: mode === 'preload',
      rolldownOptions: {
        external: ['electron', /^node:/, ...builtinModules],
        output: { format, entryFileNames: file, codeSplitting: false },
      },
    },
    ssr: { noExternal: true },
  };
});
