import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startPageProcess } from '../electron/page-process.ts';
import { buildPage, writeQuickVault } from '../support/bare-app.ts';
import { launchProfile } from '../support/browser.ts';
import { PASSPHRASE } from '../support/vault.ts';
import type { Step, Times } from './page/page.ts';

/**
 * `npm run bench`: Baikoo, PouchDB and RxDB do the same work with the same records, side by side in one Chromium,
 * each run in a profile of its own. Prints medians, ratios to Baikoo and growth factors as a Markdown table.
 *
 *   --sizes 1000,10000,100000   --runs 5   --only baikoo,pouchdb,rxdb
 */
const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,10000,100000' },
    runs: { type: 'string', default: '5' },
    only: { type: 'string', default: 'baikoo,pouchdb,rxdb' },
  },
});
const sizes = values.sizes.split(',').map(Number);
const runs = Number(values.runs);
const contestants = values.only.split(',');
const STEPS: readonly Step[] = ['save', 'open', 'search', 'export'];

type Result = Times & { memory: number };

/** Megabytes that the page's process holds, its workers included. */
async function memoryOf(context: Awaited<ReturnType<typeof launchProfile>>): Promise<number> {
  const browser = context.browser();
  if (browser === null) return Number.NaN;
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  let largest = 0;
  for (const { id, type } of processInfo) {
    if (type !== 'renderer') continue;
    const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '');
    largest = Math.max(largest, Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024);
  }
  return largest;
}

async function once(program: string, name: string, count: number): Promise<Result> {
  const scratch = await mkdtemp(join(tmpdir(), 'baikoo-bench-'));
  const home = join(scratch, 'home');
  await writeQuickVault(home);
  const server = await startPageProcess({ home, exports: join(scratch, 'exports'), program });
  const context = await launchProfile(join(scratch, 'profile'));
  const page = context.pages()[0] ?? (await context.newPage());
  page.on('pageerror', (error) => console.error(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') console.error(message.text());
  });
  await page.goto(server.url);
  await page.waitForFunction(() => window.bench !== undefined);
  page.setDefaultTimeout(0);
  const times = await page.evaluate(([name, count, passphrase]) => window.bench?.(name, count, passphrase), [
    name,
    count,
    PASSPHRASE,
  ] as const);
  if (times === undefined) throw new Error('The bench page is not ready.');
  const memory = await memoryOf(context);
  await context.close();
  await server.end();
  await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  return { ...times, memory };
}

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

const built = await buildPage('tests/bench/page');
const collected = new Map<string, Result[]>();
for (const size of sizes) {
  for (let run = 0; run < runs; run++) {
    // Contestants take turns, so that a slow minute of the machine meets all of them.
    for (const name of contestants) {
      const result = await once(built.program, name, size);
      const key = `${name} ${size}`;
      const seen = (collected.get(key) ?? []).concat(result);
      collected.set(key, seen);
      console.error(`${key} run ${run + 1}: ${JSON.stringify(result)}`);
    }
  }
}
await built.remove();

const medianOf = (name: string, size: number, step: keyof Result): number =>
  median((collected.get(`${name} ${size}`) ?? []).map((result) => result[step]));

const shown = (milliseconds: number): string =>
  milliseconds >= 10_000 ? `${(milliseconds / 1000).toFixed(0)} s` : `${milliseconds.toFixed(0)} ms`;

/** Times of Baikoo; for the others the time and how often Baikoo's it is. */
function cell(name: string, size: number, step: Step): string {
  const time = medianOf(name, size, step);
  const ratio = time / medianOf('baikoo', size, step);
  return name === 'baikoo' ? shown(time) : `${shown(time)} (${ratio.toFixed(1)}x)`;
}

console.log(`\nMedians of ${runs}.\n`);
console.log(`| records | | ${STEPS.join(' | ')} | memory |`);
console.log(`|---|---|${STEPS.map(() => '---|').join('')}---|`);
for (const size of sizes) {
  for (const name of contestants) {
    const cells = STEPS.map((step) => cell(name, size, step));
    console.log(
      `| ${size} | ${name} | ${cells.join(' | ')} | ${medianOf(name, size, 'memory').toFixed(0)} MB |`,
    );
  }
}
for (const [i, size] of sizes.entries()) {
  const before = sizes[i - 1];
  if (before === undefined) continue;
  const growth = contestants.map((name) => {
    const factors = STEPS.map((step) =>
      (medianOf(name, size, step) / medianOf(name, before, step)).toFixed(1),
    );
    return `${name} ${STEPS.map((step, n) => `${step} ${factors[n]}`).join(', ')}`;
  });
  console.log(`\nGrowth from ${before} to ${size} records: ${growth.join('; ')}.`);
}
