import { expect, test } from 'vitest';
import type { Change } from '@/core/changes/change.ts';
import { authorship } from '@/core/workspace/row.ts';
import { type Person, team } from '../../support/team.ts';
import { saveNew, titled } from '../../support/vault.ts';

const A = 'a'.repeat(26);
const B = 'b'.repeat(26);

const change = (id: string, at: string, fields: Change['fields']): Change => ({
  id,
  record: 'r',
  type: 'observation',
  author: id.slice(0, 26),
  at,
  fields,
});

/** Every order in which the changes can come in. */
function* orders(changes: readonly Change[]): Generator<readonly Change[]> {
  if (changes.length < 2) yield changes;
  for (const [i, first] of changes.entries()) {
    for (const rest of orders(changes.toSpliced(i, 1))) yield [first, ...rest];
  }
}

test('the author is who made the record, in whatever order the changes came and whatever the clocks said', () => {
  const made = change(`${B}:10`, '2021-04-12T08:00:00Z', { kind: ['event', []], status: ['submitted', []] });
  const tagged = change(`${A}:3`, '2010-01-01T00:00:00Z', { 'tags/суд': [true, []] });
  const edited = change(`${A}:4`, '2010-01-02T00:00:00Z', { kind: ['context', [made.id]] });
  for (const changes of orders([made, tagged, edited])) {
    expect(authorship(changes)).toMatchObject({ author: B, createdAt: made.at, updatedAt: made.at });
  }
  // Until the change that made it is here, every device guesses alike; a counter is no word.
  const again = change(`${A}:20`, '2009-01-01T00:00:00Z', { 'tags/соттор': [true, []] });
  for (const changes of orders([edited, again, tagged])) {
    expect(authorship(changes)).toMatchObject({ author: A, createdAt: tagged.at });
  }
});

test('the authors of one copied change are told alike by everybody', () => {
  const one = change(`${A}:1`, '2021-04-12T08:00:00Z', { kind: ['event', []], title: ['а', []] });
  const other = { ...one, at: '2021-04-12T09:00:00Z' };
  expect(authorship([one, other]).createdAt).toBe(authorship([other, one]).createdAt);
});

test('a colleague whose clock is years behind does not become the author by adding a tag, and the hint stays', async () => {
  const { one, other } = await team();
  const exchange = async (...people: readonly Person[]): Promise<void> => {
    for (const each of [...people, ...people]) expect((await each.round()).error).toBeNull();
  };
  const place = { unit: '41706000000000', label: 'Ош' };
  const account = (title: string) => ({ ...titled(title, 'текст'), date: '2021-04-10', place });
  const id = await saveNew(one.workspace, account('Снос дома Шопокова'));
  await saveNew(other.workspace, account('Снос дома Шопокова утром'));
  await exchange(one, other);
  const { createdAt } = await one.workspace.observations.open(id);
  other.machine.clock.time = Date.UTC(2010, 0, 1);
  const { observation, seen } = await other.workspace.observations.open(id);
  await other.workspace.observations.save({
    id,
    base: observation,
    seen,
    observation: { ...observation, tags: { суд: true } },
    draft: null,
  });
  await exchange(other, one);
  const { member } = await one.workspace.vault.profile();
  for (const { workspace } of [one, other]) {
    expect(await workspace.observations.open(id)).toMatchObject({ author: member, createdAt });
    expect(await workspace.conflicts.duplicates()).toHaveLength(1);
  }
});
