import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import type { Locale } from '@/core/base/locales.ts';
import type { OpenedTranslation } from '@/core/model/correction.ts';
import { useWorkspace } from '../../app/workspace.tsx';
import { Busy } from '../../kit/busy.tsx';
import { ErrorNote } from '../../kit/error-note.tsx';
import { CheckIcon, EditIcon, RestoreIcon } from '../../kit/icons.ts';
import { type Toast, useToast } from '../../kit/toasts.tsx';
import { useT } from '../../language/language.tsx';
import { WriteButton } from '../../space/write-button.tsx';
import { CorrectionHistory } from './correction-history.tsx';
import { correctionOf, isTouched, problemsOf, type Typed, typedOf } from './edit-state.ts';
import { ReviewChoice } from './review-choice.tsx';
import { TranslatedField } from './translated-field.tsx';

interface FormProps {
  readonly lang: Locale;
  readonly code: string;
  /** Typed before the editor was closed. */
  readonly unsaved: Typed | null;
  /** Null when there is nothing to keep any more. */
  readonly onTyped: (typed: Typed | null) => void;
  readonly onDone: () => void;
}

/** Every text of an entry beside its original; saved as one change. */
export function CorrectionForm(props: FormProps) {
  const { lang, code } = props;
  const { corrections } = useWorkspace();
  const [opened, setOpened] = useState<OpenedTranslation | null>(null);
  const [error, setError] = useState<unknown>(null);
  const load = useCallback(() => {
    corrections.open(lang, code).then(setOpened, setError);
  }, [corrections, lang, code]);
  useEffect(load, [load]);
  if (error !== null) return <ErrorNote error={error} onRetry={load} />;
  if (opened === null) return <Busy />;
  return <OpenedForm {...props} opened={opened} />;
}

function OpenedForm(props: FormProps & { readonly opened: OpenedTranslation }) {
  const { lang, code, opened, unsaved, onTyped, onDone } = props;
  const t = useT();
  const toast = useToast();
  const { corrections } = useWorkspace();
  const [typed, setTyped] = useState<Typed>(unsaved ?? typedOf(opened));
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const problems = problemsOf(typed);

  const type = (edit: Partial<Typed>) => {
    const next = { ...typed, ...edit };
    setTyped(next);
    onTyped(isTouched(opened, next) ? next : null);
  };
  /** Writes, says so, and offers to put back what stood there before. */
  const write = async (deed: () => Promise<void>, says: Toast['text']) => {
    setBusy(true);
    setError(null);
    try {
      await deed();
    } catch (failure) {
      setError(failure);
      setBusy(false);
      return;
    }
    onTyped(null);
    onDone();
    toast({
      text: says,
      undo: async () => {
        const { seen } = await corrections.open(lang, code);
        const texts = Object.fromEntries(opened.texts.map(({ name, own }) => [name, own]));
        await corrections.save({ lang, code, texts, seen });
      },
    });
  };
  const save = () => {
    setTried(true);
    if (problems.reviewer || problems.on) return;
    const texts = correctionOf(opened, typed);
    void write(
      () => corrections.save({ lang, code, texts, seen: opened.seen }),
      ({ t }) => t('catalogue.correction.saved'),
    );
  };

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('catalogue.correction.says')}
        </Text>
        {unsaved !== null && (
          <Alert color="yellow" icon={<EditIcon aria-hidden />}>
            <Group gap="sm">
              <Text size="sm">{t('catalogue.correction.unsaved')}</Text>
              <Button size="compact-sm" variant="default" onClick={() => type(typedOf(opened))}>
                {t('catalogue.correction.startOver')}
              </Button>
            </Group>
          </Alert>
        )}
        {opened.texts.map((text, at) => (
          <TranslatedField
            key={text.name}
            text={text}
            lang={lang}
            value={typed.texts[text.name] ?? ''}
            onChange={(value) => type({ texts: { ...typed.texts, [text.name]: value } })}
            first={at === 0}
          />
        ))}
        <ReviewChoice typed={typed} onType={type} problems={tried ? problems : null} />
        {error !== null && <ErrorNote error={error} />}
        <Group gap="sm">
          <WriteButton type="submit" loading={busy} leftSection={<CheckIcon size={16} aria-hidden />}>
            {t('catalogue.correction.save')}
          </WriteButton>
          <Button variant="default" onClick={onDone}>
            {t('kit.close')}
          </Button>
          {opened.texts.some(({ own }) => own !== null) && (
            <WriteButton
              variant="subtle"
              leftSection={<RestoreIcon size={16} aria-hidden />}
              style={{ marginInlineStart: 'auto' }}
              onClick={() =>
                void write(
                  () => corrections.revert(opened),
                  ({ t }) => t('catalogue.correction.reverted'),
                )
              }
            >
              {t('catalogue.correction.revert')}
            </WriteButton>
          )}
        </Group>
        <CorrectionHistory lang={lang} code={code} />
      </Stack>
    </form>
  );
}
