import { expect, test } from 'vitest';
import type { Observation } from '@/core/model/observation.ts';
import type { Workspace } from '@/core/workspace.ts';
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
