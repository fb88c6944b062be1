import { Anchor, Box, Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { BackIcon } from './icons.ts';

/**
 * The top of a screen: its one `h1`, where it belongs, what can be done here. The window's own title stays
 * "Baikoo": browsers write page titles into their history, and a title may hold what nobody else should read.
 */
export function PageHeader(props: {
  readonly title: ReactNode;
  readonly subtitle?: ReactNode;
  readonly back?: { readonly href: string; readonly label: string };
  /** Buttons, at the end of the title's line, below it where it is narrow. */
  readonly actions?: ReactNode;
}) {
  const { title, subtitle, back, actions } = props;
  return (
    <Box component="header" mb="md">
      {back && (
        <Anchor href={back.href} size="sm" style={{ display: 'inline-flex', alignItems: 'center', gap: 4 }}>
          <BackIcon size={16} aria-hidden />
          {back.label}
        </Anchor>
      )}
      <Group justify="space-between" align="flex-start" gap="sm">
        <Box style={{ flex: '1 1 16rem', minWidth: 0 }}>
          <Title order={1} tabIndex={-1}>
            {title}
          </Title>
          {subtitle && (
            <Text component="div" c="dimmed" size="sm">
              {subtitle}
            </Text>
          )}
        </Box>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
    </Box>
  );
}
