import { Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './settings.module.css';

/** A part of the settings: what it is about on the left, what can be set on the right. */
export function Section(props: {
  readonly title: string;
  readonly says: string;
  readonly children: ReactNode;
}) {
  const { title, says, children } = props;
  const titleId = useId();
  return (
    <section className={classes.section} aria-labelledby={titleId}>
      <div>
        <Title order={2} id={titleId}>
          {title}
        </Title>
        <Text size="sm" c="dimmed">
          {says}
        </Text>
      </div>
      <Stack gap="md" align="stretch">
        {children}
      </Stack>
    </section>
  );
}
