import { useMemo } from 'react';
import type { Json } from '@/core/base/json.ts';
import type { Form, Question } from '@/core/model/form.ts';
import { parseFormFile } from '@/core/model/form-file.ts';
import { type Labels, useLabels } from '../app/reference.tsx';
import { useT } from '../language/language.tsx';
import { useChips } from '../observations/filter-chips.tsx';
import { orderOf, readFilters } from '../observations/filters.ts';

/** What a team sets is kept as data; here it is as a person reads it, a line for each thing, to be compared. */
interface SettingWords {
  /** What a saved view looks for, lets through and puts first. */
  view(query: Json): string;
  /** The questions of a form file; null when it cannot be read. */
  form(file: Json): string | null;
}

export function useSettingWords(): SettingWords {
  const t = useT();
  const labels = useLabels();
  const chipsOf = useChips();
  return useMemo(
    () => ({
      view(query) {
        const asked = typeof query === 'object' && query !== null && 'text' in query ? query.text : '';
        const text = typeof asked === 'string' ? asked.trim() : '';
        const filters = readFilters(query);
        return [
          ...(text === '' ? [] : [t('conflicts.search', { text })]),
          ...chipsOf(filters).map(({ words }) => words),
          t('conflicts.order', { order: t(`observations.order.${orderOf(filters.sort)}`) }),
        ].join('\n');
      },
      form(file) {
        const parsed = typeof file === 'string' ? parseFormFile(file) : null;
        if (!parsed?.ok) return null;
        const { code, revision, sections } = parsed.value;
        const questions = sections.reduce((sum, section) => sum + section.questions.length, 0);
        return [
          labels.of(parsed.value.title),
          t('settings.forms.about', { code, revision, questions }),
          ...questionLines(parsed.value, labels),
        ].join('\n');
      },
    }),
    [t, labels, chipsOf],
  );
}

function questionLines({ sections }: Form, labels: Labels): string[] {
  return sections.flatMap(({ title, questions }) => [
    '',
    labels.of(title),
    ...questions.map((question) => `– ${questionLine(question, labels)}`),
  ]);
}

function questionLine({ label, options, columns }: Question, labels: Labels): string {
  const parts = [...(options ?? []), ...(columns ?? [])].map((part) => labels.of(part.label));
  return parts.length === 0 ? labels.of(label) : `${labels.of(label)} (${parts.join('; ')})`;
}
