import { newId } from '@/core/base/ids.ts';
import { writeChange } from '@/core/changes/edit.ts';
import { runRound } from '@/core/sync/round.ts';
import { RoundControl } from '@/core/sync/round-control.ts';
import { exchangeJoinFiles } from '@/core/sync/round-join.ts';
import type { Target } from '@/core/sync/target.ts';
import { MemoryPlace } from '../support/memory-target.ts';
import { Chance } from './simulator/chance.ts';
import { letIn } from './simulator/let-in.ts';
import { Machine } from './simulator/machine.ts';

async function founded(seed: number): Promise<{ one: Machine; other: Machine; place: MemoryPlace }> {
  const chance = new Chance(seed);
  const one = new Machine('m1', chance);
  const other = new Machine('m2', chance);
  await one.start();
  await other.start();
  await one.team.found('Ош');
  return { one, other, place: new MemoryPlace() };
}

/** Two machines, one of which founded a team and invited the other, who asks; `join` has one meet the place. */
export async function invited(seed: number) {
  const { one, other, place } = await founded(seed);
  const { words, id } = await one.team.invite('monitor');
  await other.team.ask(words.join(' '));
  const join = (machine: Machine) =>
    exchangeJoinFiles(machine.team.desk(), place.open(), new RoundControl(machine.clock));
  return { one, other, place, id, join };
}

/** Two machines of one team that meet at one place, by the product's own rounds. */
export async function team(seed = 5): Promise<{ one: Machine; other: Machine; place: MemoryPlace }> {
  const { one, other, place } = await founded(seed);
  await letIn(one, other, 'monitor', place);
  return { one, other, place };
}

/** One more of the team that `founder` began. */
export async function newcomer(founder: Machine, name: string, seed: number): Promise<Machine> {
  const machine = new Machine(name, new Chance(seed));
  await machine.start();
  await letIn(founder, machine);
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
