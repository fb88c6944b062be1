import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import type { ExportSpec } from '@/core/workspace.ts';
import { laptop, openNewVault, query, saveNew, silent, titled } from '../../support/vault.ts';

const spec = (edit: Partial<ExportSpec>): ExportSpec => ({
  format: 'csv',
  key: null,
  ids: null,
  columns: ['title', 'narrative'],
  locales: ['ky'],
  includeSensitive: false,
  includeNames: false,
  includeConfidential: false,
  fileName: 'байкоо',
  ...edit,
});

test('an export holds what the list shows, leaves out what is confidential, and says how much that was', async () => {
  const machine = laptop();
  const { workspace } = await openNewVault(machine);
  await saveNew(workspace, titled('Өзгөн', 'үй-жайсыз калышты'));
  await saveNew(workspace, { ...titled('Жашыруун', 'сыр'), sensitivity: 'confidential' });
  await saveNew(workspace, titled('Ысык-Көл', 'башка окуя'));
  const { key } = await workspace.observations.query('list', query({ text: 'өзгөн' }));
  const all = await workspace.observations.query('all', query());
  expect(await workspace.exports.preview({ key: all.key, ids: null })).toMatchObject({
    observations: 3,
    confidential: 1,
  });

  await workspace.exports.run(spec({ key }), silent);
  const csv = new TextDecoder().decode(machine.host.disk.files.get('saved/байкоо.csv'));
  expect(csv).toContain('үй-жайсыз калышты');
  expect(csv).not.toContain('башка окуя');

  await workspace.exports.run(spec({ key: all.key, format: 'xlsx' }), silent);
  const book = unzipSync(machine.host.disk.files.get('saved/байкоо.xlsx') as Uint8Array);
  const xml = Object.entries(book)
    .filter(([name]) => name.endsWith('.xml'))
    .map(([, bytes]) => new TextDecoder().decode(bytes))
    .join('');
  expect(xml).toContain('башка окуя');
  expect(xml).not.toContain('Жашыруун');
});

test('an export of a list that is no longer kept is refused, and nothing is written', async () => {
  const machine = laptop();
  const { workspace } = await openNewVault(machine);
  await expect(workspace.exports.run(spec({ key: 'list#7' }), silent)).rejects.toMatchObject({
    code: 'export/list-gone',
  });
  expect([...machine.host.disk.files.keys()].filter((name) => name.startsWith('saved/'))).toEqual([]);
});
