import { Anchor, Button, Group, Text, Title, type TitleOrder } from '@mantine/core';
import { useRef, useState } from 'react';
import type { Json } from '@/core/base/json.ts';
import type { OpenConflict } from '@/core/team-doors.ts';
import { useReference } from '../app/reference.tsx';
import { paths } from '../app/route.ts';
import { useWorkspace } from '../app/workspace.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { useToast } from '../kit/toasts.tsx';
import { useFormat, useT } from '../language/language.tsx';
import type { Words } from '../observation/value-words.ts';
import { isEditableHere } from '../observation/view/register-editor.tsx';
import { WriteButton } from '../space/write-button.tsx';
import { Account } from './account.tsx';
import classes from './conflicts.module.css';
import { OwnVersion, useOwnVersion } from './own-version.tsx';
import { accountsOf, useRecordNames } from './record-names.ts';
import { SettledMeanwhile, useStanding } from './settled-meanwhile.tsx';
import { VersionWords } from './version-words.tsx';

/** One register with its versions side by side, and the ways to settle it; the same wherever a conflict is shown. */
export function OneConflict(props: { readonly conflict: OpenConflict; readonly order?: TitleOrder }) {
  const { conflict, order = 3 } = props;
  return conflict.field === 'deleted' ? (
    <DeletedBesideEdit conflict={conflict} order={order} />
  ) : (
    <Versions conflict={conflict} order={order} />
  );
}

interface Shown {
  readonly conflict: OpenConflict;
  readonly order: TitleOrder;
}

/** What whoever settles it says that they saw. */
const shownOf = ({ versions, unseen }: OpenConflict): string[] =>
  [...versions, ...unseen].map(({ change }) => change);

/** What can be looked up later: only observations and translations have a history on a screen. */
const HAVE_HISTORY: readonly string[] = ['observation', 'correction'];

function useSettle({ type }: OpenConflict): {
  readonly error: unknown;
  settle(write: () => Promise<void>): Promise<void>;
} {
  const toast = useToast();
  const [error, setError] = useState<unknown>(null);
  return {
    error,
    async settle(write) {
      try {
        await write();
        setError(null);
        toast({
          text: ({ t }) =>
            t(HAVE_HISTORY.includes(type) ? 'observation.conflict.settled' : 'conflicts.settled'),
        });
      } catch (failure) {
        setError(failure);
      }
    },
  };
}

function WhoWhen({ author, at }: { readonly author: string; readonly at: string }) {
  const { members } = useReference();
  const format = useFormat();
  return (
    <Group gap="xs">
      <b>{members[author] ?? author}</b>
      <Text size="sm" c="dimmed" component="time" dateTime={at}>
        {format.dateTime(at)}
      </Text>
    </Group>
  );
}

const nextOrder = (order: TitleOrder): TitleOrder => Math.min(order + 1, 6) as TitleOrder;

/** A deletion, and what its author had not seen: whoever deletes it now has seen both. */
function DeletedBesideEdit({ conflict, order }: Shown) {
  const { record, field, versions, unseen } = conflict;
  const t = useT();
  const names = useRecordNames();
  const { conflicts } = useWorkspace();
  const { error, settle } = useSettle(conflict);
  const shown = shownOf(conflict);
  const deletions = versions.filter(({ value }) => value === true);
  const kept = versions.filter(({ value }) => value !== true).map((version) => ({ ...version, field }));
  const beside = [...kept, ...unseen];
  return (
    <div className={classes.conflict}>
      <Title order={order} size="h3" mb="xs">
        {t('observation.conflict.deleted')}
      </Title>
      <div className={classes.versions}>
        <div className={classes.version} data-deletion>
          <Text size="sm" c="dimmed">
            {t('conflicts.deletion')}
          </Text>
          {deletions.map(({ change, author, at }) => (
            <WhoWhen key={change} author={author} at={at} />
          ))}
        </div>
        {beside.length > 0 && (
          <div className={classes.version} data-beside>
            <Text size="sm" c="dimmed">
              {t('conflicts.besideDeletion')}
            </Text>
            {beside.map(({ change, field: other, value, author, at }) => (
              <div key={`${other} ${change}`}>
                <Title order={nextOrder(order)} size="h5">
                  {names.field({ ...conflict, field: other })}
                </Title>
                <VersionWords
                  words={[names.words({ ...conflict, field: other }, value)]}
                  index={0}
                  ancestor={null}
                />
                <WhoWhen author={author} at={at} />
              </div>
            ))}
          </div>
        )}
      </div>
      {error !== null && <ErrorNote error={error} />}
      <Group gap="xs" mt="xs">
        <WriteButton
          size="xs"
          onClick={() => void settle(() => conflicts.settle(record, field, false, shown))}
        >
          {t('observation.conflict.keep')}
        </WriteButton>
        <WriteButton
          size="xs"
          variant="default"
          onClick={() => void settle(() => conflicts.settle(record, field, true, shown))}
        >
          {t('observation.conflict.delete')}
        </WriteButton>
      </Group>
    </div>
  );
}

