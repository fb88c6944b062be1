import { ActionIcon, Badge, Button, Group, Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { type ReactNode, type Ref, useEffect, useId, useState } from 'react';
import type { Link } from '@/core/model/observation.ts';
import { useLabels } from '../app/reference.tsx';
import { AddIcon, CloseIcon } from '../kit/icons.ts';
import { useLanguage, useT } from '../language/language.tsx';
import { DirectionControl } from './direction-control.tsx';
import { FieldNotes } from './field.tsx';
import { LineField } from './line-field.tsx';
import { MeasureSentence } from './measure-words.tsx';
import type { ShownMeasure } from './measures.ts';

/** One linked measure: its words, the direction, why. */
export function MeasureLink(props: {
  readonly code: string;
  /** Undefined when the catalogue does not know the code: the link stays and can be taken away. */
  readonly measure: ShownMeasure | undefined;
  readonly link: Link;
  readonly onChange: (link: Link) => void;
  readonly onRemove: () => void;
  /** Enter in the direction: back to the search. */
  readonly onDone: () => void;
  readonly directionRef: Ref<HTMLInputElement>;
  readonly warning?: string | readonly string[] | null | undefined;
  readonly history?: ReactNode;
}) {
  const { code, measure, link, onChange, onRemove, onDone, directionRef, warning, history } = props;
  const t = useT();
  const labels = useLabels();
  const { locale } = useLanguage();
  const commentId = useId();
  const [commenting, setCommenting] = useState(false);
  useEffect(() => {
    if (commenting) document.getElementById(commentId)?.focus();
  }, [commenting, commentId]);

  return (
    <Paper withBorder p="sm" component="li">
      <Stack gap="xs">
        <Group justify="space-between" align="flex-start" wrap="nowrap" gap="xs">
          <Group gap={6}>
            <Text fw={600} size="sm">
              {code}
            </Text>
            {measure?.themes.map((theme) => (
              <Badge key={theme} variant="default" size="sm" fw={400}>
                {labels.term('themes', theme)}
              </Badge>
            ))}
          </Group>
          <Group gap={4} wrap="nowrap">
            {history}
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('fields.measures.remove', { code })}
              onClick={onRemove}
            >
              <CloseIcon size={16} aria-hidden />
            </ActionIcon>
          </Group>
        </Group>
        {measure === undefined ? (
          <Text size="sm" c="dimmed">
            {t('fields.measures.unknown')}
          </Text>
        ) : (
          <SimpleGrid cols={measure.translation === null ? 1 : { base: 1, sm: 2 }} spacing="sm">
            {measure.translation !== null && (
              <div>
                <Text size="xs" c="dimmed">
                  {t('fields.measures.unofficial')}
                </Text>
                <MeasureSentence words={measure.translation} lang={locale} />
              </div>
            )}
            <div>
              {measure.translation !== null && (
                <Text size="xs" c="dimmed">
                  {t('fields.measures.verbatim')}
                </Text>
              )}
              <MeasureSentence words={measure.original} lang={measure.originalLang} />
            </div>
          </SimpleGrid>
        )}
        <DirectionControl
          label={t('fields.measures.direction', { code })}
          value={link.direction}
          ref={directionRef}
          onChange={(direction) => onChange({ ...link, direction })}
          onKeyDown={(event) => {
            if (event.code !== 'Enter' && event.code !== 'NumpadEnter') return;
            event.preventDefault();
            onDone();
          }}
        />
        {link.comment !== '' || commenting ? (
          <LineField
            id={commentId}
            label={t('fields.measures.comment', { code })}
            placeholder={t('fields.measures.commentShort')}
            multiline
            value={link.comment}
            onChange={(comment) => onChange({ ...link, comment })}
          />
        ) : (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<AddIcon size={16} aria-hidden />}
            style={{ alignSelf: 'flex-start' }}
            aria-label={`${t('fields.measures.addComment')}: ${code}`}
            onClick={() => setCommenting(true)}
          >
            {t('fields.measures.addComment')}
          </Button>
        )}
        <FieldNotes warning={warning} error={null} />
      </Stack>
    </Paper>
  );
}
