import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import type { TargetKind } from '@/core/team-doors.ts';
import { buildPage } from '../support/bare-app.ts';
import { benchMainJob } from './main-job.ts';
import { benchSync } from './sync.ts';

/**
 * `npm run bench`: how long things take, side by side with other databases in one run. Markdown tables on the output,
 * every single result on the errors' output.
 *
 *   --only main|sync           one part only
 *   --sizes 1000,10000,100000  records of the main job; the largest takes half an hour, so name fewer to be quick
 *   --runs 5                   how often everything is done
 *   --contestants baikoo,pouchdb,rxdb
 *   --records 10000            observations that are exchanged, and over the slow line: --slow-records 300
 *   --places folder,webdav,relay
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'main,sync' },
    sizes: { type: 'string', default: '1000,10000,100000' },
    runs: { type: 'string', default: '5' },
    contestants: { type: 'string', default: 'baikoo,pouchdb,rxdb' },
    records: { type: 'string', default: '10000' },
    'slow-records': { type: 'string', default: '300' },
    places: { type: 'string', default: 'folder,webdav,relay' },
  },
});

const runs = Number(values.runs);
const parts = values.only.split(',');
// What lies in `dist/` may be of yesterday.
execFileSync(process.execPath, ['build/build.mjs', '--quiet'], { stdio: 'inherit' });
const built = await buildPage('tests/bench/page');
try {
  if (parts.includes('main')) {
    await benchMainJob({
      program: built.program,
      sizes: values.sizes.split(',').map((size) => ({ records: Number(size), runs })),
      contestants: values.contestants.split(','),
    });
  }
  if (parts.includes('sync')) {
    await benchSync({
      program: built.program,
      records: Number(values.records),
      slowRecords: Number(values['slow-records']),
      runs,
      slowRuns: Math.min(runs, 3),
      places: values.places.split(',') as TargetKind[],
    });
  }
} finally {
  await built.remove();
}
