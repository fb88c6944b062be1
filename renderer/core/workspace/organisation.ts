import { newId } from '../base/ids.ts';
import { type Json, sameJson } from '../base/json.ts';
import { isLocale, type Locale } from '../base/locales.ts';
import { fieldsOf, type RecordState } from '../changes/register.ts';
import type { FieldMap } from '../model/fields.ts';
import type { Form } from '../model/form.ts';
import { parseFormFile } from '../model/form-file.ts';
import type { KnownCodes } from '../model/form-sense.ts';
import type {
  ObservationQuery,
  OrganisationDoor,
  OrganisationSettings,
  SavedView,
  ViewsDoor,
} from '../workspace.ts';
import type { Session } from './session.ts';

/**
 * What a team shares besides observations, each a record of its own in the change log: settings (one record),
 * saved views, the organisation's form files, the members' names.
 */
const SETTINGS = { type: 'setting', record: 'organisation' } as const;

/** What somebody deleted beside an edit of it lives on until somebody chooses. */
const living = (states: readonly RecordState[]): { id: string; fields: FieldMap }[] =>
  states
    .filter((state) => state.deletion !== 'deleted')
    .map((state) => ({ id: state.id, fields: fieldsOf(state) }));

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

const fieldsOfView = ({ name, query }: Omit<SavedView, 'id'>): FieldMap => ({
  name,
  query: query as unknown as Json,
});

export class Views implements ViewsDoor {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async list(): Promise<readonly SavedView[]> {
    return living(this.#session.store.others('view')).map(({ id, fields }) => ({
      id,
      name: text(fields.name),
      query: fields.query as unknown as ObservationQuery,
    }));
  }

  async save(view: Omit<SavedView, 'id'>, base: SavedView | null): Promise<string> {
    const record = base?.id ?? newId(this.#session.random);
    await this.#session.edit({ type: 'view', record }, fieldsOfView(view), base && fieldsOfView(base));
    return record;
  }

  async remove(view: SavedView): Promise<void> {
    await this.#session.edit({ type: 'view', record: view.id }, { deleted: true }, fieldsOfView(view));
  }
}

function fieldsOfSettings({ organisation, legalLabel = {} }: Partial<OrganisationSettings>): FieldMap {
  const labels = Object.entries(legalLabel).map(
    ([locale, label]) => [`legalLabel/${locale}`, label] as const,
  );
  return { ...(organisation === undefined ? {} : { organisation }), ...Object.fromEntries(labels) };
}

export class Organisation implements OrganisationDoor {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async settings(): Promise<OrganisationSettings> {
    const fields = this.#session.store.others(SETTINGS.type).map(fieldsOf)[0] ?? {};
    const legalLabel: Partial<Record<Locale, string>> = {};
    for (const [name, value] of Object.entries(fields)) {
      const locale = name.startsWith('legalLabel/') ? name.slice('legalLabel/'.length) : '';
      if (isLocale(locale) && text(value) !== '') legalLabel[locale] = text(value);
    }
    return { organisation: text(fields.organisation), legalLabel };
  }

  async setSettings(
    edit: Partial<OrganisationSettings>,
    shown: Partial<OrganisationSettings>,
  ): Promise<void> {
    await this.#session.edit(SETTINGS, fieldsOfSettings(edit), fieldsOfSettings(shown));
  }

  async addForm(file: string): ReturnType<OrganisationDoor['addForm']> {
    const parsed = parseFormFile(file, knownCodes(this.#session));
    if (!parsed.ok) return { form: null, problem: parsed.error };
    // A file from elsewhere is no edit of what was shown: it takes the place of whatever form has its code.
    await this.#session.edit(formTarget(parsed.value.code), { file, deleted: false }, null);
    return { form: parsed.value, problem: null };
  }

  async removeForm(form: Form): Promise<void> {
    const target = formTarget(form.code);
    const versions = (await this.#session.store.changes(target.record)).flatMap(
      ({ fields }) => fields.file?.[0] ?? [],
    );
    const file = versions.find((version) => sameForm(text(version), form)) ?? null;
    await this.#session.edit(target, { deleted: true }, { file });
  }

  async restoreForm(code: string): Promise<void> {
    await this.#session.edit(formTarget(code), { deleted: false }, null);
  }

  async forms(): Promise<readonly Form[]> {
    return ownForms(this.#session).sort((one, other) => (one.code < other.code ? -1 : 1));
  }
}

const formTarget = (code: string) => ({ type: 'form', record: `form:${code}` }) as const;

function sameForm(file: string, form: Form): boolean {
  const parsed = parseFormFile(file);
  return parsed.ok && sameJson(parsed.value as unknown as Json, form as unknown as Json);
}

/** The lists and themes a new form may name. A form that is here already stays, whatever became of them. */
export const knownCodes = ({ reference: { vocabularies } }: Session): KnownCodes => ({
  vocabularies: new Set(Object.keys(vocabularies)),
  themes: new Set((vocabularies.themes?.terms ?? []).map(({ code }) => code)),
});

const ownForms = (session: Session): Form[] =>
  living(session.store.others('form')).flatMap(({ fields }) => {
    const parsed = parseFormFile(text(fields.file));
    return parsed.ok ? [parsed.value] : [];
  });

/** The seeds' forms and the organisation's own; of one code, the highest revision wins, the organisation's before the seed's. */
export function formsOf(session: Session): readonly Form[] {
  const forms = new Map<string, Form>(session.reference.forms.map((form) => [form.code, form]));
  for (const form of ownForms(session)) {
    const known = forms.get(form.code);
    if (known === undefined || form.revision >= known.revision) forms.set(form.code, form);
  }
  return [...forms.values()];
}

/** Names of everybody who wrote here, by member id. */
export function membersOf(session: Session): Readonly<Record<string, string>> {
  return Object.fromEntries(
    session.store.others('member').map((state) => [state.id, text(fieldsOf(state).name)] as const),
  );
}
