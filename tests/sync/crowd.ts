/**
 * `npm run crowd`: a team of 200 devices whose people write 50 changes each offline and then meet through one real
 * folder until everybody holds everything. `--devices N`, `--changes N`; fails when they do not end alike, or after
 * `--minutes` (5). Three processes share the devices, as many people meet one folder at the same time.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Share } from './crowd/share.ts';
import { importBundled } from './simulator/bundle.ts';

const { values } = parseArgs({
  options: {
    devices: { type: 'string', default: '200' },
    changes: { type: 'string', default: '50' },
    processes: { type: 'string', default: '3' },
    minutes: { type: 'string', default: '5' },
    /** Of a process that holds a share: `folder,from,to`. */
    share: { type: 'string' },
  },
});
const devices = Number(values.devices);
const changes = Number(values.changes);

type Method = 'start' | 'end' | 'found' | 'join' | 'admitAll' | 'write' | 'sweep' | 'ending';
type Answer<M extends Method> = Awaited<ReturnType<Share[M]>>;
type Told = { readonly value: unknown } | { readonly error: string };

/** A share in a process of its own. */
class FarShare {
  readonly #child: ChildProcess;

  constructor(folder: string, from: number, to: number) {
    this.#child = fork(import.meta.filename, [`--share=${folder},${from},${to}`, `--changes=${changes}`], {
      // Dozens of open vaults in one process: room for what each round makes and throws away.
      execArgv: [...process.execArgv, '--max-old-space-size=12288', '--max-semi-space-size=64'],
      // One helping thread each: more of them spend much of two processors on waking one another.
      env: { ...process.env, UV_THREADPOOL_SIZE: '1' },
    });
  }

  call<M extends Method>(method: M, ...params: Parameters<Share[M]>): Promise<Answer<M>> {
    return new Promise((resolve, reject) => {
      const ended = () => reject(new Error(`A share ended while it was asked to ${method}.`));
      this.#child.once('exit', ended);
      this.#child.once('message', (told: Told) => {
        this.#child.off('exit', ended);
        if ('error' in told) reject(new Error(told.error));
        else resolve(told.value as Answer<M>);
      });
      this.#child.send({ method, params });
    });
  }

  stop(): void {
    this.#child.disconnect();
  }
}

async function serveShare([folder, from, to]: readonly [string, string, string]): Promise<void> {
  const bundled = await importBundled<{ Share: typeof Share }>('tests/sync/crowd/share.ts');
  const share = new bundled.Share(folder, Number(from), Number(to), changes);
  process.on('disconnect', () => process.exit());
  process.on('message', async ({ method, params }: { method: Method; params: [] }) => {
    const told: Told = await (share[method] as (...params: unknown[]) => Promise<unknown>)
      .apply(share, params)
      .then(
        (value) => ({ value: value ?? null }),
        (error: unknown) => ({ error: error instanceof Error ? (error.stack ?? error.message) : `${error}` }),
      );
    process.send?.(told);
  });
}

const seconds = (since: number): string => ((performance.now() - since) / 1000).toFixed(1);
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

async function filesIn(folder: string): Promise<{ files: number; bytes: number }> {
  let [files, bytes] = [0, 0];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    files += 1;
    bytes += (await stat(join(entry.parentPath, entry.name))).size;
  }
  return { files, bytes };
}

async function meet(shares: readonly FarShare[]): Promise<boolean> {
  const all = <M extends Method>(method: M, ...params: Parameters<Share[M]>) =>
    Promise.all(shares.map((share) => share.call(method, ...params)));
  const wanted = devices * changes;
  const began = performance.now();
  let converged: string | null = null;
  // Two sweeps bring everything to everybody, a third the receipts of the second.
  for (let n = 1; n <= 8; n++) {
    const before = performance.now();
    const sweeps = await all('sweep');
    const sum = (of: (sweep: Answer<'sweep'>) => number) => sweeps.reduce((all, one) => all + of(one), 0);
    const least = Math.min(...sweeps.map((sweep) => sweep.least));
    console.log(
      `sweep ${n}: ${seconds(before)} s (${sum((s) => s.busy).toFixed(1)} s of processor), ${devices} rounds, ${sum((s) => s.changesIn)} changes in, ` +
        `${megabytes(sum((s) => s.sentBytes))} out, ${megabytes(sum((s) => s.receivedBytes))} in, ` +
        `${sum((s) => s.calls.get)} reads, ${sum((s) => s.calls.put)} writes, ${sum((s) => s.calls.list)} listings; ` +
        `every device holds at least ${least} of ${wanted} changes`,
    );
    if (converged !== null) break;
    if (least >= wanted) converged = seconds(began);
  }
  const withReceipts = seconds(began);
  const endings = await all('ending');
  const hashes = new Set(endings.flatMap((ending) => ending.hashes));
  const least = Math.min(...endings.map((ending) => ending.leastChanges));
  const holders = Math.min(...endings.map((ending) => ending.leastHolders));
  const flags = new Set(endings.flatMap((ending) => ending.flags));
  console.log(
    `converged in ${converged ?? '-'} s (receipts ${withReceipts} s): ${hashes.size} state(s), every device holds ` +
      `${least} of ${wanted} changes and knows of ${holders} others that hold its own; flags: ${[...flags].join(', ') || 'none'}`,
  );
  const right = converged !== null && hashes.size === 1 && least === wanted && holders === devices - 1;
  return right && flags.size === 0 && Number(converged) < Number(values.minutes) * 60;
}

async function run(): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), 'baikoo-crowd-'));
  const folder = join(scratch, 'folder');
  const count = Math.min(Number(values.processes), devices);
  const cuts = Array.from({ length: count + 1 }, (_, i) => Math.round((i * devices) / count));
  const shares = cuts.slice(1).map((to, i) => new FarShare(folder, cuts[i] as number, to));
  const first = shares[0] as FarShare;
  try {
    let began = performance.now();
    await Promise.all(shares.map((share) => share.call('start')));
    const words = await first.call('found', devices - 1);
    const wordsOf = shares.map((_, i) =>
      words.slice(Math.max(0, (cuts[i] as number) - 1), (cuts[i + 1] as number) - 1),
    );
    await Promise.all(shares.map((share, i) => share.call('join', wordsOf[i] as string[])));
    const admitted = await first.call('admitAll');
    await Promise.all(shares.map((share) => share.call('join', null)));
    console.log(`${admitted} newcomers joined in ${seconds(began)} s`);
    began = performance.now();
    await Promise.all(shares.map((share) => share.call('write')));
    console.log(`${devices} x ${changes} changes were written in ${seconds(began)} s`);
    if (!(await meet(shares))) process.exitCode = 1;
    const { files, bytes } = await filesIn(folder);
    console.log(`the folder holds ${files} files of ${megabytes(bytes)}`);
    await Promise.all(shares.map((share) => share.call('end')));
  } finally {
    for (const share of shares) share.stop();
    await rm(scratch, { recursive: true, force: true });
  }
}

if (values.share === undefined) await run();
else await serveShare(values.share.split(',') as [string, string, string]);
