import { describe, expect, test } from 'vitest';
import { type Person, team } from '../../support/team.ts';
import { query, saveNew, seedFiles, titled } from '../../support/vault.ts';

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
  return { ...conflict, shown: [...conflict.versions, ...conflict.unseen].map(({ change }) => change) };
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

  test('of a record that is deleted waits for nobody, until the record is brought back', async () => {
    const { one, other } = await team();
    const id = await saveNew(one.workspace, titled('аталыш', 'баштапкы'));
    await exchange(one, other);
    await narrate(one, id, 'бир');
    await narrate(other, id, 'эки');
    await exchange(one, other, one);
    await one.workspace.observations.remove([id]);
    expect(await one.workspace.conflicts.list()).toEqual([]);
    await one.workspace.observations.restore([id]);
    expect((await opened(one)).versions).toHaveLength(2);
  });

  test('began from the last version that both sides had seen, however often each wrote since', async () => {
    const { one, other } = await team();
    const id = await saveNew(one.workspace, titled('аталыш', 'баштапкы'));
    await narrate(one, id, 'баштапкы, оңдолгон');
    await exchange(one, other);
    await narrate(one, id, 'бир');
    await narrate(one, id, 'бир, экинчи жолу');
    await narrate(other, id, 'эки');
    await exchange(one, other, one);
    const { ancestor } = await opened(one);
    expect(textOf(ancestor)).toBe('баштапкы, оңдолгон');
    expect((await opened(other)).ancestor).toEqual(ancestor);
  });
});

describe('a deletion beside an edit', () => {
  async function contested() {
    const { one, other } = await team();
    const id = await saveNew(one.workspace, titled('аталыш', 'баштапкы'));
    await exchange(one, other);
    await one.workspace.observations.remove([id]);
    await narrate(other, id, 'эки');
    await exchange(one, other, one);
    return { one, other, id };
  }
  const isDeleted = async ({ workspace }: Person, id: string) =>
    (await workspace.observations.open(id)).deleted;

  test('shows what the deletion had not seen, and by whom', async () => {
    const { one, other } = await contested();
    const { field, versions, unseen } = await opened(one);
    expect(field).toBe('deleted');
    expect(versions.map(({ value }) => value)).toEqual([true]);
    const { member } = await other.workspace.vault.profile();
    expect(unseen).toMatchObject([{ field: 'narrative', value: { text: 'эки' }, author: member }]);
    expect(unseen[0]?.at).not.toBe('');
  });

  test('deletes what was shown; an edit that came since keeps it open', async () => {
    const { one, other, id } = await contested();
    const { shown } = await opened(one);
    await narrate(other, id, 'эки, жаңы күбө');
    await exchange(other, one);
    await one.workspace.conflicts.settle(id, 'deleted', true, shown);
    expect(await isDeleted(one, id)).toBe(false);
    const again = await opened(one);
    expect(again.unseen.map(({ value }) => textOf(value))).toEqual(['эки, жаңы күбө']);
    await one.workspace.conflicts.settle(id, 'deleted', true, again.shown);
    expect(await isDeleted(one, id)).toBe(true);
    expect(await one.workspace.conflicts.list()).toEqual([]);
  });

  test('keeps the record, unless another deletion came that was not shown', async () => {
    const { one, other, id } = await contested();
    const { shown } = await opened(one);
    await other.workspace.observations.remove([id]);
    await exchange(other, one);
    await one.workspace.conflicts.settle(id, 'deleted', false, shown);
    const again = await opened(one);
    expect(again.versions.map(({ value }) => value).sort()).toEqual([false, true]);
    await one.workspace.conflicts.settle(id, 'deleted', false, again.shown);
    expect(await isDeleted(one, id)).toBe(false);
    expect(await one.workspace.conflicts.list()).toEqual([]);
  });

  test('of an opened record lets stand what came since it was opened', async () => {
    const { one, other } = await team();
    const id = await saveNew(one.workspace, titled('аталыш', 'баштапкы'));
    await exchange(one, other);
    const { seen } = await one.workspace.observations.open(id);
    await narrate(other, id, 'эки');
    await exchange(other, one);
    await one.workspace.observations.remove([id], seen);
    expect(await isDeleted(one, id)).toBe(false);
    expect((await opened(one)).unseen.map(({ value }) => textOf(value))).toEqual(['эки']);
  });
});

test('a pair that two people judged differently is told with both titles, its link as contested, and never to a deleted account', async () => {
  const { one, other } = await team();
  const { conflicts, observations } = one.workspace;
  const a = await saveNew(one.workspace, titled('а'));
  const b = await saveNew(other.workspace, titled('б'));
  await exchange(one, other);
  await conflicts.judge(a, b, 'same', null);
  expect(await conflicts.linked(a)).toEqual([{ id: b, contested: false }]);
  await other.workspace.conflicts.judge(a, b, 'different', null);
  await exchange(one, other, one);
  expect(await conflicts.linked(a)).toEqual([{ id: b, contested: true }]);
  const { title, record, field, shown } = await opened(one);
  expect(title.split(' · ').sort()).toEqual(['а', 'б']);
  await conflicts.settle(record, field, 'same', shown);
  expect(await conflicts.linked(b)).toEqual([{ id: a, contested: false }]);
  await observations.remove([b]);
  expect(await conflicts.linked(a)).toEqual([]);
});

