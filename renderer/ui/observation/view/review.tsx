import { Button, Group, Radio, Stack, Title } from '@mantine/core';
import { useState } from 'react';
import { STATUSES, type Status } from '@/core/model/observation.ts';
import type { OpenedObservation } from '@/core/workspace.ts';
import { termIn, useLabels, useReference } from '../../app/reference.tsx';
import { useWorkspace } from '../../app/workspace.tsx';
import { useFieldDraft, useFieldDrafts } from '../../drafts/use-field-drafts.tsx';
import { LineField } from '../../fields/line-field.tsx';
import { ErrorNote } from '../../kit/error-note.tsx';
import { useToast } from '../../kit/toasts.tsx';
import { useT } from '../../language/language.tsx';
import { useFieldNames } from '../field-names.ts';
import { DraftLine } from '../form/draft-line.tsx';
import { HistoryButton } from '../history/history-button.tsx';

/** The status of the record with the reviewer's note, recorded together as one edit. */
export function Review(props: {
  readonly opened: OpenedObservation;
  readonly onHistory: (register: string) => void;
}) {
  const { opened, onHistory } = props;
  const { id, observation, seen } = opened;
  const t = useT();
  const reference = useReference();
  const labels = useLabels();
  const nameOf = useFieldNames();
  const toast = useToast();
  const { observations } = useWorkspace();
  const [chosen, setChosen] = useState<Status | null>(null);
  const [error, setError] = useState<unknown>(null);
  const status = chosen ?? observation.status;
  const drafts = useFieldDrafts();
  const place = { of: 'review', record: id, field: 'reviewNote' } as const;
  const own = useFieldDraft(place);
  const note = typeof own?.words.value === 'string' ? own.words.value : observation.reviewNote;
  const type = (value: string) =>
    value === observation.reviewNote
      ? drafts.drop(place)
      : drafts.type({
          ...place,
          type: 'observation',
          title: observation.title.text,
          from: observation.reviewNote,
          value,
        });
  const changed = status !== observation.status || note !== observation.reviewNote;

  const write = async (next: { status: Status; reviewNote: string }) => {
    // As it is now: an undo comes after the edit that it takes back.
    const now = await observations.open(id);
    await observations.save({
      id,
      base: now.observation,
      seen: now.seen,
      observation: { ...now.observation, ...next },
      draft: null,
    });
  };
  const record = async () => {
    const { status: oldStatus, reviewNote: oldNote } = observation;
    try {
      await observations.save({
        id,
        base: observation,
        seen,
        observation: { ...observation, status, reviewNote: note },
        draft: null,
      });
      setError(null);
      setChosen(null);
      drafts.drop(place);
      toast({
        text: ({ t, locale }) =>
          t('observation.review.done', { status: termIn(reference, 'statuses', status, locale) }),
        undo: () => write({ status: oldStatus, reviewNote: oldNote }),
      });
    } catch (failure) {
      setError(failure);
    }
  };

  return (
    <section aria-labelledby="review">
      <Group gap={4} mb="xs">
        <Title order={2} id="review">
          {t('observation.review.title')}
        </Title>
        <HistoryButton register="status" onOpen={onHistory} />
      </Group>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (changed) void record();
        }}
      >
        <Stack gap="sm">
          <Radio.Group
            aria-label={nameOf('status')}
            value={status}
            onChange={(value) => setChosen(STATUSES.find((known) => known === value) ?? null)}
          >
            <Stack gap={6}>
              {STATUSES.map((code) => (
                <Radio key={code} value={code} label={labels.term('statuses', code)} />
              ))}
            </Stack>
          </Radio.Group>
          <LineField label={nameOf('reviewNote')} multiline value={note} onChange={type} />
          {own !== null && <DraftLine state={own.state} />}
          {error !== null && <ErrorNote error={error} />}
          <Button type="submit" variant="default" disabled={!changed} style={{ alignSelf: 'flex-start' }}>
            {t('observation.review.record')}
          </Button>
        </Stack>
      </form>
    </section>
  );
}
