import { Text, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { useT } from '../language/language.tsx';
import classes from './vault.module.css';

/** One screen of a closed vault. Coming from another one, its title takes the focus, so that it is read out. */
export function Step(props: {
  readonly title: string;
  readonly children: ReactNode;
  readonly figures?: { readonly done: number; readonly total: number };
  /** The first screen leaves the focus to its own first field. */
  readonly first?: boolean;
}) {
  const { title, children, figures, first = false } = props;
  const t = useT();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!first) heading.current?.focus();
  }, [first]);
  return (
    <div className={classes.panel}>
      {figures && (
        <Text size="sm" c="dimmed">
          {t('vault.first.step', { done: figures.done, total: figures.total })}
        </Text>
      )}
      <Title order={1} mb="sm" tabIndex={-1} ref={heading}>
        {title}
      </Title>
      {children}
    </div>
  );
}
