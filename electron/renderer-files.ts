import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { nodeDisk } from './disk.ts';
import { guardPath } from './path-guard.ts';

/**
 * The window's own files, the same for `app://` and for page mode.
 *
 * Content policy: everything from our own origin, nothing from elsewhere, no form target, no frame. `wasm-unsafe-eval`
 * lets Argon2 compile and nothing else. Styles may be inline because Mantine writes its theme into style elements;
 * a style alone cannot call out, since images, fonts and connections stay at home.
 */
export const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** On every answer, a refusal too. */
export const SAFE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'camera=(), display-capture=(), geolocation=(), hid=(), microphone=(), midi=(), payment=(), serial=(), usb=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-frame-options': 'DENY',
};

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

export interface ServedFile {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
}

/**
 * The file that a URL's path names below `root`, or null. Only kinds of files that a build makes are served, each
 * with its own type; built assets carry a hash in their name and may be kept, the rest is asked for every time.
 */
export async function rendererFile(root: string, urlPath: string): Promise<ServedFile | null> {
  try {
    const name = urlPath === '/' ? 'index.html' : decodeURIComponent(urlPath.slice(1));
    const type = TYPES[extname(name)];
    if (type === undefined) return null;
    // Read whole rather than opened, which Electron serves straight from its archive.
    const body = new Uint8Array(await readFile(await guardPath(nodeDisk, root, name)));
    const kept = name.startsWith('assets/') ? 'private, max-age=31536000, immutable' : 'no-store';
    return { headers: { ...SAFE_HEADERS, 'content-type': type, 'cache-control': kept }, body };
  } catch {
    return null;
  }
}
