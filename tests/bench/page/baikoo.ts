import type { Observations } from '@/core/workspace/observations.ts';
import type { ExportSpec, ObservationQuery, Workspace } from '@/core/workspace.ts';
import { chooseHost } from '@/host/choose-host.ts';
import { NO_FILTERS } from '@/ui/observations/filters.ts';
import { openWorkers } from '@/workers/open-workers.ts';
import { COLUMNS, type Contestant } from './contestant.ts';

export const ALL: ObservationQuery = { ...NO_FILTERS, text: '', locale: 'ru' };

/** The product: encrypted, journalled with fsync, in its workers. `passphrase` opens a vault that is already there. */
export async function baikoo(passphrase: string): Promise<Contestant> {
  const workspace: Workspace = await openWorkers(chooseHost(window));
  const indexed = new Set<() => void>();
  let indexing = false;
  await workspace.subscribe((event) => {
    if (event.event !== 'indexing') return;
    indexing = event.done < event.total;
    if (!indexing) for (const done of indexed) done();
  });
  const open = async (): Promise<void> => {
    await workspace.vault.unlock({ passphrase }, () => undefined);
    // A stored index answers at once; one that has to be made says so within a moment.
    await new Promise((resolve) => setTimeout(resolve, 20));
    if (indexing) await new Promise<void>((resolve) => indexed.add(resolve));
  };
  await open();
  return {
    async save(records) {
      // The door for bulk work that the demonstration goes through.
      const { addAll } = workspace.observations as unknown as Pick<Observations, 'addAll'>;
      await addAll(
        records.map(({ id: _, ...observation }) => observation),
        () => undefined,
      );
    },
    close: () => workspace.vault.lock(),
    open,
    async search(text) {
      const { key, total } = await workspace.observations.query('bench', { ...ALL, text });
      await workspace.observations.page(key, 0, 50);
      return total;
    },
    async export() {
      const { key } = await workspace.observations.query('export', ALL);
      const spec: ExportSpec = {
        format: 'xlsx',
        key,
        ids: null,
        columns: [...COLUMNS],
        locales: ['ru'],
        includeSensitive: true,
        includeNames: false,
        includeConfidential: true,
        fileName: 'bench',
      };
      return (await workspace.exports.run(spec, () => undefined))?.bytes ?? 0;
    },
  };
}
