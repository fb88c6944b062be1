import { Text, Title } from '@mantine/core';
import type { Kept } from '@/core/team-doors.ts';
import { HandedOverIcon, HeldIcon, HereIcon } from '../kit/icons.ts';
import { useT } from '../language/language.tsx';
import classes from './exchange.module.css';
import { useKept } from './use-kept.ts';

const ICONS = { here: HereIcon, 'handed-over': HandedOverIcon, held: HeldIcon } as const;

/** Where the latest edits of one observation are, in words. */
export function KeptWords({ id }: { readonly id: string }) {
  const t = useT();
  const kept = useKept([id]).get(id);
  if (kept === undefined) return null;
  const Icon = ICONS[kept.state];
  return (
    <section className={classes.kept} data-state={kept.state}>
      <Title order={2} size="h4">
        {t('kept.title')}
      </Title>
      <div className={classes.keptState}>
        <Icon size={16} aria-hidden />
        <b>{wordsOf(kept, t)}</b>
      </div>
      <Text size="sm" c="dimmed">
        {kept.state === 'here'
          ? t('kept.hereSays')
          : kept.state === 'handed-over'
            ? t('kept.handedOverSays')
            : t('kept.heldSays')}
      </Text>
    </section>
  );
}

function wordsOf(kept: Kept, t: ReturnType<typeof useT>): string {
  switch (kept.state) {
    case 'here':
      return t('kept.here');
    case 'handed-over':
      return t('kept.handedOver');
    case 'held':
      return t('kept.held', { count: kept.devices });
  }
}
