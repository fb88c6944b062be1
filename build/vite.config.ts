import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { recordBundled } from './record-bundled.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The renderer: what the window and its workers run, in Electron and in page mode alike. */
export default defineConfig({
  root: `${root}renderer`,
  base: '/',
  publicDir: false,
  cacheDir: `${root}node_modules/.vite`,
  plugins: [react(), recordBundled('renderer')],
  resolve: { alias: { '@/': `${root}renderer/` } },
  worker: { format: 'es', plugins: () => [recordBundled('workers')] },
  build: {
    outDir: `${root}dist/renderer`,
    emptyOutDir: true,
    // Electron 45 is newer; a browser in page mode may be older.
    target: 'chrome120',
    sourcemap: false,
    // Everything is a file of our own: the content policy allows no font or script in a data: URL.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 4000,
  },
});
