import { useMemo } from 'react';
import type { Json } from '@/core/base/json.ts';
import { isLocale } from '@/core/base/locales.ts';
import { correctedTextSchema } from '@/core/model/correction.ts';
import { textSchema } from '@/core/model/observation.ts';
import type { OpenConflict } from '@/core/team-doors.ts';
import { useLabels, useReference } from '../app/reference.tsx';
import { paths } from '../app/route.ts';
import { useTextName } from '../catalogue/correction/names.ts';
import { useFormat, useT } from '../language/language.tsx';
import { OWN_NAMES } from '../language/own-names.ts';
import { useFieldNames } from '../observation/field-names.ts';
import { useValueWords, type Words } from '../observation/value-words.ts';
import { useSettingWords } from './setting-words.ts';

type Of = Pick<OpenConflict, 'record' | 'type' | 'title' | 'field'>;

interface RecordNames {
  /** What the record is called. */
  record(of: Of): string;
  field(of: Of): string;
  /** The value as a person reads it; null when it is empty. */
  words(of: Of, value: Json): Words | null;
  /** What goes with the value and is no part of its words: a text's language, who has reviewed a translation. */
  beside(of: Of, value: Json): string;
  /** Where the record is shown, or null. */
  href(of: Of): string | null;
}

/** The two observations that a pair is of. */
export const accountsOf = (pair: string): readonly string[] => pair.slice('pair:'.length).split('+');

/** The address of a correction's entry: its record is named `correction:<language>:<code>`. */
const entryOf = (record: string): string => record.split(':').slice(2).join(':');

const TYPES = ['form', 'setting', 'correction', 'view', 'member'] as const;
const isKnownType = (type: string): type is (typeof TYPES)[number] =>
  (TYPES as readonly string[]).includes(type);

const prose = (text: string): Words => ({ text, lang: null, prose: true, secret: false });

/** Names, values and addresses of any record that can have a conflict: observations and what the team sets. */
export function useRecordNames(): RecordNames {
  const t = useT();
  const format = useFormat();
  const fieldName = useFieldNames();
  const textName = useTextName();
  const values = useValueWords();
  const settings = useSettingWords();
  const labels = useLabels();
  const { forms } = useReference();
  return useMemo(() => {
    const formTitle = (record: string): string => {
      const form = forms.find(({ code }) => record === `form:${code}`);
      return form === undefined ? record.slice('form:'.length) : labels.of(form.title);
    };
    return {
      record({ type, title, record }) {
        if (type === 'observation') return title.trim() === '' ? t('observation.view.untitled') : title;
        if (type === 'pair') return title === '' ? t('duplicates.pair') : title;
        const kind = isKnownType(type) ? t(`conflicts.types.${type}`) : t('conflicts.otherRecord');
        const name =
          type === 'correction' ? entryOf(record) : type === 'form' ? formTitle(record) : title.trim();
        return name === '' ? kind : `${kind}: ${name}`;
      },
      field({ type, field }) {
        if (type === 'observation' || field === 'deleted') return fieldName(field);
        const label = field.startsWith('legalLabel/') ? field.slice('legalLabel/'.length) : '';
        if (isLocale(label)) return t('settings.organisation.label', { language: OWN_NAMES[label] });
        if (type === 'setting') return t('settings.organisation.name');
        if (type === 'correction') return textName(field);
        if (type === 'member') return t('vault.name.label');
        if (type === 'pair') return t('duplicates.title');
        if (field === 'name') return t('observations.views.name');
        if (field === 'query') return t('conflicts.fields.query');
        return field === 'file' ? t('conflicts.fields.file') : field;
      },
      words({ type, field }, value) {
        if (type === 'pair' && (value === 'same' || value === 'different'))
          return values.of('text', t(`duplicates.${value}`));
        if (value === null) return null;
        if (type === 'view' && field === 'query') return prose(settings.view(value));
        if (type === 'form' && field === 'file') {
          const form = settings.form(value);
          if (form !== null) return prose(form);
        }
        // A corrected text carries who reviewed it; what differs is nearly always the text.
        const corrected = type === 'correction' ? correctedTextSchema.safeParse(value) : null;
        // What the team sets is texts: they read as any field that holds one.
        const register = type === 'observation' || field === 'deleted' ? field : 'text';
        return values.of(register, corrected?.success ? corrected.data.text : value);
      },
      beside({ type }, value) {
        if (type === 'correction') {
          const corrected = correctedTextSchema.safeParse(value).data;
          if (corrected === undefined) return '';
          const { review } = corrected;
          if (review === null) return t('catalogue.state.draft');
          const { reviewer, on } = review;
          return on === null
            ? t('catalogue.state.reviewedBy', { reviewer })
            : t('catalogue.state.reviewedByOn', { reviewer, date: format.date(on) });
        }
        const text = type === 'observation' ? textSchema.safeParse(value).data : undefined;
        if (text === undefined) return '';
        const { lang } = text;
        return t('fields.language.label', {
          language: lang === 'other' ? t('fields.language.other') : OWN_NAMES[lang],
        });
      },
      href({ type, record }) {
        switch (type) {
          case 'observation':
            return paths.observation(record);
          case 'correction':
            return paths.catalogue(entryOf(record));
          case 'setting':
          case 'form':
          case 'member':
            return paths.settings();
          case 'view':
            return paths.observations();
          default:
            return null;
        }
      },
    };
  }, [t, format, fieldName, textName, values, settings, labels, forms]);
}
