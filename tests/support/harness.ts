import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { build } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.woff2': 'font/woff2',
};

export interface Harness {
  readonly url: string;
  /** Opens the page in a context of its own; errors and requests to anywhere else make `close` reject. */
  open(browser: Browser, options?: BrowserContextOptions): Promise<Page>;
  /** Stops the server; throws when a page reported an error, so that no test passes over one. */
  close(): Promise<void>;
}

/**
 * Builds a module as the product is built and serves it as a page, so that what is tested runs in a real browser.
 * `entry` is a path from the project's root. `replace` swaps modules (`{ 'renderer/ui/x.ts': 'tests/ui/y.ts' }`).
 */
export async function serveModule(
  entry: string,
  options: { readonly replace?: Readonly<Record<string, string>> } = {},
): Promise<Harness> {
  const outDir = await mkdtemp(join(tmpdir(), 'baikoo-harness-'));
  const replacements = new Map(
    Object.entries(options.replace ?? {}).map(([from, to]) => [join(root, from), join(root, to)]),
  );
  await build({
    configFile: false,
    root,
    mode: 'test',
    logLevel: 'warn',
    publicDir: false,
    plugins: [
      {
        name: 'replace-modules',
        enforce: 'pre',
        async resolveId(source, importer) {
          if (replacements.size === 0) return null;
          const resolved = await this.resolve(source, importer, { skipSelf: true });
          return resolved === null ? null : (replacements.get(normalize(resolved.id)) ?? null);
        },
      },
      react(),
    ],
    resolve: { alias: { '@/': `${root}renderer/` } },
    worker: { format: 'es' },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'chrome120',
      assetsInlineLimit: 0,
      modulePreload: false,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 8000,
      cssCodeSplit: false,
      minify: false,
      rolldownOptions: {
        checks: { pluginTimings: false },
        input: { page: join(root, entry) },
        output: { entryFileNames: 'page.js', assetFileNames: 'assets/[name]-[hash][extname]' },
      },
      manifest: 'manifest.json',
    },
  });
  const manifest = JSON.parse(await readFile(join(outDir, 'manifest.json'), 'utf8')) as Record<
    string,
    { file: string; css?: string[] }
  >;
  const styles = new Set(
    Object.values(manifest).flatMap(({ file, css = [] }) => [
      ...css,
      ...(file.endsWith('.css') ? [file] : []),
    ]),
  );
  const html = [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Baikoo</title>',
    '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">',
    ...[...styles].map((file) => `<link rel="stylesheet" href="/${file}">`),
    '</head><body><div id="root"></div><script type="module" src="/page.js"></script></body></html>',
  ].join('');

  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent((request.url ?? '/').split('?')[0] ?? '/'));
    if (path === '/' || path === sep) {
      response.writeHead(200, { 'content-type': TYPES['.html'] }).end(html);
      return;
    }
    readFile(join(outDir, path)).then(
      (bytes) =>
        response
          .writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' })
          .end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const troubles: string[] = [];

  return {
    url,
    async open(browser, contextOptions = {}) {
      const context = await browser.newContext(contextOptions);
      const page = await context.newPage();
      page.on('pageerror', (error) => troubles.push(`page error: ${error.stack ?? error.message}`));
      page.on('console', (message) => {
        if (message.type() === 'error') troubles.push(`console: ${message.text()}`);
      });
      page.on('request', (request) => {
        if (!request.url().startsWith(url) && !request.url().startsWith('data:')) {
          troubles.push(`request to another address: ${request.url()}`);
        }
      });
      await page.goto(url);
      return page;
    },
    async close() {
      await stop(server);
      await rm(outDir, { recursive: true, force: true });
      if (troubles.length > 0) throw new Error(`The page had troubles:\n${troubles.join('\n')}`);
    },
  };
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
