import { readFile } from 'node:fs/promises';
import type { BrowserContext } from 'playwright-core';
import { PASSPHRASE } from '../support/vault.ts';
import { median, shownTime } from './medians.ts';
import type { Step, Times } from './page/page.ts';
import { openProfile } from './profile.ts';

export interface MainJobOptions {
  /** The built bench page's server. */
  readonly program: string;
  /** Records, and how often the job is done with so many. */
  readonly sizes: readonly { readonly records: number; readonly runs: number }[];
  readonly contestants: readonly string[];
}

const STEPS: readonly Step[] = ['save', 'open', 'search', 'export'];

type Result = Times & { memory: number };

/** Megabytes that the page's process holds, its workers included. */
async function memoryOf(context: BrowserContext): Promise<number> {
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
  const { context, page, close } = await openProfile(program);
  await page.waitForFunction(() => window.bench !== undefined);
  const times = await page.evaluate(([name, count, passphrase]) => window.bench?.(name, count, passphrase), [
    name,
    count,
    PASSPHRASE,
  ] as const);
  if (times === undefined) throw new Error('The bench page is not ready.');
  const memory = await memoryOf(context);
  await close();
  return { ...times, memory };
}

/**
 * The main job (save everything, open, search, export) done by Baikoo, PouchDB and RxDB with the same records, side by
 * side in one Chromium, each run in a profile of its own. Prints medians, ratios to Baikoo and growth factors.
 */
export async function benchMainJob({ program, sizes, contestants }: MainJobOptions): Promise<void> {
  const collected = new Map<string, Result[]>();
  for (const { records, runs } of sizes) {
    for (let run = 0; run < runs; run++) {
      // Contestants take turns, so that a slow minute of the machine meets all of them.
      for (const name of contestants) {
        const result = await once(program, name, records);
        const key = `${name} ${records}`;
        collected.set(key, (collected.get(key) ?? []).concat(result));
        console.error(`${key} run ${run + 1}: ${JSON.stringify(result)}`);
      }
    }
  }
  const medianOf = (name: string, records: number, step: keyof Result): number =>
    median((collected.get(`${name} ${records}`) ?? []).map((result) => result[step]));

  /** Times of Baikoo; for the others the time and how often Baikoo's it is. */
  const cell = (name: string, records: number, step: Step): string => {
    const time = medianOf(name, records, step);
    const ratio = time / medianOf('baikoo', records, step);
    return name === 'baikoo' ? shownTime(time) : `${shownTime(time)} (${ratio.toFixed(1)}x)`;
  };

  console.log(`\n| records | medians of | | ${STEPS.join(' | ')} | memory |`);
  console.log(`|---|---|---|${STEPS.map(() => '---|').join('')}---|`);
  for (const { records, runs } of sizes) {
    for (const name of contestants) {
      const cells = STEPS.map((step) => cell(name, records, step));
      const memory = medianOf(name, records, 'memory').toFixed(0);
      console.log(`| ${records} | ${runs} | ${name} | ${cells.join(' | ')} | ${memory} MB |`);
    }
  }
  for (const [i, { records }] of sizes.entries()) {
    const before = sizes[i - 1];
    if (before === undefined) continue;
    const growth = contestants.map((name) => {
      const factors = STEPS.map((step) => {
        const factor = medianOf(name, records, step) / medianOf(name, before.records, step);
        return `${step} ${factor.toFixed(1)}`;
      });
      return `${name} ${factors.join(', ')}`;
    });
    console.log(`\nGrowth from ${before.records} to ${records} records: ${growth.join('; ')}.`);
  }
}
