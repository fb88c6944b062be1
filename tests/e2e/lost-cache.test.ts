import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { emptyObservation, type Observation } from '@/core/model/observation.ts';
import { buildBareApp, openBareApp, writeQuickVault } from '../support/bare-app.ts';
import { PASSPHRASE, query } from '../support/vault.ts';

const unlock = (page: Page): Promise<{ codes: string[]; hash: string }> =>
  page.evaluate(async (passphrase) => {
    const { workspace } = window;
    if (workspace === undefined) throw new Error('The page is not ready.');
    const { notices } = await workspace.vault.unlock({ passphrase }, () => undefined);
    return {
      codes: notices.map((notice) => notice.code),
      hash: await workspace.observations.stateHash(),
    };
  }, PASSPHRASE);

test('IndexedDB deleted between two runs: the same state by its hash, and it is said', {
  timeout: 120_000,
}, async () => {
  const bare = await buildBareApp();
  const scratch = await mkdtemp(join(tmpdir(), 'baikoo-lost-cache-'));
  const options = { program: bare.program, home: join(scratch, 'home'), profile: join(scratch, 'profile') };
  await writeQuickVault(options.home);

  const first = await openBareApp(options);
  await unlock(first.page);
  await first.page.evaluate(
    async (told: string) => {
      const empty = JSON.parse(told) as Observation;
      const { workspace } = window;
      if (workspace === undefined) throw new Error('The page is not ready.');
      for (let n = 0; n < 40; n++) {
        const observation = { ...empty, title: { text: `окуя ${n}`, lang: 'ky' as const } };
        const { id } = await workspace.observations.save({
          id: null,
          base: null,
          seen: {},
          observation,
          draft: null,
        });
        if (n % 5 === 0) await workspace.observations.remove([id]);
      }
      await workspace.vault.lock();
    },
    JSON.stringify(emptyObservation('ky')),
  );
  const before = await unlock(first.page);
  expect(before.codes).toEqual([]);
  await first.stop();

  const databases = join(options.profile, 'Default', 'IndexedDB');
  // If the cache were kept elsewhere one day, deleting nothing would prove nothing.
  expect(await readdir(databases)).not.toEqual([]);
  await rm(databases, { recursive: true });

  const second = await openBareApp(options);
  expect(await unlock(second.page)).toEqual({ codes: ['cache/rebuilt'], hash: before.hash });
  await second.stop();
  await bare.remove();
  await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
});

test('IndexedDB emptied under an open vault: nothing is stored over it, it is said, and the next unlock has the same state', {
  timeout: 120_000,
}, async () => {
  const bare = await buildBareApp();
  const scratch = await mkdtemp(join(tmpdir(), 'baikoo-emptied-cache-'));
  const options = { program: bare.program, home: join(scratch, 'home'), profile: join(scratch, 'profile') };
  await writeQuickVault(options.home);
  const app = await openBareApp(options);
  await unlock(app.page);
  const save = (title: string): Promise<void> =>
    app.page.evaluate(
      async ([told, text]) => {
        const empty = JSON.parse(told as string) as Observation;
        const observation = { ...empty, title: { text: text as string, lang: 'ky' as const } };
        await window.workspace?.observations.save({
          id: null,
          base: null,
          seen: {},
          observation,
          draft: null,
        });
      },
      [JSON.stringify(emptyObservation('ky')), title],
    );
  await save('биринчи');
  await app.page.evaluate(async () => window.workspace?.vault.lock());
  expect((await unlock(app.page)).codes).toEqual([]);

  const told = app.page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        void window.workspace?.subscribe((event) => {
          if (event.event === 'notice') resolve(event.notice.code);
        });
      }),
  );
  await app.page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const [{ name } = {}] = await indexedDB.databases();
    const database = await settled(indexedDB.open(name as string));
    await settled(database.transaction('units', 'readwrite').objectStore('units').clear());
    database.close();
  });
  await save('экинчи');
  expect(await told).toBe('cache/lost');
  await app.page.evaluate(async () => window.workspace?.vault.lock());
  const after = await unlock(app.page);
  expect(after.codes).toEqual(['cache/rebuilt']);
  const found = await app.page.evaluate(
    async (all) => (await window.workspace?.observations.query('test', JSON.parse(all)))?.total,
    JSON.stringify(query()),
  );
  expect(found).toBe(2);
  await app.stop();
  await bare.remove();
  await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
});
