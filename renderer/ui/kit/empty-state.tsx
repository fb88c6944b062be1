import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** What stands where nothing is to be shown: why, and what to do about it. */
export function EmptyState(props: {
  readonly title: string;
  readonly children?: ReactNode;
  /** Decorative. */
  readonly icon?: ReactNode;
  /** The one thing to do next. */
  readonly action?: ReactNode;
  /** The title's level; 1 where the page has no other. */
  readonly order?: 1 | 2 | 3;
}) {
  const { title, children, icon, action, order = 2 } = props;
  return (
    <Stack align="center" gap="xs" py="xl" px="md" ta="center" maw="36rem" mx="auto">
      {icon && (
        <Text component="span" c="dimmed" aria-hidden lh={1}>
          {icon}
        </Text>
      )}
      <Title order={order} size="h3">
        {title}
      </Title>
      {children && (
        <Text component="div" c="dimmed">
          {children}
        </Text>
      )}
      {action}
    </Stack>
  );
}
