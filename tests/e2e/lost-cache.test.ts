import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { emptyObservation, type Observation } from '@/core/model/observation.ts';
import { buildBareApp, openBareApp, writeQuickVault } from '../support/bare-app.ts';
import { PASSPHRASE } from '../support/vault.ts';

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
