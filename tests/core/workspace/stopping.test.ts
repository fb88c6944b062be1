import { expect, test } from 'vitest';
import { CodedError } from '@/core/base/coded-error.ts';
import type { OpenTarget } from '@/core/sync/target.ts';
import type { Workspace } from '@/core/workspace.ts';
import { MemoryPlace } from '../../support/memory-target.ts';
import { laptop, openNewVault, PASSPHRASE, saveNew, silent, titled } from '../../support/vault.ts';

/** A place that answers nothing. It does not even notice that it is closed: a drive that hangs, a handshake. */
class HungPlace extends MemoryPlace {
  asked = 0;
  closed = 0;

  override open(): OpenTarget {
    const nothing = () => {
      this.asked += 1;
      return new Promise<never>(() => undefined);
    };
    const close = () => {
      this.closed += 1;
      return new Promise<never>(() => undefined);
    };
    return { list: nothing, get: nothing, put: nothing, close };
  }
}

/** One that fails what is under way when it is closed, as a line to a server does. */
class SilentPlace extends HungPlace {
  override open(): OpenTarget {
    const ends: ((why: CodedError) => void)[] = [];
    const nothing = () => {
      this.asked += 1;
      return new Promise<never>((_, reject) => ends.push(reject));
    };
    const close = async () => {
      this.closed += 1;
      for (const end of ends) end(new CodedError('target/unreachable', 'The target was closed.'));
    };
    return { list: nothing, get: nothing, put: nothing, close };
  }
}

async function inRound(place: HungPlace) {
  const machine = laptop(undefined, undefined, new Map([['/stick', place]]));
  const { workspace } = await openNewVault(machine);
  await workspace.team.found('Ош');
  const stick = await addStick(workspace);
  const round = workspace.sync.run(stick);
  await expect.poll(() => place.asked).toBeGreaterThan(0);
  return { machine, workspace, stick, round };
}

const addStick = (workspace: Workspace): Promise<string> =>
  workspace.sync.addTarget({
    name: 'таякча',
    settings: { kind: 'folder', path: '/stick' },
    automatic: false,
    metered: false,
  });

const places: [string, () => HungPlace][] = [
  ['a silent server', () => new SilentPlace()],
  ['a drive that hangs', () => new HungPlace()],
];

test.each(places)('a round that is stopped does not wait for %s', async (_, make) => {
  const place = make();
  const { workspace, stick, round } = await inRound(place);
  await workspace.sync.stop(stick);
  expect(await round).toMatchObject({ outcome: 'stopped', error: null });
  expect(place.closed).toBeGreaterThan(0);
  expect(await workspace.sync.overview()).toMatchObject({ running: null, flags: [] });
});

test.each(places)('a vault is locked without waiting for %s', async (_, make) => {
  const place = make();
  const { machine, workspace, round } = await inRound(place);
  await workspace.vault.lock();
  expect(await round).toMatchObject({ outcome: 'stopped' });
  expect(place.closed).toBeGreaterThan(0);
  await workspace.vault.unlock({ passphrase: PASSPHRASE }, silent);
  await saveNew(workspace, titled('кийинки'));
  await workspace.vault.lock();
  machine.host.disk.claimedBy = null;
  expect(await machine.start().vault.unlock({ passphrase: PASSPHRASE }, silent)).toMatchObject({
    notices: [],
  });
});

test('a target that is being opened when the round is stopped is closed once it is there', async () => {
  let arrive: (target: OpenTarget) => void = () => undefined;
  const opening = new Promise<OpenTarget>((resolve) => {
    arrive = resolve;
  });
  const place = new MemoryPlace();
  const target = place.open();
  place.open = () => opening as unknown as OpenTarget;
  const { workspace } = await openNewVault(laptop(undefined, undefined, new Map([['/stick', place]])));
  await workspace.team.found('Ош');
  const stick = await addStick(workspace);
  const round = workspace.sync.run(stick);
  await new Promise((resolve) => setTimeout(resolve));
  await workspace.sync.stop(stick);
  expect(await round).toMatchObject({ outcome: 'stopped' });
  let closed = false;
  arrive({
    ...target,
    async close() {
      closed = true;
    },
  });
  await expect.poll(() => closed).toBe(true);
});
