import { type Clock, isoSeconds } from '../base/clock.ts';
import { CodedError } from '../base/coded-error.ts';
import { type ExportChoice, exportColumns, previewExport } from '../exchange/export.ts';
import type { ExportAbout } from '../exchange/read-me.ts';
import type { ExportRecord, ExportReference, PullRecords } from '../exchange/record.ts';
import type { OnProgress } from '../exchange/table.ts';
import type { FilesHost } from '../host/host.ts';
import type {
  ExportColumn,
  ExportPreview,
  ExportSpec,
  ExportsDoor,
  ObservationQuery,
  OrganisationSettings,
  Profile,
  Progress,
  Reference,
} from '../workspace.ts';
import type { Observations } from './observations.ts';
import { openedOf } from './opened.ts';
import type { Session } from './session.ts';

/** Records pulled by the writer at a time. */
const BATCH = 100;

/** Builds the file's bytes; in the product it runs in a worker of its own and pulls the records from this one. */
export interface ExportWriter {
  write(
    choice: ExportChoice,
    about: ExportAbout,
    reference: ExportReference,
    pull: PullRecords,
    onProgress: OnProgress,
  ): Promise<Uint8Array>;
  cancel(): Promise<void>;
}

interface Parts {
  readonly session: Session;
  readonly observations: Observations;
  readonly files: FilesHost;
  readonly writer: ExportWriter;
  readonly clock: Clock;
  readonly demo: boolean;
  readonly profile: () => Promise<Profile>;
  readonly settings: () => Promise<OrganisationSettings>;
  readonly reference: () => Promise<Reference>;
}

/** Exports: what would be in the file, and the file itself, handed to the person by the host. */
export class Exports implements ExportsDoor {
  readonly #parts: Parts;
  #running = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async columns(): Promise<readonly ExportColumn[]> {
    return exportColumns(await this.#parts.reference());
  }

  async preview(spec: Pick<ExportSpec, 'key' | 'ids'>): Promise<ExportPreview> {
    const { ids } = this.#chosen(spec);
    return previewExport(await this.#parts.reference(), this.#pull(ids));
  }

  async run(
    spec: ExportSpec,
    onProgress: (progress: Progress) => void,
  ): Promise<{ path: string; bytes: number } | null> {
    if (this.#running) throw new CodedError('export/running', 'Another export is still running.');
    this.#running = true;
    try {
      const { ids, query } = this.#chosen(spec);
      const { profile, settings, reference, clock, demo, writer, files } = this.#parts;
      const about: ExportAbout = {
        at: isoSeconds(clock),
        by: (await profile()).name,
        ...(await settings()),
        demo,
        filters: query,
        total: ids.length,
      };
      const bytes = await writer.write(spec, about, await reference(), this.#pull(ids), onProgress);
      const saved = await files.saveAs(`${spec.fileName}.${spec.format}`, bytes);
      return saved === null ? null : { path: saved.path, bytes: bytes.length };
    } catch (error) {
      if (error instanceof CodedError && error.code === 'export/cancelled') return null;
      throw error;
    } finally {
      this.#running = false;
    }
  }

  async cancel(): Promise<void> {
    await this.#parts.writer.cancel();
  }

  #chosen(spec: Pick<ExportSpec, 'key' | 'ids'>): { ids: readonly string[]; query: ObservationQuery | null } {
    if (spec.ids !== null) return { ids: spec.ids, query: null };
    const kept = spec.key === null ? null : this.#parts.observations.kept(spec.key);
    if (kept === null) throw new CodedError('export/list-gone', 'The list that was to be exported is gone.');
    return { ids: kept.rows.map((row) => row.id), query: kept.query };
  }

  #pull(ids: readonly string[]): PullRecords {
    let at = 0;
    return async () => {
      if (at >= ids.length) return null;
      const some = ids.slice(at, at + BATCH);
      at += BATCH;
      const changes = await this.#parts.session.store.changesOf(some);
      return some.flatMap((id, i): ExportRecord[] => {
        const known = changes[i] ?? [];
        if (known.length === 0) return [];
        return [openedOf(id, known)];
      });
    };
  }
}
