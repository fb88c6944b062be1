import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Share } from './crowd/share.ts';

const DEVICES = 12;
const CHANGES = 10;

test('a crowd that wrote offline ends alike after meeting twice at one real folder', async () => {
  const scratch = await mkdtemp(join(tmpdir(), 'baikoo-crowd-'));
  onTestFinished(() => rm(scratch, { recursive: true, force: true }));
  const share = new Share(join(scratch, 'folder'), 0, DEVICES, CHANGES);
  onTestFinished(() => share.end());
  await share.start();
  await share.join(await share.found(DEVICES - 1));
  expect(await share.admitAll()).toBe(DEVICES - 1);
  await share.join(null);
  await share.write();
  // Most devices have one pack each: on a slow line they must not wait for one another.
  expect((await share.sweep()).calls.packsAtOnce).toBe(DEVICES - 1);
  // The first device misses eleven packs, the last none: what came together goes to the disk together.
  expect(await share.sweep()).toMatchObject({
    least: DEVICES * CHANGES,
    changesIn: 66 * CHANGES,
    flushes: 11,
  });
  // Nothing new travels any more, but the receipts of the second meeting.
  expect(await share.sweep()).toMatchObject({ changesIn: 0, calls: { put: 0, list: 0 } });
  // What is as it was is not verified once more, neither the others' heads nor the log; the own head, which nobody keeps, is.
  const verified = vi.spyOn(crypto.subtle, 'verify');
  onTestFinished(() => verified.mockRestore());
  await share.sweep();
  expect(verified).toHaveBeenCalledTimes(DEVICES);
  const ending = await share.ending();
  expect(ending.hashes).toHaveLength(1);
  expect(ending).toMatchObject({ leastChanges: DEVICES * CHANGES, leastHolders: DEVICES - 1, flags: [] });
});
