import { Button, Group, Stack } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { Json } from '@/core/base/json.ts';
import { isEdtf } from '@/core/model/edtf.ts';
import type { OpenConflict } from '@/core/team-doors.ts';
import { isTyped, type KeptWords } from '../drafts/field-drafts.ts';
import { useFieldDraft, useFieldDrafts, useTypedFields } from '../drafts/use-field-drafts.tsx';
import { LineField } from '../fields/line-field.tsx';
import { useToast } from '../kit/toasts.tsx';
import { useT } from '../language/language.tsx';
import { DraftLine } from '../observation/form/draft-line.tsx';
import { DATES } from '../observation/value-words.ts';
import { RegisterEditor } from '../observation/view/register-editor.tsx';
import { WriteButton } from '../space/write-button.tsx';
import { useRecordNames } from './record-names.ts';

export const keyOf = ({ record, field }: Pick<OpenConflict, 'record' | 'field'>): string =>
  `${record}/${field}`;

/** A version of one's own beside the others: what was typed of it stays until it is saved or discarded. */
export function useOwnVersion({ record, field, type, title }: OpenConflict): {
  readonly own: KeptWords | null;
  begin(from: Json): void;
  drop(): void;
  /** Drops it with a way back. */
  discard(): void;
} {
  const toast = useToast();
  const drafts = useFieldDrafts();
  const place = { of: 'conflict', record, field } as const;
  const own = useFieldDraft(place);
  return {
    own,
    begin: (from) => drafts.type({ ...place, type, title, from, value: from }),
    drop: () => drafts.drop(place),
    discard() {
      drafts.drop(place);
      if (own === null || !isTyped(own)) return;
      toast({ text: ({ t }) => t('drafts.discarded'), undo: async () => drafts.type(own.words) });
    },
  };
}

/**
 * The open conflicts with, before them, those that were settled elsewhere while somebody here was writing a version of
 * their own: as conflicts without versions.
 */
export function useWithOwn(
  conflicts: readonly OpenConflict[],
  of: (record: string) => boolean = () => true,
): readonly OpenConflict[] {
  const open = new Set(conflicts.map(keyOf));
  const settled = useTypedFields()
    .filter(({ words }) => words.of === 'conflict' && of(words.record) && !open.has(keyOf(words)))
    .map(({ words: { record, type, title, field } }) => ({
      record,
      type,
      title,
      field,
      versions: [],
      ancestor: null,
      unseen: [],
    }));
  return [...settled, ...conflicts];
}

export function OwnVersion(props: {
  readonly kept: KeptWords;
  /** The conflict was settled elsewhere. */
  readonly settled: boolean;
  /** Null until it is known what the version would replace. */
  readonly onSave: ((value: Json) => void) | null;
  readonly onDiscard: () => void;
}) {
  const { kept, settled, onSave, onDiscard } = props;
  const { words, state } = kept;
  const { type, field, value } = words;
  const t = useT();
  const names = useRecordNames();
  const drafts = useFieldDrafts();
  const editor = useRef<HTMLDivElement>(null);
  // Whoever has just begun goes on by keys; what was found here again leaves the focus where it is.
  const begun = useRef(!isTyped(kept));
  useEffect(() => {
    if (begun.current) editor.current?.querySelector<HTMLElement>('textarea, input')?.focus();
  }, []);
  const write = (next: Json) => drafts.type({ ...words, value: next });
  const notADate =
    type === 'observation' &&
    DATES.includes(field) &&
    typeof value === 'string' &&
    value !== '' &&
    !isEdtf(value);
  return (
    <Stack gap="xs" mt="sm" ref={editor}>
      {type === 'observation' ? (
        <RegisterEditor register={field} value={value} onChange={write} />
      ) : (
        <LineField label={names.field(words)} multiline value={String(value)} onChange={write} />
      )}
      <DraftLine state={state} />
      <Group gap="xs">
        <WriteButton size="xs" disabled={notADate || onSave === null} onClick={() => onSave?.(value)}>
          {t(settled ? 'conflicts.saveOwn' : 'observation.conflict.saveThird')}
        </WriteButton>
        <Button size="xs" variant="default" onClick={onDiscard}>
          {t(settled ? 'conflicts.dropOwn' : 'kit.cancel')}
        </Button>
      </Group>
    </Stack>
  );
}
