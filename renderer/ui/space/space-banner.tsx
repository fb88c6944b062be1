import { Alert, Button, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Space } from '@/core/workspace.ts';
import { useWorkspace } from '../app/workspace.tsx';
import { AlertIcon } from '../kit/icons.ts';
import { useFormat, useT } from '../language/language.tsx';
import { useSpace } from './space-state.tsx';
import { FULL_SAYS } from './write-button.tsx';

/** Above every screen while the vault's drive is low on room or full; nothing otherwise. */
export function SpaceBanner() {
  const workspace = useWorkspace();
  const space = useSpace();
  const [closed, setClosed] = useState(false);
  const level = space?.level;
  useEffect(() => {
    if (level !== 'low') setClosed(false);
  }, [level]);
  switch (space?.level) {
    case 'low':
      return closed ? null : <Low space={space} onClose={() => setClosed(true)} />;
    case 'full':
      return <Full space={space} onLook={() => workspace.space.look()} />;
    default:
      return null;
  }
}

function Low({ space, onClose }: { readonly space: Space; readonly onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  return (
    <Alert
      mb="md"
      role="status"
      color="yellow"
      icon={<AlertIcon aria-hidden />}
      title={t('space.low.says', { size: format.fileSize(space.freeBytes ?? 0) })}
      withCloseButton
      closeButtonLabel={t('kit.close')}
      onClose={onClose}
    >
      <Text size="sm">{t('space.low.todo')}</Text>
    </Alert>
  );
}

function Full(props: { readonly space: Space; readonly onLook: () => Promise<Space> }) {
  const { space, onLook } = props;
  const t = useT();
  const format = useFormat();
  const [looking, setLooking] = useState(false);
  const [looked, setLooked] = useState(false);
  const look = async () => {
    setLooking(true);
    setLooked(false);
    // A host that does not answer leaves everything as it is, which is what is said then.
    await onLook().catch(() => undefined);
    setLooking(false);
    setLooked(true);
  };
  return (
    <Alert
      mb="md"
      color="red"
      icon={<AlertIcon aria-hidden />}
      title={<span id={FULL_SAYS}>{t('space.full.says')}</span>}
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t('space.full.can')}</Text>
        <Text size="sm">{t('space.full.todo')}</Text>
        {space.freeBytes !== null && (
          <Text size="sm">{t('space.full.left', { size: format.fileSize(space.freeBytes) })}</Text>
        )}
        <Button size="xs" variant="default" disabled={looking} onClick={() => void look()}>
          {t('kit.retry')}
        </Button>
        <Text size="sm" role="status">
          {looked && !looking ? t('space.full.still') : ''}
        </Text>
      </Stack>
    </Alert>
  );
}
