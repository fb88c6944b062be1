import { Text, Title } from '@mantine/core';
import type { Json } from '@/core/base/json.ts';
import { useT } from '../../language/language.tsx';
import classes from './view.module.css';

/** What a newer version wrote and this one cannot read: kept, and shown as it stands. */
export function Unread({ fields }: { readonly fields: Readonly<Record<string, Json>> }) {
  const t = useT();
  const entries = Object.entries(fields);
  if (entries.length === 0) return null;
  return (
    <section aria-labelledby="unread">
      <Title order={2} id="unread">
        {t('observation.view.unread')}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {t('observation.view.unreadSays')}
      </Text>
      <dl className={classes.facts}>
        {entries.map(([name, value]) => (
          <div key={name} className={classes.fact}>
            <dt>{name}</dt>
            <dd className={classes.asTyped}>{JSON.stringify(value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
