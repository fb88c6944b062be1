import { Alert } from '@mantine/core';
import { useState } from 'react';
import { AlertIcon } from '../kit/icons.ts';
import { useT } from '../language/language.tsx';
import { DropZone } from './drop-zone.tsx';

/** A file that is dropped on a closed vault opens nothing, least of all in place of the page. */
export function LockedDrop() {
  const t = useT();
  const [dropped, setDropped] = useState(false);
  return (
    <>
      <DropZone onFiles={() => setDropped(true)} />
      {dropped && (
        <Alert
          mb="md"
          color="yellow"
          role="status"
          icon={<AlertIcon aria-hidden />}
          withCloseButton
          closeButtonLabel={t('kit.close')}
          onClose={() => setDropped(false)}
        >
          {t('incoming.locked')}
        </Alert>
      )}
    </>
  );
}
