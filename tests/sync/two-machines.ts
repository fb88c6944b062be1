import { newId } from '@/core/base/ids.ts';
import { writeChange } from '@/core/changes/edit.ts';
import { runRound } from '@/core/sync/round.ts';
import { RoundControl } from '@/core/sync/round-control.ts';
import { exchangeJoinFiles } from '@/core/sync/round-join.ts';
import type { Target } from '@/core/sync/target.ts';
import { MemoryPlace } from '../support/memory-target.ts';
import { Chance } from './simulator/chance.ts';
import { Machine } from './simulator/machine.ts';

/** Two machines, one of which founded a team and invited the other, who asks; `join` has one meet the place. */
export async function invited(seed: number) {
  const chance = new Chance(seed);
  const one = new Machine('m1', chance);
  const other = new Machine('m2', chance);
  await one.start();
  await other.start();
  await one.team.found('Ош');
  const { words, id } = await one.team.invite('monitor');
  await other.team.ask(words.join(' '));
  const place = new MemoryPlace();
  const join = (machine: Machine) =>
    exchangeJoinFiles(machine.team.desk(), place.open(), new RoundControl(machine.clock));
  return { one, other, place, id, join };
}

/** Two machines of one team that meet at one place, by the product's own rounds. */
export async function team(seed = 5): Promise<{ one: Machine; other: Machine; place: MemoryPlace }> {
  const { one, other, place, id, join } = await invited(seed);
  await join(other);
  await join(one);
  await one.team.admit(id);
  await join(one);
  await join(other);
  await other.team.enter();
  return { one, other, place };
}

/** One more of the team that `founder` began, let in at a place of their own. */
export async function newcomer(founder: Machine, name: string, seed: number): Promise<Machine> {
  const machine = new Machine(name, new Chance(seed));
  await machine.start();
  const { words, id } = await founder.team.invite('monitor');
  await machine.team.ask(words.join(' '));
  const place = new MemoryPlace();
  const join = (one: Machine) =>
    exchangeJoinFiles(one.team.desk(), place.open(), new RoundControl(one.clock));
  await join(machine);
  await join(founder);
  await founder.team.admit(id);
  await join(founder);
  await join(machine);
  await machine.team.enter();
  return machine;
}

export function meet(machine: Machine, place: { open(): Target }, name = 'place') {
  return runRound({
    ledger: machine.session,
    target: place.open(),
    memory: machine.session.state.target(name),
    name,
    control: new RoundControl(machine.clock),
  });
}

export async function write(
  machine: Machine,
  title: string,
  record = newId(new Chance(title.length)),
): Promise<string> {
  const { session } = machine;
  await session.write((pen) => [
    writeChange(
      pen,
      session.clock,
      { record, type: 'observation' },
      { title: { text: title, lang: 'ky' } },
      {},
    ),
  ]);
  return record;
}

export const titlesOf = (machine: Machine): string[] =>
  machine.session.store.rows.map((row) => row.title).sort();
export const flagsOf = (machine: Machine): string[] => machine.session.state.flags.map((flag) => flag.code);
