import { fromUtf8, utf8 } from '../base/bytes.ts';
import { type Clock, isoSeconds, type Random } from '../base/clock.ts';
import { ID_PATTERN, newId } from '../base/ids.ts';
import { type Json, sameJson } from '../base/json.ts';
import type { Change } from '../changes/change.ts';
import { fieldsOf, foldChanges } from '../changes/register.ts';
import type { FilesHost, SealedName } from '../host/host.ts';
import { diffFields, toFields } from '../model/fields.ts';
import type { Sealer } from '../vault/envelope.ts';
import type { Draft, DraftsDoor, FieldDraft, Notice } from '../workspace.ts';

/**
 * Drafts of forms and of single fields: one sealed file each, replaced as a whole after every pause in typing. A draft of a new observation
 * carries the id that the observation will get, so that a draft whose saving was acknowledged a moment before a
 * kill is recognised and not offered again.
 */
export class Drafts implements DraftsDoor {
  readonly #files: FilesHost;
  readonly #sealer: Sealer;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #changesOf: (record: string) => Promise<readonly Change[]>;
  readonly #notify: (notice: Notice) => void;

  constructor(ports: {
    files: FilesHost;
    sealer: Sealer;
    clock: Clock;
    random: Random;
    changesOf: (record: string) => Promise<readonly Change[]>;
    notify: (notice: Notice) => void;
  }) {
    this.#files = ports.files;
    this.#sealer = ports.sealer;
    this.#clock = ports.clock;
    this.#random = ports.random;
    this.#changesOf = ports.changesOf;
    this.#notify = ports.notify;
  }

  async newId(): Promise<string> {
    return newId(this.#random);
  }

  put(draft: Omit<Draft, 'updatedAt'>): Promise<string> {
    return this.#put(draft);
  }

  putField(draft: Omit<FieldDraft, 'updatedAt'>): Promise<string> {
    return this.#put(draft);
  }

  async #put(draft: Omit<Draft, 'updatedAt'> | Omit<FieldDraft, 'updatedAt'>): Promise<string> {
    const updatedAt = isoSeconds(this.#clock);
    const sealed = await this.#sealer.seal(utf8(JSON.stringify({ ...draft, updatedAt })), utf8(draft.id));
    await this.#files.replace(nameOf(draft.id), sealed);
    return updatedAt;
  }

  async discard(id: string): Promise<void> {
    await this.#files.remove(nameOf(id));
  }

  async list(): Promise<readonly Draft[]> {
    return (await this.#unsaved()).filter((draft): draft is Draft => !isOfField(draft));
  }

  async fields(): Promise<readonly FieldDraft[]> {
    return (await this.#unsaved()).filter(isOfField);
  }

  async #unsaved(): Promise<(Draft | FieldDraft)[]> {
    const drafts: (Draft | FieldDraft)[] = [];
    for (const id of await this.#files.listDrafts()) {
      const draft = await this.#read(id);
      if (draft === null) continue;
      if (await this.#isSaved(draft)) await this.discard(id);
      else drafts.push(draft);
    }
    return drafts.sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1));
  }

  async #read(id: string): Promise<Draft | FieldDraft | null> {
    if (!ID_PATTERN.test(id)) return null;
    const sealed = await this.#files.read(nameOf(id));
    if (sealed === null) return null;
    try {
      const bytes = await this.#sealer.open(sealed as Uint8Array<ArrayBuffer>, utf8(id));
      return JSON.parse(fromUtf8(bytes)) as Draft | FieldDraft;
    } catch {
      // Kept on the disk: it may be another vault's, or open again after a repair.
      this.#notify({ code: 'draft/unreadable', detail: { id } });
      return null;
    }
  }

  /** True when everything the draft would change already stands in the record. */
  async #isSaved(draft: Draft | FieldDraft): Promise<boolean> {
    if (isOfField(draft)) return this.#isFieldSaved(draft);
    const changes = await this.#changesOf(draft.record ?? draft.id);
    if (changes.length === 0) return false;
    const now = fieldsOf(foldChanges(changes));
    const edited = diffFields(draft.base === null ? {} : toFields(draft.base), toFields(draft.observation));
    return Object.entries(edited).every(([name, value]) => sameJson((now[name] ?? null) as Json, value));
  }

  async #isFieldSaved({ record, field, value }: FieldDraft): Promise<boolean> {
    const changes = await this.#changesOf(record);
    const visible = changes.length === 0 ? [] : (foldChanges(changes).registers[field] ?? []);
    return visible.length > 0 && visible.every((version) => sameJson(version.value, value));
  }
}

const isOfField = (draft: Draft | FieldDraft): draft is FieldDraft => 'field' in draft;

const nameOf = (id: string): SealedName => `drafts/${id}.bkd`;
