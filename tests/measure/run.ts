import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { demoPhrasesSchema } from '@/core/model/demo-phrases.ts';
import type { Observation } from '@/core/model/observation.ts';
import { demoObservations } from '@/core/workspace/demo.ts';
import type { Observations } from '@/core/workspace/observations.ts';
import { readSeeds } from '@/core/workspace/reference-data.ts';
import { PASSPHRASE } from '../support/app.ts';
import { launchProfile } from '../support/browser.ts';
import { builtRenderer } from '../support/built.ts';
import { fillVault } from '../support/filled-vault.ts';
import { startServerProcess } from '../support/server-process.ts';
import { textOf } from '../support/texts.ts';
import { seedFiles, silent } from '../support/vault.ts';

/**
 * `npm run measure`: how long from starting the program to a list that can be used, and how much memory an idle window
 * holds, in page mode with the machine's own Chromium (never Electron). Linux only: memory is what /proc says.
 *
 *   --sizes 1000,10000   --runs 5
 *
 * Each run starts both processes anew on a vault that was opened before, so the sealed cache is there; the system's own
 * file cache is warm. The passphrase is typed by a program, its stretching (about a second, on purpose) counts. Memory
 * is the sum of PSS over all processes of Chromium, five seconds after the list was there.
 */
const { values } = parseArgs({
  options: { sizes: { type: 'string', default: '1000,10000' }, runs: { type: 'string', default: '5' } },
});
const SETTLE_MS = 5_000;

interface Run {
  readonly screenMs: number;
  readonly listMs: number;
  readonly windowMB: number;
  /** Of it, the page's own process with its workers. */
  readonly pageMB: number;
  readonly programMB: number;
}

const t = (key: string) => textOf('en', key);

/** The demonstration's observations over and over, each with a number of its own. */
function invented(count: number): Observation[] {
  const seeds = readSeeds(seedFiles);
  const demo = demoObservations(seeds, demoPhrasesSchema.parse(seeds.demo), '2025-06-30');
  return Array.from({ length: count }, (_, n) => {
    const base = demo[n % demo.length] as Observation;
    return { ...base, title: { ...base.title, text: `${base.title.text} ${n}` } };
  });
}

async function measureOnce(home: string, profile: string, port: number): Promise<Run & { port: number }> {
  const began = performance.now();
  const server = await startServerProcess({ home, exports: join(home, '..', 'exports'), port });
  const context = await launchProfile(profile, { locale: 'en-GB', viewport: { width: 1366, height: 768 } });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    page.setDefaultTimeout(120_000);
    await page.goto(server.url);
    const passphrase = page.getByLabel(t('vault.unlock.passphrase'), { exact: true });
    await passphrase.waitFor();
    const screenMs = performance.now() - began;
    await passphrase.fill(PASSPHRASE);
    await passphrase.press('Enter');
    await page.getByRole('button', { name: t('app.lock'), exact: true }).waitFor();
    await showList(page);
    const listMs = performance.now() - began;
    await page.waitForTimeout(SETTLE_MS);
    const { windowMB, pageMB } = await chromiumMB(await programWith(`--user-data-dir=${profile}`));
    const programMB = await pssMB(server.process.pid ?? 0);
    return { screenMs, listMs, windowMB, pageMB, programMB, port: server.port };
  } finally {
    await context.close();
    await server.stop();
  }
}

/** The list with its first rows, which can be scrolled and searched from then on. */
async function showList(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.location.hash = '#/observations';
  });
  await page.locator('[data-index="0"][aria-busy="false"]').waitFor();
}

/** Proportional set size: shared pages count once over all processes. */
async function pssMB(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) / 1024;
}

/** The words of a command; what Chromium forks writes its own with spaces between them. */
const commandLine = async (pid: number): Promise<readonly string[]> =>
  (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split(/[\0 ]/);

async function programWith(argument: string): Promise<number> {
  for (const pid of await pids()) {
    const line = await commandLine(pid);
    if (line.includes(argument) && !line.some((given) => given.startsWith('--type='))) return pid;
  }
  throw new Error(`No program runs with ${argument}.`);
}

/** The browser with all below it: its page, GPU and network processes are children of its zygotes. */
async function chromiumMB(browser: number): Promise<Pick<Run, 'windowMB' | 'pageMB'>> {
  const parents = new Map<number, number>();
  for (const pid of await pids()) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    parents.set(pid, Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
  }
  const isBelow = (pid: number): boolean => {
    for (let at: number | undefined = pid; at; at = parents.get(at)) if (at === browser) return true;
    return false;
  };
  let windowMB = 0;
  let pageMB = 0;
  for (const pid of [...parents.keys()].filter(isBelow)) {
    const size = await pssMB(pid);
    windowMB += size;
    if ((await commandLine(pid)).includes('--type=renderer')) pageMB = Math.max(pageMB, size);
  }
  return { windowMB, pageMB };
}

const pids = async (): Promise<number[]> =>
  (await readdir('/proc')).map(Number).filter((pid) => Number.isInteger(pid) && pid > 0);

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN;
const load = () =>
  `load average ${loadavg()
    .map((number) => number.toFixed(1))
    .join(', ')}`;

if (process.platform !== 'linux') throw new Error('Memory is read from /proc, so this runs on Linux only.');
await builtRenderer();
console.log(
  `${cpus().length} x ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GB; ${load()} before\n`,
);
console.log(
  '| observations | first screen | usable list | Chromium, idle | of it, the page | the program beside it |',
);
console.log('|---|---|---|---|---|---|');
for (const size of values.sizes.split(',').map(Number)) {
  const scratch = await mkdtemp(join(tmpdir(), 'baikoo-measure-'));
  const home = join(scratch, 'home');
  await fillVault(home, async (workspace) => {
    // The door for bulk work that the demonstration goes through.
    await (workspace.observations as unknown as Pick<Observations, 'addAll'>).addAll(invented(size), silent);
  });
  // The cache belongs to an origin, so the port stays; this first run makes the cache and is not counted.
  const { port } = await measureOnce(home, join(scratch, 'profile'), 0);
  const runs: Run[] = [];
  for (let run = 0; run < Number(values.runs); run += 1) {
    runs.push(await measureOnce(home, join(scratch, 'profile'), port));
  }
  const middle = (member: keyof Run) => median(runs.map((run) => run[member]));
  const seconds = (member: keyof Run) => `${(middle(member) / 1000).toFixed(1)} s`;
  const megabytes = (member: keyof Run) => `${Math.round(middle(member))} MB`;
  console.log(
    `| ${size} | ${seconds('screenMs')} | ${seconds('listMs')} | ${megabytes('windowMB')} | ${megabytes('pageMB')} | ${megabytes('programMB')} |`,
  );
  await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
}
console.log(`\nMedians of ${values.runs}; ${load()} after\n`);
await import('../../build/sizes.ts');
