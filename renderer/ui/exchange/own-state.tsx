import { Text, Title } from '@mantine/core';
import type { SyncOverview } from '@/core/team-doors.ts';
import { HandedOverIcon, HeldIcon, HereIcon } from '../kit/icons.ts';
import { useFormat, useT } from '../language/language.tsx';
import classes from './exchange.module.css';
import { type OwnEdits, ownEdits } from './own-edits.ts';

const STEPS = [
  ['here', HereIcon],
  ['handedOver', HandedOverIcon],
  ['held', HeldIcon],
] as const satisfies readonly (readonly [keyof OwnEdits, unknown])[];

/** Everything that was written on this device, by how far it has come; nothing is called safe that is not confirmed. */
export function OwnState({ own }: { readonly own: SyncOverview['own'] }) {
  const t = useT();
  const format = useFormat();
  const edits = ownEdits(own);
  const says =
    edits.all === 0
      ? t('exchange.own.nothing')
      : edits.here > 0
        ? t('exchange.own.honest')
        : edits.handedOver > 0
          ? t('exchange.own.underWay')
          : t('exchange.own.safe');
  return (
    <section aria-labelledby="own-edits" className={classes.own}>
      <Title order={2} id="own-edits">
        {t('exchange.own.title')}
      </Title>
      <dl className={classes.steps}>
        {STEPS.map(([step, Icon]) => (
          <div
            key={step}
            className={classes.step}
            data-step={step}
            data-none={edits[step] === 0 || undefined}
          >
            <dt>
              <Icon size={18} aria-hidden className={classes.stepIcon} />
              {t(`exchange.own.${step}`)}
            </dt>
            <dd>{format.number(edits[step])}</dd>
          </div>
        ))}
        <div className={classes.step}>
          <dt>{t('exchange.own.all')}</dt>
          <dd>{format.number(edits.all)}</dd>
        </div>
      </dl>
      <Text size="sm">{says}</Text>
    </section>
  );
}
