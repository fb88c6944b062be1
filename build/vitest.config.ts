import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

export default defineConfig({
  root,
  resolve: { alias: { '@/': `${root}renderer/` } },
  test: {
    include: ['tests/{core,storage,electron,package,contract,sync,seeds,ui,e2e}/**/*.test.ts'],
    // Programs that tests start must not write into a person's own folders.
    env: { BAIKOO_MACHINE: join(tmpdir(), 'baikoo-test-machine') },
    // No test measures time; this only ends one that hangs, on an old and busy machine too.
    testTimeout: 120_000,
    // One more try for a browser that a loaded build machine starved; a test that is wrong fails twice.
    retry: process.env.CI ? 1 : 0,
    // What is waited for comes at once, except on a busy old machine.
    expect: { poll: { timeout: 30_000 } },
    // A page for the browser is built before its tests; on a busy old machine that takes a while.
    hookTimeout: 120_000,
    // Much of a test's time is a browser's, a server's or a timer's: three keep two processors busy.
    maxWorkers: 3,
  },
});
