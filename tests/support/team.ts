import type { TargetChoice } from '@/core/team-doors.ts';
import type { Workspace } from '@/core/workspace.ts';
import { MemoryCache } from './memory-cache.ts';
import { memoryHost } from './memory-host.ts';
import { type Laptop, laptop, openNewVault } from './vault.ts';

const STICK: TargetChoice = {
  name: 'Флешка',
  settings: { kind: 'folder', path: '/stick' },
  automatic: false,
  metered: false,
};

/** Somebody at a laptop with a new vault, whose exchange point is a stick. */
export interface Person {
  readonly machine: Laptop;
  readonly workspace: Workspace;
  readonly target: string;
  round(): ReturnType<Workspace['sync']['run']>;
}

/** `places`: the sticks of somebody else, to meet there. */
export async function person(places?: Laptop['places']): Promise<Person> {
  const machine = laptop(memoryHost(), new MemoryCache(), places);
  const { workspace } = await openNewVault(machine);
  const target = await workspace.sync.addTarget(STICK);
  return { machine, workspace, target, round: () => workspace.sync.run(target) };
}

/** Two people in one team, who meet at one stick. */
export async function team(): Promise<{ one: Person; other: Person }> {
  const one = await person();
  const other = await person(one.machine.places);
  await one.workspace.team.found('Ош мониторинг');
  const { words, id } = await one.workspace.team.invite('monitor');
  await other.workspace.team.ask(words.join(' '));
  await other.round();
  await one.round();
  await one.workspace.team.admit(id);
  await one.round();
  await other.round();
  await other.workspace.team.enter();
  return { one, other };
}
