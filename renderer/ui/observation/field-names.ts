import { useMemo } from 'react';
import type { Observation } from '@/core/model/observation.ts';
import { useLabels, useReference } from '../app/reference.tsx';
import { useT } from '../language/language.tsx';

/** Registers with a name of their own here; the place field names its own two lines. */
export const FIELDS = [
  'kind',
  'date',
  'place',
  'title',
  'narrative',
  'sourceType',
  'source',
  'sourceConnection',
  'reliability',
  'consent',
  'consentPurpose',
  'consentAudience',
  'consentLang',
  'consentDate',
  'consentWithdrawnOn',
  'sensitivity',
  'status',
  'reviewNote',
  'indicatorDefinition',
  'indicatorValue',
  'indicatorUnit',
  'themes',
  'people',
  'names',
  'tags',
  'links',
  'answers',
  'translations',
  'deleted',
] as const satisfies readonly (keyof Observation | 'deleted')[];
export type FieldName = (typeof FIELDS)[number];

export const isFieldName = (name: string): name is FieldName => (FIELDS as readonly string[]).includes(name);

/** `links/KGZ-2020-D5.3.a` -> `links` and `KGZ-2020-D5.3.a`; the key is null for a register of one value. */
export function splitRegister(register: string): { readonly root: string; readonly key: string | null } {
  const slash = register.indexOf('/');
  return slash < 0
    ? { root: register, key: null }
    : { root: register.slice(0, slash), key: register.slice(slash + 1) };
}

/** Splits `form/question`, or `field/lang`. */
export function splitKey(key: string): readonly [string, string] {
  const slash = key.indexOf('/');
  return slash < 0 ? [key, ''] : [key.slice(0, slash), key.slice(slash + 1)];
}

/** The name of any register in the interface language: the same in the form, its checks, the history and conflicts. */
export function useFieldNames(): (register: string) => string {
  const t = useT();
  const labels = useLabels();
  const { forms } = useReference();
  return useMemo(() => {
    const field = (name: string): string => {
      if (name === 'village') return t('fields.place.village');
      if (name === 'placeNote') return t('fields.place.note');
      return isFieldName(name)
        ? t(`observation.fields.${name}`)
        : t('observation.elements.newer', { what: name });
    };
    return (register) => {
      const { root, key } = splitRegister(register);
      if (key === null) return field(root);
      const [first, second] = splitKey(key);
      switch (root) {
        case 'themes':
          return t('observation.elements.theme', { what: labels.term('themes', key) });
        case 'tags':
          return t('observation.elements.tag', { what: key });
        case 'links':
          return t('observation.elements.link', { what: key });
        case 'people':
          return t('observation.elements.person');
        case 'names':
          return t('observation.elements.name');
        case 'translations':
          return t('observation.elements.translation', {
            field: field(first),
            language: labels.term('languages', second),
          });
        case 'answers': {
          const form = forms.find(({ code }) => code === first);
          const question = form?.sections
            .flatMap(({ questions }) => questions)
            .find(({ code }) => code === second);
          return question === undefined ? key : labels.of(question.label);
        }
        default:
          return t('observation.elements.newer', { what: register });
      }
    };
  }, [t, labels, forms]);
}