/** Registers of what the team sets hold plain texts at most; those of observations have controls of their own. */
const canWriteThird = ({ type, field }: OpenConflict, value: Json): boolean =>
  type === 'observation'
    ? isEditableHere(field, value)
    : typeof value === 'string' && type !== 'form' && type !== 'pair';

function Versions({ conflict, order }: Shown) {
  const { record, field, versions } = conflict;
  const names = useRecordNames();
  const { conflicts } = useWorkspace();
  const { error, settle } = useSettle(conflict);
  const { own, begin, drop, discard } = useOwnVersion(conflict);
  const root = useRef<HTMLDivElement>(null);
  const settled = versions.length === 0;
  const standing = useStanding(settled ? conflict : null);
  const shown = settled ? standing.value?.map(({ change }) => change) : shownOf(conflict);
  const write = (value: Json, then?: () => void) =>
    void settle(() => conflicts.settle(record, field, value, shown ?? []).then(then));
  return (
    <div className={classes.conflict} ref={root} tabIndex={-1}>
      <Title order={order} size="h3" mb="xs">
        {names.field(conflict)}
      </Title>
      {settled ? (
        <SettledMeanwhile conflict={conflict} standing={standing} />
      ) : (
        <SideBySide
          conflict={conflict}
          onTake={(value) => write(value)}
          onThird={own === null ? begin : null}
        />
      )}
      {own !== null && (
        <OwnVersion
          kept={own}
          settled={settled}
          onSave={shown === undefined ? null : (value) => write(value, drop)}
          onDiscard={() => {
            // The button goes with the words; the focus stays near.
            root.current?.focus();
            discard();
          }}
        />
      )}
      {error !== null && <ErrorNote error={error} />}
    </div>
  );
}

function SideBySide(props: {
  readonly conflict: OpenConflict;
  readonly onTake: (value: Json) => void;
  /** Null while a third is being written. */
  readonly onThird: ((from: Json) => void) | null;
}) {
  const { conflict, onTake, onThird } = props;
  const { record, type, field, versions, ancestor } = conflict;
  const t = useT();
  const names = useRecordNames();
  const [open, setOpen] = useState(false);
  const wordsOf = (value: Json): Words | null => {
    const own = names.words(conflict, value);
    return own !== null && open ? { ...own, secret: false } : own;
  };
  const words = versions.map(({ value }) => wordsOf(value));
  const before = wordsOf(ancestor);
  const secret = versions.some(({ value }) => names.words(conflict, value)?.secret === true);
  const beside = versions.map(({ value }) => names.beside(conflict, value));
  const differBeside = new Set(beside).size > 1;
  const alike = !differBeside && new Set(words.map((version) => version?.text ?? '')).size === 1;
  const inForm =
    type === 'observation' && versions.every(({ value }) => !canWriteThird(conflict, value))
      ? paths.editObservation(record, { field })
      : null;
  return (
    <>
      {before !== null && !before.secret && (
        <div className={classes.ancestor}>
          <Text size="sm" c="dimmed">
            {t('conflicts.ancestor')}
          </Text>
          <div lang={before.lang ?? undefined} className={classes.asTyped}>
            {before.text}
          </div>
          {before.prose && (
            <Text size="xs" c="dimmed">
              {t('conflicts.marks')}
            </Text>
          )}
        </div>
      )}
      {type === 'pair' && (
        <div className={`${classes.versions} ${classes.accounts}`}>
          {accountsOf(record).map((id) => (
            <Account key={id} id={id} />
          ))}
        </div>
      )}
      {secret && (
        <Button size="compact-sm" variant="default" mb="xs" onClick={() => setOpen(!open)}>
          {t(open ? 'observation.names.hide' : 'observation.names.show')}
        </Button>
      )}
      <div className={classes.versions}>
        {versions.map(({ value, change, author, at }, i) => (
          <div key={change} className={classes.version} data-version={i + 1}>
            <WhoWhen author={author} at={at} />
            <VersionWords words={words} index={i} ancestor={before} />
            {differBeside && (
              <Text size="sm" c="dimmed">
                {beside[i]}
              </Text>
            )}
            <Group gap="xs" mt="auto">
              <WriteButton size="xs" onClick={() => onTake(value)}>
                {t('observation.conflict.take')}
              </WriteButton>
              {onThird !== null && canWriteThird(conflict, value) && (
                <Button size="xs" variant="default" onClick={() => onThird(value)}>
                  {t('observation.conflict.third')}
                </Button>
              )}
            </Group>
          </div>
        ))}
      </div>
      {alike && (
        // Of a form the questions are shown; its conditions and checks would mean nothing to most.
        <Text size="sm">{t(type === 'form' ? 'conflicts.alike' : 'conflicts.readAlike')}</Text>
      )}
      {inForm !== null && (
        <Anchor href={inForm} size="sm">
          {t('observation.conflict.thirdInForm')}
        </Anchor>
      )}
    </>
  );
}
