import { Alert, Button, FileButton, Group, Stack, Text, Title } from '@mantine/core';
import { useRef, useState } from 'react';
import type { Locale } from '@/core/base/locales.ts';
import type { TranslationProblem } from '@/core/model/translation-file.ts';
import { useReference } from '../../app/reference.tsx';
import { useWorkspace } from '../../app/workspace.tsx';
import { ErrorNote } from '../../kit/error-note.tsx';
import { AlertIcon, ExportIcon, ImportIcon } from '../../kit/icons.ts';
import { useToast } from '../../kit/toasts.tsx';
import { useCodeText } from '../../language/error-text.ts';
import { useT } from '../../language/language.tsx';
import { OWN_NAMES } from '../../language/own-names.ts';
import { WriteButton } from '../../space/write-button.tsx';

/** Far above any translation; a film chosen by mistake is not read into memory to be refused. */
const MOST_BYTES = 8_000_000;
const TOO_LARGE: TranslationProblem = { line: 1, column: 1, code: 'translation/too-large', detail: {} };

interface Refused {
  readonly file: string;
  readonly problem: TranslationProblem;
}

/** The organisation's corrections of one language, out as a file to send and in from such a file. */
export function CorrectionFiles({ lang }: { readonly lang: Locale }) {
  const t = useT();
  const toast = useToast();
  const { corrections, organisation } = useWorkspace();
  const { catalogue } = useReference();
  const [refused, setRefused] = useState<Refused | null>(null);
  const [error, setError] = useState<unknown>(null);
  // The same file, mended, must be choosable again.
  const resetFile = useRef<() => void>(null);
  const count = catalogue.corrected?.[lang]?.length ?? 0;
  const contested = catalogue.contested?.[lang]?.length ?? 0;
  const language = OWN_NAMES[lang];

  const send = async () => {
    setError(null);
    try {
      const settings = await organisation.settings();
      const saved = await corrections.exportFile(lang, settings.organisation);
      if (saved !== null) toast({ text: ({ t }) => t('catalogue.files.sent', { path: saved.path }) });
    } catch (failure) {
      setError(failure);
    }
  };
  const take = async (file: File) => {
    setError(null);
    setRefused(null);
    try {
      if (file.size > MOST_BYTES) return setRefused({ file: file.name, problem: TOO_LARGE });
      const taken = await corrections.importFile(await file.text());
      if (taken.problem !== null) return setRefused({ file: file.name, problem: taken.problem });
      toast({
        text: ({ t }) =>
          taken.entries === 0
            ? t('catalogue.files.nothingNew')
            : t('catalogue.files.taken', { figure: taken.entries, language: OWN_NAMES[taken.lang] }),
      });
    } catch (failure) {
      setError(failure);
    } finally {
      resetFile.current?.();
    }
  };

  return (
    <section aria-labelledby="correction-files">
      <Stack gap="xs" align="flex-start">
        <Title order={3} id="correction-files">
          {t('catalogue.files.title', { language })}
        </Title>
        <Text size="sm">{t('catalogue.files.says')}</Text>
        <Text size="sm" c="dimmed">
          {count === 0 ? t('catalogue.files.none') : t('catalogue.files.count', { figure: count })}
        </Text>
        {contested > 0 && <Text size="sm">{t('catalogue.files.contested', { figure: contested })}</Text>}
        <Group gap="xs">
          <Button
            variant="default"
            disabled={count === 0}
            leftSection={<ExportIcon size={16} aria-hidden />}
            onClick={() => void send()}
          >
            {t('catalogue.files.send')}
          </Button>
          <FileButton
            resetRef={resetFile}
            accept=".json,application/json"
            onChange={(file) => {
              if (file !== null) void take(file);
            }}
          >
            {(props) => (
              <WriteButton {...props} variant="default" leftSection={<ImportIcon size={16} aria-hidden />}>
                {t('catalogue.files.take')}
              </WriteButton>
            )}
          </FileButton>
        </Group>
        {refused !== null && <Refusal {...refused} onClose={() => setRefused(null)} />}
        {error !== null && <ErrorNote error={error} />}
      </Stack>
    </section>
  );
}

/** Why a file was not taken in, and where in it the reason stands. */
function Refusal({ file, problem, onClose }: Refused & { readonly onClose: () => void }) {
  const t = useT();
  const words = useCodeText()(problem.code, problem.detail);
  return (
    <Alert
      color="red"
      role="alert"
      icon={<AlertIcon aria-hidden />}
      title={t('catalogue.files.refused', { file })}
      withCloseButton
      closeButtonLabel={t('kit.close')}
      onClose={onClose}
    >
      <Text size="sm">
        {t('catalogue.files.place', { line: problem.line, column: problem.column })} {words.says}
      </Text>
      <Text size="sm">{words.todo}</Text>
    </Alert>
  );
}
