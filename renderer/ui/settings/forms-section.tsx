import { FileButton, Text } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Form, FormProblem } from '@/core/model/form.ts';
import { useWorkspace, useWorkspaceEvent } from '../app/workspace.tsx';
import { ChooseVersion, type IsContested } from '../conflicts/several-versions.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { AddIcon, DeleteIcon } from '../kit/icons.ts';
import { useToast } from '../kit/toasts.tsx';
import { useLanguage, useT } from '../language/language.tsx';
import { WriteButton } from '../space/write-button.tsx';
import { FormRefusal } from './form-refusal.tsx';
import { Section } from './section.tsx';
import classes from './settings.module.css';

/** Far above any form; a film chosen by mistake is not read into memory to be refused. */
const MOST_BYTES = 16_000_000;
const TOO_LARGE: FormProblem = { line: 1, column: 1, code: 'form/too-large', detail: {} };

interface Refused {
  readonly file: string;
  readonly text: string;
  readonly problem: FormProblem;
}

/** The organisation's own question sheets: files in, list, removal. */
export function FormsSection({ isContested }: { readonly isContested: IsContested }) {
  const t = useT();
  const { locale } = useLanguage();
  const workspace = useWorkspace();
  const toast = useToast();
  const [forms, setForms] = useState<readonly Form[]>([]);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [error, setError] = useState<unknown>(null);
  // The same file, mended, must be choosable again.
  const resetFile = useRef<() => void>(null);

  const load = useCallback(async () => {
    try {
      setForms(await workspace.organisation.forms());
    } catch (failure) {
      setError(failure);
    }
  }, [workspace]);
  useEffect(() => {
    void load();
  }, [load]);
  useWorkspaceEvent((event) => {
    if (event.event === 'changed' && event.records.some((record) => record.startsWith('form:'))) void load();
  });

  const add = async (file: File) => {
    setRefused(null);
    setError(null);
    try {
      if (file.size > MOST_BYTES) return setRefused({ file: file.name, text: '', problem: TOO_LARGE });
      const text = await file.text();
      const { form, problem } = await workspace.organisation.addForm(text);
      if (problem !== null) return setRefused({ file: file.name, text, problem });
      toast({ text: ({ t, locale }) => t('settings.forms.added', { title: form.title[locale] }) });
      await load();
    } catch (failure) {
      setError(failure);
    } finally {
      resetFile.current?.();
    }
  };
  const remove = async (form: Form) => {
    setError(null);
    try {
      await workspace.organisation.removeForm(form);
      await load();
      toast({
        text: ({ t, locale }) => t('settings.forms.removed', { title: form.title[locale] }),
        undo: async () => {
          await workspace.organisation.restoreForm(form.code);
          await load();
        },
      });
    } catch (failure) {
      setError(failure);
    }
  };

  return (
    <Section title={t('settings.forms.title')} says={t('settings.forms.says')}>
      {forms.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('settings.forms.none')}
        </Text>
      ) : (
        <ul className={classes.forms} aria-label={t('settings.forms.title')}>
          {forms.map((form) => (
            <li key={form.code} className={classes.form}>
              <div style={{ minWidth: 0 }}>
                <Text>{form.title[locale]}</Text>
                <Text size="xs" c="dimmed">
                  {t('settings.forms.about', {
                    code: form.code,
                    revision: form.revision,
                    questions: form.sections.reduce((sum, section) => sum + section.questions.length, 0),
                  })}
                </Text>
                {isContested(`form:${form.code}`) && <ChooseVersion />}
              </div>
              <WriteButton
                size="xs"
                variant="default"
                leftSection={<DeleteIcon size={16} aria-hidden />}
                aria-label={t('settings.forms.removeThis', { title: form.title[locale] })}
                onClick={() => void remove(form)}
              >
                {t('settings.forms.remove')}
              </WriteButton>
            </li>
          ))}
        </ul>
      )}
      <FileButton
        resetRef={resetFile}
        accept=".json,application/json"
        onChange={(file) => {
          if (file !== null) void add(file);
        }}
      >
        {(props) => (
          <WriteButton
            {...props}
            variant="default"
            leftSection={<AddIcon size={18} aria-hidden />}
            style={{ alignSelf: 'flex-start' }}
          >
            {t('settings.forms.add')}
          </WriteButton>
        )}
      </FileButton>
      {refused !== null && <FormRefusal {...refused} onClose={() => setRefused(null)} />}
      {error !== null && <ErrorNote error={error} />}
    </Section>
  );
}