describe('what the team has set', () => {
  const values = async ({ workspace }: Person) =>
    (await workspace.conflicts.list()).map(({ field, versions }) => [
      field,
      versions.map(({ value }) => value).sort(),
    ]);

  test('and came since stands beside the edit of somebody who was shown the older words', async () => {
    const { one, other } = await team();
    const { organisation } = one.workspace;
    await organisation.setSettings({ organisation: 'Ак жол', legalLabel: { ru: 'Тайно' } }, {});
    await exchange(one, other);
    const shown = await organisation.settings();
    await other.workspace.organisation.setSettings({ organisation: 'Ак жол фонду' }, shown);
    await exchange(other, one);
    await organisation.setSettings({ organisation: 'Ак жол!' }, shown);
    expect(await values(one)).toEqual([['organisation', ['Ак жол фонду', 'Ак жол!'].sort()]]);
    // Who goes on with their own words, or edits others, does not settle it.
    await organisation.setSettings({ organisation: 'Ак жол!!' }, { organisation: 'Ак жол!' });
    await organisation.setSettings({ legalLabel: { ru: '' } }, shown);
    expect(await values(one)).toEqual([['organisation', ['Ак жол фонду', 'Ак жол!!'].sort()]]);
    expect((await organisation.settings()).legalLabel).toEqual({});
  });

  test('is left as it stands where somebody was shown the same and edited something else', async () => {
    const { one, other } = await team();
    await one.workspace.views.save({ name: 'Сносы', query: query() }, null);
    await exchange(one, other);
    const [shown] = await one.workspace.views.list();
    if (shown === undefined) throw new Error('The view is listed.');
    await other.workspace.views.save({ ...shown, query: query({ text: 'снос' }) }, shown);
    await exchange(other, one);
    await one.workspace.views.save({ ...shown, name: 'Сносы домов' }, shown);
    expect(await one.workspace.conflicts.list()).toEqual([]);
    const [view] = await one.workspace.views.list();
    expect(view).toMatchObject({ id: shown.id, name: 'Сносы домов', query: { text: 'снос' } });
    // It was deleted as it was shown, without the search that came since.
    await one.workspace.views.remove(shown);
    expect((await one.workspace.conflicts.list()).map(({ field }) => field)).toEqual(['deleted']);
  });

  test('and is deleted by one and edited by another stays, with the edit, until it is kept or deleted', async () => {
    for (const kept of [true, false]) {
      const { one, other } = await team();
      await one.workspace.views.save({ name: 'Сносы', query: query() }, null);
      await exchange(one, other);
      const [view] = await one.workspace.views.list();
      if (view === undefined) throw new Error('The view is listed.');
      await one.workspace.views.remove(view);
      await other.workspace.views.save({ ...view, name: 'Сносы и выселения' }, view);
      await exchange(one, other, one);
      for (const { workspace } of [one, other]) {
        expect(await workspace.views.list()).toMatchObject([{ name: 'Сносы и выселения' }]);
      }
      const { record, field, unseen, shown } = await opened(one);
      expect(unseen).toMatchObject([{ field: 'name', value: 'Сносы и выселения' }]);
      await one.workspace.conflicts.settle(record, field, !kept, shown);
      await exchange(one, other);
      for (const { workspace } of [one, other]) {
        expect(await workspace.views.list()).toHaveLength(kept ? 1 : 0);
        expect(await workspace.conflicts.list()).toEqual([]);
      }
    }
  });

  test('as a form stays when another revision came before its removal', async () => {
    const { one, other } = await team();
    const shipped = JSON.parse(seedFiles['forms/forced-eviction.json'] ?? '');
    const file = (revision: number) => JSON.stringify({ ...shipped, code: 'our-own', revision });
    const { form } = await one.workspace.organisation.addForm(file(1));
    if (form === null) throw new Error('The form is a good one.');
    await exchange(one, other);
    await other.workspace.organisation.addForm(file(2));
    await exchange(other, one);
    await one.workspace.organisation.removeForm(form);
    expect((await one.workspace.conflicts.list()).map(({ field }) => field)).toEqual(['deleted']);
    await exchange(one, other);
    expect((await other.workspace.conflicts.list()).map(({ field }) => field)).toEqual(['deleted']);
    expect(await other.workspace.organisation.forms()).toMatchObject([{ code: 'our-own', revision: 2 }]);
  });

  test('as a judgement of two accounts is no more final than what whoever judges was shown', async () => {
    const { one, other } = await team();
    const first = await saveNew(one.workspace, titled('бир'));
    const second = await saveNew(one.workspace, titled('эки'));
    await exchange(one, other);
    await other.workspace.conflicts.judge(first, second, 'different', null);
    await exchange(other, one);
    await one.workspace.conflicts.judge(first, second, 'same', null);
    expect(await values(one)).toEqual([['verdict', ['different', 'same']]]);
    // Taking one's own judgement back leaves the other's alone.
    await one.workspace.conflicts.judge(first, second, null, 'same');
    expect(await values(one)).toEqual([['verdict', ['different', null]]]);
  });
});
