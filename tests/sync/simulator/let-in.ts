import { RoundControl } from '@/core/sync/round-control.ts';
import { exchangeJoinFiles } from '@/core/sync/round-join.ts';
import { MemoryPlace } from '../../support/memory-target.ts';
import type { Machine } from './machine.ts';

/** Lets a newcomer into the founder's team, by the product's own way in, at a calm place. */
export async function letIn(
  founder: Machine,
  newcomer: Machine,
  role: 'monitor' | 'coordinator' = 'monitor',
  place = new MemoryPlace(),
): Promise<void> {
  const { words, id } = await founder.team.invite(role);
  await newcomer.team.ask(words.join(' '));
  const meet = (machine: Machine) =>
    exchangeJoinFiles(machine.team.desk(), place.open(), new RoundControl(machine.clock));
  await meet(newcomer);
  await meet(founder);
  await founder.team.admit(id);
  await meet(founder);
  await meet(newcomer);
  await newcomer.team.enter();
}
