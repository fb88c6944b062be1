import { ActionIcon, Group, Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ObservationQuery } from '@/core/workspace.ts';
import { navigate, paths } from '../../app/route.ts';
import { useWorkspace } from '../../app/workspace.tsx';
import { ariaChord, type Chord, chordLabel, useHotkey } from '../../kit/hotkey.ts';
import { BackIcon, NextIcon } from '../../kit/icons.ts';
import { useLanguage, useT } from '../../language/language.tsx';
import { NO_FILTERS } from '../../observations/filters.ts';

const NEXT: Chord = 'Alt+KeyJ';
const PREVIOUS: Chord = 'Alt+KeyK';

const EVERYTHING: Omit<ObservationQuery, 'locale'> = {
  ...NO_FILTERS,
  text: '',
  sort: { by: 'date', descending: true },
};

/** The ids around one: those of the list that led here (`within`, the key of its result), else of all by date. */
function useNeighbours(id: string, within: string | null): { previous: string | null; next: string | null } {
  const { observations } = useWorkspace();
  const { locale } = useLanguage();
  const [ids, setIds] = useState<readonly string[]>([]);
  useEffect(() => {
    let over = false;
    const load = async () => {
      const kept = within === null ? [] : await observations.ids(within);
      if (kept.length > 0) return kept;
      const { key } = await observations.query('neighbours', { ...EVERYTHING, locale });
      return observations.ids(key);
    };
    // Without neighbours the page is whole: a failure here shows up where it matters.
    load().then(
      (loaded) => {
        if (!over) setIds(loaded);
      },
      () => undefined,
    );
    return () => {
      over = true;
    };
  }, [observations, within, locale]);
  const at = ids.indexOf(id);
  return { previous: at > 0 ? (ids[at - 1] ?? null) : null, next: at < 0 ? null : (ids[at + 1] ?? null) };
}

/** Leads to the observation before and after, without going back to the list. */
export function Neighbours({ id, within }: { readonly id: string; readonly within: string | null }) {
  const t = useT();
  const { previous, next } = useNeighbours(id, within);
  const go = (to: string | null) => {
    if (to !== null) navigate(paths.observation(to, within === null ? {} : { in: within }));
  };
  useHotkey(PREVIOUS, () => go(previous), previous !== null);
  useHotkey(NEXT, () => go(next), next !== null);
  return (
    <Group gap={4} role="group" aria-label={t('observation.view.neighbours')}>
      <Step chord={PREVIOUS} label={t('observation.view.previous')} to={previous} onGo={go} back />
      <Step chord={NEXT} label={t('observation.view.next')} to={next} onGo={go} />
    </Group>
  );
}

function Step(props: {
  readonly chord: Chord;
  readonly label: string;
  readonly to: string | null;
  readonly onGo: (to: string | null) => void;
  readonly back?: boolean;
}) {
  const { chord, label, to, onGo, back = false } = props;
  return (
    <Tooltip label={`${label} (${chordLabel(chord)})`}>
      <ActionIcon
        size="lg"
        variant="default"
        aria-label={label}
        aria-keyshortcuts={ariaChord(chord)}
        aria-disabled={to === null}
        {...(to === null ? { 'data-disabled': true } : {})}
        onClick={() => onGo(to)}
      >
        {back ? <BackIcon size={18} aria-hidden /> : <NextIcon size={18} aria-hidden />}
      </ActionIcon>
    </Tooltip>
  );
}
