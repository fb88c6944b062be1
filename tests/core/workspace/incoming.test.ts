import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { utf8 } from '@/core/base/bytes.ts';
import { MOST_INCOMING_BYTES } from '@/core/model/incoming-file.ts';
import type { Workspace } from '@/core/workspace.ts';
import { laptop, openNewVault, saveNew, titled } from '../../support/vault.ts';

const FORM = readFileSync('seeds/forms/bride-kidnapping.json', 'utf8');
const RUSSIAN = readFileSync('seeds/catalogue/ru.json', 'utf8');

async function vault() {
  const machine = laptop();
  const { workspace } = await openNewVault(machine);
  return { machine, workspace, look: (file: string | Uint8Array) => lookAt(workspace, file) };
}

const lookAt = (workspace: Workspace, file: string | Uint8Array) =>
  workspace.incoming.look(typeof file === 'string' ? utf8(file) : file);

describe('a file from elsewhere', () => {
  test('that is a form is shown with what is known of it, and not taken in', async () => {
    const { machine, workspace, look } = await vault();
    const before = machine.host.disk.journalLength;
    const found = await look(FORM);
    expect(found).toMatchObject({ kind: 'form', form: { code: 'bride-kidnapping' }, known: 1 });
    expect(
      await look(`\uFEFF${FORM.replace('"code": "bride-kidnapping"', '"code": "own-form"')}`),
    ).toMatchObject({
      kind: 'form',
      form: { code: 'own-form' },
      known: null,
    });
    expect(machine.host.disk.journalLength).toBe(before);
    expect(await workspace.organisation.forms()).toEqual([]);
  });

  test('that is a form with a mistake in it is told with the place of the mistake', async () => {
    const { look } = await vault();
    expect(await look(FORM.replace('"revision"', '"revisoin"'))).toMatchObject({
      kind: 'bad-form',
      problem: { line: expect.any(Number), code: expect.stringMatching(/^form\//) },
    });
    expect(await look(FORM.slice(0, 400))).toMatchObject({
      kind: 'bad-form',
      problem: { code: 'form/not-json' },
    });
  });

  test('that is a translation is shown with its language and by whom it says it is', async () => {
    const { workspace, look } = await vault();
    expect(await look(RUSSIAN)).toMatchObject({
      kind: 'translation',
      lang: 'ru',
      entries: expect.any(Number),
    });
    expect(await look(RUSSIAN.replace('"lang": "ru"', '"lang": "en"'))).toMatchObject({
      kind: 'bad-translation',
      problem: { code: 'translation/original-language' },
    });
    expect((await workspace.reference.all()).catalogue.corrected?.ru ?? []).toEqual([]);
  });

  test('that is a request to join, or its answer, is told as such before anybody’s words are tried on it', async () => {
    const coordinator = await vault();
    await coordinator.workspace.team.found('Ош мониторинг');
    const { words } = await coordinator.workspace.team.invite('monitor');
    const newcomer = await vault();
    await newcomer.workspace.team.ask(words.join(' '));
    await newcomer.workspace.team.saveRequest();
    const saved = (host: typeof newcomer.machine.host) =>
      [...host.disk.files].find(([name]) => name.startsWith('saved/'))?.[1] as Uint8Array;
    const request = saved(newcomer.machine.host);
    expect(await coordinator.look(request)).toEqual({ kind: 'request' });
    expect((await coordinator.workspace.team.invitations())[0]?.state).toBe('waiting');
    await coordinator.workspace.team.openFile(request);
    const [asked] = await coordinator.workspace.team.invitations();
    await coordinator.workspace.team.admit(asked?.id ?? '');
    await coordinator.workspace.team.saveAnswer(asked?.id ?? '');
    expect(await newcomer.look(saved(coordinator.machine.host))).toEqual({ kind: 'answer' });
    expect((await newcomer.workspace.team.joining())?.state).toBe('asked');
  });

  test('that is a part of a vault or of an exchange is told apart from what can be opened', async () => {
    const { machine, workspace, look } = await vault();
    await saveNew(workspace, titled('one'));
    expect(await look(machine.host.disk.files.get('header.bkv') as Uint8Array)).toEqual({
      kind: 'vault-part',
    });
    expect(await look(machine.host.disk.journal)).toEqual({ kind: 'vault-part' });
    await workspace.team.found('Ош мониторинг');
    const target = await workspace.sync.addTarget({
      name: 'Флешка',
      settings: { kind: 'folder', path: '/stick' },
      automatic: false,
      metered: false,
    });
    await workspace.sync.run(target);
    const place = machine.places.get('/stick');
    const packs = [...(place?.files ?? new Map<string, Uint8Array>())].filter(([name]) =>
      name.endsWith('.bkp'),
    );
    expect(packs.length).toBeGreaterThan(0);
    for (const [, bytes] of packs) expect(await look(bytes)).toEqual({ kind: 'exchange-part' });
  });

  test.each([
    ['nothing', ''],
    ['other JSON', '{"format": "something-else"}'],
    ['a text', 'Бул жөн эле текст'],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0xff)],
    ['JSON that nests without end', '['.repeat(200_000)],
  ])('that is %s is not ours', async (_, file) => {
    const { look } = await vault();
    expect(await look(file)).toEqual({ kind: 'unknown' });
  });

  test('that is larger than any of ours is not looked into', async () => {
    const { look } = await vault();
    expect(await look(new Uint8Array(MOST_INCOMING_BYTES + 1))).toEqual({ kind: 'too-large' });
  });

  test('is never a reason to fail, whatever is in it', async () => {
    const { machine, look } = await vault();
    const before = machine.host.disk.journalLength;
    const header = machine.host.disk.files.get('header.bkv') as Uint8Array;
    const damaged = (whole: Uint8Array) =>
      fc
        .tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), fc.nat(whole.length))
        .map(([at, flip, length]) => {
          const bytes = whole.slice(0, Math.max(1, length));
          const index = at % bytes.length;
          bytes[index] = (bytes[index] as number) ^ flip;
          return bytes;
        });
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.uint8Array({ maxLength: 300 }), damaged(header), damaged(utf8(FORM.slice(0, 3_000)))),
        async (bytes) => {
          const { kind } = await look(bytes);
          expect(['unknown', 'vault-part', 'bad-form', 'bad-translation']).toContain(kind);
        },
      ),
      { numRuns: 500 },
    );
    expect(machine.host.disk.journalLength).toBe(before);
  });
});
