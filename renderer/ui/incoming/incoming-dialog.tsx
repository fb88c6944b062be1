import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { IncomingFile } from '@/core/model/incoming-file.ts';
import { navigate, paths } from '../app/route.ts';
import { useWorkspace } from '../app/workspace.tsx';
import { useExchange } from '../exchange/exchange-state.tsx';
import { Busy } from '../kit/busy.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { useToast } from '../kit/toasts.tsx';
import { WorkDialog } from '../kit/work-dialog.tsx';
import { useCodeText } from '../language/error-text.ts';
import { useLanguage, useT } from '../language/language.tsx';
import { OWN_NAMES } from '../language/own-names.ts';
import { WriteButton } from '../space/write-button.tsx';

/** Why a file was not even looked into. */
export type NotLookedAt = 'several' | 'unreadable' | 'too-large';

export interface Incoming {
  /** Empty where the system opened it. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Null while it is looked at. */
  readonly file: IncomingFile | { readonly kind: NotLookedAt } | null;
  /** What kept it from being looked at, through no fault of its own; `again` tries once more where that makes sense. */
  readonly failure?: { readonly error: unknown; readonly again: (() => void) | null };
}

type Found = NonNullable<Incoming['file']>;
type Acceptable = Extract<IncomingFile, { kind: 'request' | 'answer' | 'form' | 'translation' }>;
type Refused = Exclude<Found, Acceptable>;

const isAcceptable = (file: Found): file is Acceptable =>
  file.kind === 'request' || file.kind === 'answer' || file.kind === 'form' || file.kind === 'translation';

/** What a file is, before anything is done with it; then one button that does it and leads to where it is seen. */
export function IncomingDialog(props: { readonly incoming: Incoming; readonly onClose: () => void }) {
  const { incoming, onClose } = props;
  const { name, bytes, file, failure } = incoming;
  const t = useT();
  const accept = useAccept(bytes, onClose);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const run = async (accepted: Acceptable) => {
    setBusy(true);
    setError(null);
    try {
      await accept(accepted);
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  const acceptable = file !== null && isAcceptable(file) ? file : null;
  return (
    <WorkDialog title={<Title incoming={incoming} />} busy={busy} onClose={onClose}>
      <Stack gap="sm">
        {name !== '' && (
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {name}
          </Text>
        )}
        {failure !== undefined ? (
          <>
            <ErrorNote error={failure.error} {...(failure.again !== null && { onRetry: failure.again })} />
            {failure.again === null && <Text size="sm">{t('incoming.openAgain')}</Text>}
          </>
        ) : file === null ? (
          <Busy label={t('incoming.reading')} />
        ) : acceptable === null ? (
          <Refusal file={file as Refused} />
        ) : (
          <Preview file={acceptable} />
        )}
        {error !== null && <ErrorNote error={error} />}
        <Group gap="xs" justify="flex-end">
          <Button variant="default" disabled={busy} onClick={onClose}>
            {t(acceptable === null ? 'kit.close' : 'kit.cancel')}
          </Button>
          {acceptable !== null && (
            <WriteButton disabled={busy} onClick={() => void run(acceptable)}>
              {t(`incoming.accept.${acceptable.kind}`)}
            </WriteButton>
          )}
        </Group>
      </Stack>
    </WorkDialog>
  );
}

function Title({ incoming: { file, failure } }: { readonly incoming: Incoming }) {
  const t = useT();
  if (failure !== undefined) return t('incoming.refused.title');
  if (file === null) return t('incoming.reading');
  if (!isAcceptable(file)) return t('incoming.refused.title');
  if (file.kind === 'translation') return t('incoming.translation.title', { language: OWN_NAMES[file.lang] });
  return t(`incoming.${file.kind}.title`);
}

function Preview({ file }: { readonly file: Acceptable }) {
  const t = useT();
  const { locale } = useLanguage();
  switch (file.kind) {
    case 'request':
    case 'answer':
      return <Text>{t(`incoming.${file.kind}.says`)}</Text>;
    case 'translation':
      return (
        <>
          <Text>{t('incoming.translation.says', { figure: file.entries })}</Text>
          {file.origin.trim() !== '' && (
            <Text size="sm">{t('incoming.translation.from', { origin: file.origin })}</Text>
          )}
        </>
      );
    case 'form': {
      const { title, code, revision, sections } = file.form;
      const questions = sections.reduce((sum, section) => sum + section.questions.length, 0);
      return (
        <>
          <Text fw={600}>{title[locale]}</Text>
          <Text size="sm">{t('settings.forms.about', { code, revision, questions })}</Text>
          {file.known !== null && <Text size="sm">{t('incoming.form.known', { known: file.known })}</Text>}
        </>
      );
    }
  }
}

/** Why not, and what could be opened instead. */
function Refusal({ file }: { readonly file: Refused }) {
  const t = useT();
  const codeText = useCodeText();
  const problem = 'problem' in file ? file.problem : null;
  const words = problem === null ? null : codeText(problem.code, problem.detail);
  const kind: Exclude<Refused['kind'], NotLookedAt> | NotLookedAt = file.kind;
  return (
    <>
      <Text role="alert">{t(`incoming.refused.${kind}`)}</Text>
      {problem !== null && words !== null ? (
        <>
          <Text size="sm">
            {t('settings.forms.place', { line: problem.line, column: problem.column })} {words.says}
          </Text>
          <Text size="sm">{words.todo}</Text>
        </>
      ) : (
        <Text size="sm">{t('incoming.hint.can')}</Text>
      )}
    </>
  );
}

/** Hands the file to the door that takes such files in, says what came of it, and goes to where it is seen. */
function useAccept(bytes: Uint8Array, onClose: () => void): (file: Acceptable) => Promise<void> {
  const toast = useToast();
  const workspace = useWorkspace();
  const { again } = useExchange();
  const text = () => new TextDecoder().decode(bytes);
  return async (file) => {
    switch (file.kind) {
      case 'request':
      case 'answer': {
        const kind = await workspace.team.openFile(bytes);
        again();
        toast({ text: ({ t }) => t(`team.files.${kind}`) });
        navigate(paths.team());
        break;
      }
      case 'form': {
        const { form } = await workspace.organisation.addForm(text());
        if (form !== null)
          toast({ text: ({ t, locale }) => t('settings.forms.added', { title: form.title[locale] }) });
        navigate(paths.settings());
        break;
      }
      case 'translation': {
        const { lang, entries } = await workspace.corrections.importFile(text());
        const language = OWN_NAMES[lang ?? file.lang];
        toast({
          text: ({ t }) =>
            entries === 0
              ? t('catalogue.files.nothingNew')
              : t('catalogue.files.taken', { figure: entries, language }),
        });
        navigate(paths.catalogue());
      }
    }
    onClose();
  };
}
