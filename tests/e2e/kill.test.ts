import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emptyObservation, type Observation } from '@/core/model/observation.ts';
import { buildBareApp, openBareApp, writeQuickVault } from '../support/bare-app.ts';
import { PASSPHRASE, query } from '../support/vault.ts';

/** `BAIKOO_KILLS` sets another number, e.g. for a long night. Half of them in each of two vaults side by side. */
const KILLS = Number(process.env.BAIKOO_KILLS ?? 200);
const LANES = 2;
const LONGEST_LIFE_MS = 1_200;

let bare: Awaited<ReturnType<typeof buildBareApp>>;
beforeAll(async () => {
  bare = await buildBareApp();
}, 180_000);
afterAll(() => bare.remove());

/** Saves observations and keeps a draft, one after the other, until the end; tells of each once it is on the disk. */
function work(page: Page, round: number): void {
  const empty = emptyObservation('ky');
  const run = async (told: string): Promise<void> => {
    const given = JSON.parse(told) as { empty: Observation; round: number };
    const { workspace, acknowledge } = window;
    if (workspace === undefined || acknowledge === undefined) throw new Error('The page is not ready.');
    const say = (text: string): Observation => ({ ...given.empty, title: { text, lang: 'ky' } });
    const draft = await workspace.drafts.newId();
    for (let n = 0; ; n++) {
      const name = `сакталды-${given.round}-${n}`;
      const save = workspace.observations
        .save({ id: null, base: null, seen: {}, observation: say(name), draft: null })
        .then(() => acknowledge(`save ${name}`));
      const put = workspace.drafts
        .put({ id: draft, record: null, base: null, seen: {}, observation: say(`караламасы-${n}`) })
        .then(() => acknowledge(`draft ${draft} ${n}`));
      await Promise.all([save, put]);
    }
  };
  // Ends with the page.
  page.evaluate(run, JSON.stringify({ empty, round })).catch(() => undefined);
}

describe('kill -9 of server and browser while records are being saved', () => {
  test.concurrent.each(Array.from({ length: LANES }, (_, lane) => lane))(
    'loses no acknowledged save and no draft, and the vault always opens (lane %i)',
    { timeout: KILLS * 10_000 },
    async (lane) => {
      const scratch = await mkdtemp(join(tmpdir(), `baikoo-kill-${lane}-`));
      const home = join(scratch, 'home');
      await writeQuickVault(home);
      const saved = new Set<string>();
      const drafts = new Map<string, number>();
      const onAcknowledged = (what: string): void => {
        const [kind, name = '', n] = what.split(' ');
        if (kind === 'save') saved.add(name);
        else drafts.set(name, Number(n));
      };
      const verify = async (page: Page): Promise<void> => {
        const { titles, kept } = await page.evaluate(
          async ({ passphrase, all }) => {
            const { workspace } = window;
            if (workspace === undefined) throw new Error('The page is not ready.');
            await workspace.vault.unlock({ passphrase }, () => undefined);
            const { key, total } = await workspace.observations.query('all', all);
            const rows = await workspace.observations.page(key, 0, total);
            const list = await workspace.drafts.list();
            return {
              titles: rows.map((row) => row.title),
              kept: list.map((draft) => [draft.id, draft.observation.title.text] as const),
            };
          },
          { passphrase: PASSPHRASE, all: query() },
        );
        expect([...saved].filter((title) => !titles.includes(title))).toEqual([]);
        expect(new Set(titles).size).toBe(titles.length);
        const texts = new Map(kept);
        for (const [id, n] of drafts) {
          // One more may have reached the disk before the kill, without an answer.
          expect([`караламасы-${n}`, `караламасы-${n + 1}`]).toContain(texts.get(id));
        }
        // Only the last round's draft is told apart; older ones were checked when they were young.
        for (const id of texts.keys()) {
          await page.evaluate((draft) => window.workspace?.drafts.discard(draft), id);
        }
        drafts.clear();
      };

      for (let round = 0; round < KILLS / LANES; round++) {
        const app = await openBareApp({
          program: bare.program,
          home,
          profile: join(scratch, 'profile'),
          onAcknowledged,
        });
        await verify(app.page);
        work(app.page, round);
        await new Promise((resolve) => setTimeout(resolve, Math.random() * LONGEST_LIFE_MS));
        await app.kill();
      }
      const last = await openBareApp({ program: bare.program, home, profile: join(scratch, 'profile') });
      await verify(last.page);
      await last.stop();
      // A test that saved nothing would prove nothing.
      expect(saved.size).toBeGreaterThan(KILLS / LANES);
      await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
    },
  );
});
