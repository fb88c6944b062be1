import { describe, expect, test } from 'vitest';
import { type Person, team } from '../../support/team.ts';
import { saveNew, titled } from '../../support/vault.ts';

/** Everybody meets everybody at the stick. */
async function exchange(...people: readonly Person[]): Promise<void> {
  for (let i = 0; i < 2; i++) for (const one of people) expect((await one.round()).error).toBeNull();
}

async function narrate({ workspace: { observations } }: Person, id: string, text: string): Promise<void> {
  const { observation, seen } = await observations.open(id);
  const narrative = { text, lang: 'ky' } as const;
  await observations.save({
    id,
    base: observation,
    seen,
    observation: { ...observation, narrative },
    draft: null,
  });
}

/** The one conflict that waits, and what somebody who looks at it says that they saw. */
async function opened({ workspace }: Person) {
  const [conflict] = await workspace.conflicts.list();
  if (conflict === undefined) throw new Error('No conflict waits.');
  return { ...conflict, shown: conflict.versions.map(({ change }) => change) };
}

const textOf = (value: unknown): string => (value as { text: string }).text;

describe('a conflict', () => {
  test('stays open when a version came that whoever settled it was not shown', async () => {
    const { one, other } = await team();
    const id = await saveNew(one.workspace, titled('аталыш', 'баштапкы'));
    await exchange(one, other);
    await narrate(one, id, 'бир');
    await narrate(other, id, 'эки');
    await exchange(one, other, one);
    const { versions, shown } = await opened(one);
    const own = versions.find(({ value }) => textOf(value) === 'бир')?.value ?? null;
    const more = { text: 'эки жана соттун чечими', lang: 'ky' };
    await other.workspace.conflicts.settle(id, 'narrative', more, shown);
    await exchange(other, one);
    await one.workspace.conflicts.settle(id, 'narrative', own, shown);
    const after = await opened(one);
    expect(after.versions.map(({ value }) => textOf(value)).sort()).toEqual(['бир', more.text]);
    await one.workspace.conflicts.settle(id, 'narrative', own, after.shown);
    expect(await one.workspace.conflicts.list()).toEqual([]);
  });
});
