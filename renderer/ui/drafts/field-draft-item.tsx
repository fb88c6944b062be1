import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import type { FieldDraft } from '@/core/workspace.ts';
import { paths } from '../app/route.ts';
import { useRecordNames } from '../conflicts/record-names.ts';
import { useToast } from '../kit/toasts.tsx';
import { useFormat, useT } from '../language/language.tsx';
import type { KeptWords } from './field-drafts.ts';
import { useFieldDrafts } from './use-field-drafts.tsx';

/** Words longer than this are known by how they begin. */
const BEGINNING = 100;

/** Where the words are gone on with: the page of the observation, or the list of conflicts. */
const pathOf = ({ type, record }: Pick<FieldDraft, 'type' | 'record'>): string =>
  type === 'observation' ? paths.observation(record) : paths.conflicts();

/** In the list of drafts: words for one field that were typed beside its form. */
export function FieldDraftItem({ kept }: { readonly kept: KeptWords }) {
  const { words, state } = kept;
  const t = useT();
  const format = useFormat();
  const toast = useToast();
  const names = useRecordNames();
  const drafts = useFieldDrafts();
  const typed = names.words(words, words.value);
  const text = typed?.text.trim() ?? '';
  const title = text.length > BEGINNING ? `${text.slice(0, BEGINNING)}…` : text;
  const shown = title === '' ? t('observation.values.empty') : title;
  return (
    <Group justify="space-between" align="flex-start" gap="sm">
      <Stack gap={2} style={{ flex: '1 1 16rem', minWidth: 0 }}>
        <Anchor href={pathOf(words)} fw={600} lang={typed?.lang ?? undefined}>
          {shown}
        </Anchor>
        <Text size="sm" c="dimmed">
          {`${names.field(words)} · ${names.record(words)}`}
          {state.state === 'kept' && (
            <>
              {' · '}
              <time dateTime={state.at}>{t('drafts.kept', { time: format.dateTime(state.at) })}</time>
            </>
          )}
        </Text>
      </Stack>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={t('drafts.discardOf', { title: shown })}
        onClick={() => {
          drafts.drop(words);
          toast({ text: ({ t }) => t('drafts.discarded'), undo: async () => drafts.type(words) });
        }}
      >
        {t('drafts.discard')}
      </Button>
    </Group>
  );
}
