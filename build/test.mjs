// `npm test`: every test there is, then one plain line with the totals. Arguments narrow the run, as for vitest.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);
const vitest = join(dirname(require.resolve('vitest/package.json')), 'vitest.mjs');

const run = (command, args) =>
  new Promise((resolve) => {
    spawn(command, args, { cwd: root, stdio: 'inherit' }).on('exit', (code) => resolve(code ?? 1));
  });

const folder = await mkdtemp(join(tmpdir(), 'baikoo-test-'));
const report = join(folder, 'report.json');
let failedToRun = 0;

// The tests drive the app as it ships, so it is built first.
if ((await run(process.execPath, [join(root, 'build/build.mjs')])) !== 0) failedToRun = 1;

const code = failedToRun
  ? 1
  : await run(process.execPath, [
      vitest,
      'run',
      '--config',
      'build/vitest.config.ts',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...process.argv.slice(2),
    ]);

const totals = await readFile(report, 'utf8').then(JSON.parse, () => null);
await rm(folder, { recursive: true, force: true });
const passed = totals?.numPassedTests ?? 0;
// A file that could not be loaded, or whose preparation failed, counts as a failure although none of its tests did.
const brokenFiles = (totals?.testResults ?? []).filter(
  (file) => file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed'),
).length;
const failed = (totals?.numFailedTests ?? 0) + brokenFiles + (totals === null ? 1 : 0);
const skipped = (totals?.numPendingTests ?? 0) + (totals?.numTodoTests ?? 0);
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(code !== 0 || failed > 0 || passed === 0 ? 1 : 0);
