import { Button, CloseButton, Menu, Popover, Stack, TagsInput } from '@mantine/core';
import { useState } from 'react';
import { SENSITIVITIES, STATUSES } from '@/core/model/observation.ts';
import { useLabels } from '../app/reference.tsx';
import { useWorkspace } from '../app/workspace.tsx';
import { PLAIN_TYPING } from '../fields/typing/plain-typing.ts';
import { DeleteIcon, DownIcon, ExportIcon, RestoreIcon, TagIcon } from '../kit/icons.ts';
import { useT } from '../language/language.tsx';
import { WriteButton } from '../space/write-button.tsx';
import type { BulkEdit } from './bulk.ts';
import classes from './line.module.css';

/** What can be done with the chosen observations; stands in the place of the line above the list. */
export function SelectionBar(props: {
  readonly count: number;
  readonly total: number;
  readonly deleted: boolean;
  readonly onEdit: (edit: BulkEdit) => void;
  readonly onExport: () => void;
  readonly onSelectAll: () => void;
  readonly onClear: () => void;
}) {
  const { count, total, deleted, onEdit, onExport, onSelectAll, onClear } = props;
  const t = useT();
  return (
    <section className={classes.bar} aria-label={t('observations.bulk.label')}>
      <CloseButton size="sm" aria-label={t('observations.bulk.clear')} onClick={onClear} />
      <span role="status" className={classes.figure}>
        {t('observations.bulk.selected', { count })}
      </span>
      {count < total && (
        <Button size="compact-sm" variant="subtle" onClick={onSelectAll}>
          {t('observations.bulk.all', { count: total })}
        </Button>
      )}
      <span className={classes.apart} />
      {deleted ? (
        <WriteButton
          size="compact-sm"
          variant="default"
          leftSection={<RestoreIcon size={16} aria-hidden />}
          onClick={() => onEdit({ does: 'restore' })}
        >
          {t('observations.bulk.restore')}
        </WriteButton>
      ) : (
        <>
          <CodedMenu
            label={t('observations.bulk.status')}
            vocabulary="statuses"
            codes={STATUSES}
            onChoose={(status) => onEdit({ does: 'status', status })}
          />
          <CodedMenu
            label={t('observations.bulk.sensitivity')}
            vocabulary="sensitivities"
            codes={SENSITIVITIES}
            onChoose={(sensitivity) => onEdit({ does: 'sensitivity', sensitivity })}
          />
          <TagChoice onEdit={onEdit} />
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<ExportIcon size={16} aria-hidden />}
            onClick={onExport}
          >
            {t('observations.bulk.export')}
          </Button>
          <WriteButton
            size="compact-sm"
            variant="default"
            leftSection={<DeleteIcon size={16} aria-hidden />}
            aria-keyshortcuts="Delete"
            onClick={() => onEdit({ does: 'remove' })}
          >
            {t('observations.bulk.remove')}
          </WriteButton>
        </>
      )}
    </section>
  );
}

function CodedMenu<Code extends string>(props: {
  readonly label: string;
  readonly vocabulary: string;
  readonly codes: readonly Code[];
  readonly onChoose: (code: Code) => void;
}) {
  const { label, vocabulary, codes, onChoose } = props;
  const labels = useLabels();
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <WriteButton size="compact-sm" variant="default" rightSection={<DownIcon size={14} aria-hidden />}>
          {label}
        </WriteButton>
      </Menu.Target>
      <Menu.Dropdown>
        {codes.map((code) => (
          <Menu.Item key={code} onClick={() => onChoose(code)}>
            {labels.term(vocabulary, code)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function TagChoice({ onEdit }: { readonly onEdit: (edit: BulkEdit) => void }) {
  const t = useT();
  const workspace = useWorkspace();
  const [opened, setOpened] = useState(false);
  const [tags, setTags] = useState<string[]>([]);
  const [known, setKnown] = useState<readonly string[]>([]);
  const tag = tags[0]?.trim() ?? '';
  const open = () => {
    setTags([]);
    setOpened(!opened);
    workspace.observations.tags().then(
      (used) => setKnown(used.map(([name]) => name)),
      () => undefined,
    );
  };
  const choose = (does: 'add-tag' | 'remove-tag') => {
    setOpened(false);
    onEdit({ does, tag });
  };
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus returnFocus withinPortal shadow="md">
      <Popover.Target>
        <WriteButton
          size="compact-sm"
          variant="default"
          leftSection={<TagIcon size={16} aria-hidden />}
          rightSection={<DownIcon size={14} aria-hidden />}
          onClick={open}
        >
          {t('observations.bulk.tags')}
        </WriteButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('observations.bulk.tags')}>
        <Stack gap="xs" w="min(18rem, 80vw)">
          <TagsInput
            {...PLAIN_TYPING}
            data-autofocus
            label={t('observations.bulk.tag')}
            data={[...known]}
            value={tags}
            onChange={(chosen) => setTags(chosen.slice(-1))}
            acceptValueOnBlur
            comboboxProps={{ withinPortal: false }}
          />
          <Button size="compact-sm" disabled={tag === ''} onClick={() => choose('add-tag')}>
            {t('observations.bulk.addTag')}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            disabled={tag === ''}
            onClick={() => choose('remove-tag')}
          >
            {t('observations.bulk.removeTag')}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
