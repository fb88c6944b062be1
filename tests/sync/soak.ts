/**
 * `npm run soak`: 100,000 histories of the simulator, each processor its share. `--histories N`, `--from SEED`; prints
 * the seeds that fail, each of which replays its failure exactly: `npm run soak -- --from SEED --histories 1 --story`.
 */
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { bundleSimulator } from './simulator/bundle.ts';

const { values } = parseArgs({
  options: {
    histories: { type: 'string', default: '100000' },
    from: { type: 'string', default: '1' },
    story: { type: 'boolean', default: false },
    /** Of a process that runs a share: which one. */
    share: { type: 'string' },
    shares: { type: 'string', default: '1' },
  },
});

const histories = Number(values.histories);
const from = Number(values.from);

interface Told {
  readonly seed: number;
  readonly wrong: readonly string[];
  readonly story: readonly string[];
}

async function runAll(): Promise<void> {
  const shares = Math.max(1, Math.min(availableParallelism(), histories));
  let done = 0;
  let failed = 0;
  const hear = ({ seed, wrong, story }: Told): void => {
    done += 1;
    if (wrong.length > 0) {
      failed += 1;
      console.log(`history ${seed}: ${wrong.slice(0, 3).join('; ')}`);
    }
    if (values.story) console.log(story.join('\n'));
    if (done % 1_000 === 0) console.log(`${done} of ${histories} histories, ${failed} failed`);
  };
  const ended = Array.from({ length: shares }, (_, share) => {
    const params = [...process.argv.slice(2), `--share=${share}`, `--shares=${shares}`];
    // A history makes and throws away: with room for it, collecting takes a seventh of the time less.
    const execArgv = [...process.execArgv, '--max-semi-space-size=64'];
    const child = fork(import.meta.filename, params, { execArgv });
    child.on('message', (told) => hear(told as Told));
    return new Promise<void>((resolve) => child.on('exit', () => resolve()));
  });
  await Promise.all(ended);
  console.log(`${done - failed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || done < histories ? 1 : 0;
}

async function runShare(share: number, shares: number): Promise<void> {
  const runHistory = await bundleSimulator(null);
  for (let i = share; i < histories; i += shares) {
    const { seed, wrong, story } = await runHistory(from + i);
    process.send?.({ seed, wrong, story } satisfies Told);
  }
  process.disconnect();
}

await (values.share === undefined ? runAll() : runShare(Number(values.share), Number(values.shares)));
