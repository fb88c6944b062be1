import type { i18n } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { CodedError, type ErrorDetail } from '@/core/base/coded-error.ts';
import type { Locale } from '@/core/base/locales.ts';
import { formatFor } from './format.ts';

/** A failure in words: what happened, and what the person can do now. */
export interface ErrorText {
  readonly code: string;
  readonly says: string;
  readonly todo: string;
}

/**
 * The texts of a code (`disk/full` -> `errors.disk.full`). An area may say what to do once for all its codes.
 * An unknown code (a newer version's) is named as it is: whoever helps can look it up.
 */
function words(texts: i18n, section: 'errors' | 'notices', code: string, detail: ErrorDetail): ErrorText {
  const key = `${section}.${code.replace('/', '.')}`;
  const area = key.slice(0, key.lastIndexOf('.'));
  const values: Record<string, unknown> = { ...detail };
  if (typeof detail.bytes === 'number')
    values.size = formatFor(texts.language as Locale).fileSize(detail.bytes);
  if (typeof detail.frames === 'number') values.count = detail.frames;
  // Codes are data, so their keys cannot be checked by type; check-locales compares them with core's sources.
  const say = texts.t as unknown as (key: string, values: Record<string, unknown>) => string;
  if (!texts.exists(`${key}.says`, values)) {
    return { code, says: say('errors.unknown.says', { code }), todo: say('errors.unknown.todo', {}) };
  }
  const todo = texts.exists(`${key}.todo`) ? `${key}.todo` : `${area}.todo`;
  return { code, says: say(`${key}.says`, values), todo: say(todo, values) };
}

/** Turns any error into words. One that carries no code reads as `internal/unexpected`. */
export function useErrorText(): (error: unknown) => ErrorText {
  const { i18n } = useTranslation();
  return useCallback(
    (error) =>
      error instanceof CodedError
        ? words(i18n, 'errors', error.code, error.detail)
        : words(i18n, 'errors', 'internal/unexpected', {}),
    [i18n],
  );
}

/** Words for a bare code with its detail, e.g. that of a `FormProblem` or of an unusable vault. */
export function useCodeText(): (code: string, detail?: ErrorDetail) => ErrorText {
  const { i18n } = useTranslation();
  return useCallback((code, detail = {}) => words(i18n, 'errors', code, detail), [i18n]);
}

/** Words for a `Notice` of the workspace. */
export function useNoticeText(): (notice: { code: string; detail: ErrorDetail }) => ErrorText {
  const { i18n } = useTranslation();
  return useCallback(({ code, detail }) => words(i18n, 'notices', code, detail), [i18n]);
}
