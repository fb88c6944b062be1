import { describe, expect, test } from 'vitest';
import type { Json } from '@/core/base/json.ts';
import type { Observation } from '@/core/model/observation.ts';
import type { Workspace } from '@/core/workspace.ts';
import { type Person, team } from '../../support/team.ts';
import { laptop, openNewVault, saveNew, titled } from '../../support/vault.ts';

async function edit(
  { observations }: Workspace,
  id: string,
  part: Partial<Observation>,
): Promise<Observation> {
  const { observation, seen } = await observations.open(id);
  await observations.save({
    id,
    base: observation,
    seen,
    observation: { ...observation, ...part },
    draft: null,
  });
  return (await observations.open(id)).observation;
}

test('an edit puts what was reviewed back under review, and the history says so; tags do not', async () => {
  const { workspace } = await openNewVault(laptop());
  for (const status of ['approved', 'rejected', 'has-issues'] as const) {
    const id = await saveNew(workspace, titled('Снос'));
    expect((await edit(workspace, id, { status, reviewNote: 'Так' })).status).toBe(status);
    expect((await edit(workspace, id, { tags: { суд: true } })).status).toBe(status);
    const edited = await edit(workspace, id, { narrative: { text: 'Иначе.', lang: 'ru' } });
    expect(edited).toMatchObject({ status: 'submitted', reviewNote: 'Так' });
    const history = await workspace.observations.history(id);
    const last = history.find(({ fields }) => fields.some(({ name }) => name === 'narrative'));
    expect(last?.fields.map(({ name }) => name)).toContain('status');
  }
});

test('an approval that an edit from before it did not see stands beside the edit, for somebody to decide', async () => {
  const { workspace } = await openNewVault(laptop());
  const id = await saveNew(workspace, titled('Снос'));
  const { observation, seen } = await workspace.observations.open(id);
  await edit(workspace, id, { status: 'approved' });
  const narrative = { text: 'Иначе.', lang: 'ru' } as const;
  await workspace.observations.save({
    id,
    base: observation,
    seen,
    observation: { ...observation, narrative },
    draft: null,
  });
  const { conflicts } = await workspace.observations.open(id);
  expect(conflicts.map(({ field, versions }) => [field, versions.map(({ value }) => value).sort()])).toEqual([
    ['status', ['approved', 'submitted']],
  ]);
});

describe('of two people who do not see each other', () => {
  const meet = async (...people: readonly Person[]): Promise<void> => {
    for (const one of [...people, ...people]) expect((await one.round()).error).toBeNull();
  };
  const values = async ({ workspace }: Person, id: string) =>
    (await workspace.observations.open(id)).conflicts.map(({ field, versions }) => [
      field,
      versions.map(({ value }) => value).sort(),
    ]);
  const narrative = { text: 'Иначе.', lang: 'ru' } as const;
  const date = '2021-04-10';

  test('one approves and the other edits: the edit is not approved with the rest', async () => {
    const { one, other } = await team();
    const id = await saveNew(one.workspace, titled('Снос'));
    await meet(one, other);
    await edit(one.workspace, id, { status: 'approved' });
    await edit(other.workspace, id, { narrative });
    await meet(one, other);
    for (const each of [one, other]) {
      expect(await values(each, id)).toEqual([['status', ['approved', 'submitted']]]);
    }
  });

  test('both edit, and nothing is in conflict, before an approval and after one', async () => {
    for (const status of ['submitted', 'approved'] as const) {
      const { one, other } = await team();
      const id = await saveNew(one.workspace, { ...titled('Снос'), status });
      await meet(one, other);
      await edit(one.workspace, id, { narrative });
      await edit(other.workspace, id, { date });
      await meet(one, other);
      for (const { workspace } of [one, other]) {
        const { observation, conflicts } = await workspace.observations.open(id);
        expect(conflicts).toEqual([]);
        expect(observation).toMatchObject({ narrative, date, status: 'submitted' });
      }
      // An approval that saw both replaces what both said.
      expect((await edit(one.workspace, id, { status: 'approved' })).status).toBe('approved');
      expect(await values(one, id)).toEqual([]);
    }
  });

  test('one approves having seen one of two edits: the other edit is not approved with it', async () => {
    const { one, other } = await team();
    const id = await saveNew(one.workspace, titled('Снос'));
    await meet(one, other);
    await edit(other.workspace, id, { date });
    await edit(one.workspace, id, { narrative });
    await edit(one.workspace, id, { status: 'approved' });
    await meet(one, other);
    expect(await values(other, id)).toEqual([['status', ['approved', 'submitted']]]);
  });

  test('what is settled goes back under review, except where the review itself is', async () => {
    const { one, other } = await team();
    const id = await saveNew(one.workspace, titled('Снос'));
    await meet(one, other);
    await edit(one.workspace, id, { narrative });
    await edit(other.workspace, id, { narrative: { ...narrative, text: 'Не так.' } });
    await meet(one, other);
    await edit(one.workspace, id, { status: 'approved' });
    const settle = async (field: string, value: Json) => {
      const conflict = (await one.workspace.conflicts.list()).find((open) => open.field === field);
      const shown = conflict?.versions.map(({ change }) => change) ?? [];
      await one.workspace.conflicts.settle(id, field, value, shown);
      return (await one.workspace.observations.open(id)).observation.status;
    };
    expect(await settle('narrative', { text: 'Третье.', lang: 'ru' })).toBe('submitted');
    await meet(one, other);
    await edit(one.workspace, id, { status: 'approved' });
    await edit(other.workspace, id, { status: 'rejected' });
    await meet(one, other);
    expect(await settle('status', 'approved')).toBe('approved');
    expect(await one.workspace.conflicts.list()).toEqual([]);
  });
});

test('the history tells of a status only where it changed', async () => {
  const { workspace } = await openNewVault(laptop());
  const id = await saveNew(workspace, titled('Снос'));
  await edit(workspace, id, { narrative: { text: 'Иначе.', lang: 'ru' } });
  await edit(workspace, id, { status: 'approved' });
  await edit(workspace, id, { narrative: { text: 'Опять иначе.', lang: 'ru' } });
  const history = await workspace.observations.history(id);
  expect(history.slice(1).map(({ fields }) => fields.map(({ name }) => name))).toEqual([
    ['narrative'],
    ['status'],
    ['narrative', 'status'],
  ]);
});
