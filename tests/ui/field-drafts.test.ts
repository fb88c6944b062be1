import { expect, test } from 'vitest';
import type { Workspace } from '@/core/workspace.ts';
import { FieldDrafts, type FieldWords } from '@/ui/drafts/field-drafts.ts';
import { laptop, openNewVault, PASSPHRASE, saveNew, silent, titled } from '../support/vault.ts';

const secret = { passphrase: PASSPHRASE };
const noteOn = (record: string, value: string): FieldWords => ({
  of: 'review',
  record,
  type: 'observation',
  title: 'Снос',
  field: 'reviewNote',
  from: '',
  value,
});
const wordsIn = (drafts: FieldDrafts) => [...drafts.all().values()].map(({ words }) => words);

async function loaded(workspace: Workspace): Promise<FieldDrafts> {
  const drafts = new FieldDrafts(workspace.drafts);
  await drafts.load();
  return drafts;
}

test('what is typed for a field is there after a lock, sealed, and is no draft of a form', async () => {
  const machine = laptop();
  const { workspace } = await openNewVault(machine);
  const id = await saveNew(workspace, titled('Снос'));
  const drafts = await loaded(workspace);
  drafts.type(noteOn(id, 'Со второй свидетельницей'));
  await drafts.flush();
  drafts.type(noteOn(id, 'Со второй свидетельницей иначе'));
  await drafts.flush();
  await workspace.vault.lock();
  drafts.leave();
  expect(machine.host.disk.files.size).toBeGreaterThan(0);
  await workspace.vault.unlock(secret, silent);
  expect(await workspace.drafts.list()).toEqual([]);
  expect(wordsIn(await loaded(workspace))).toEqual([noteOn(id, 'Со второй свидетельницей иначе')]);
});

test('words that were dropped, or are what they began from, leave nothing on the disk', async () => {
  const { workspace } = await openNewVault(laptop());
  const drafts = await loaded(workspace);
  drafts.type(noteOn('a', 'слова'));
  drafts.type(noteOn('b', 'слова'));
  await drafts.flush();
  drafts.drop(noteOn('a', ''));
  drafts.type(noteOn('b', ''));
  await drafts.flush();
  await expect.poll(() => workspace.drafts.fields()).toEqual([]);
  expect(wordsIn(drafts).map(({ record }) => record)).toEqual(['b']);
});

test('words whose saving was acknowledged a moment before a kill are not offered again', async () => {
  const { workspace } = await openNewVault(laptop());
  const id = await saveNew(workspace, titled('Снос'));
  const drafts = await loaded(workspace);
  drafts.type(noteOn(id, 'Так'));
  await drafts.flush();
  const { observation, seen } = await workspace.observations.open(id);
  await workspace.observations.save({
    id,
    base: observation,
    seen,
    observation: { ...observation, reviewNote: 'Так' },
    draft: null,
  });
  expect(await workspace.drafts.fields()).toEqual([]);
});
