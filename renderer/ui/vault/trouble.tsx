import { Button, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useVaultState } from '../app/vault-state.tsx';
import { useCodeText } from '../language/error-text.ts';
import { useT } from '../language/language.tsx';
import { Step } from './step.tsx';
import { VaultFolder } from './vault-folder.tsx';

/** Asks the vault's state again, and says when it is still the same. */
function Retry({ still }: { readonly still: string }) {
  const t = useT();
  const { refresh } = useVaultState();
  const [asking, setAsking] = useState(false);
  const [asked, setAsked] = useState(0);
  const ask = async () => {
    setAsking(true);
    await refresh();
    setAsking(false);
    setAsked(asked + 1);
  };
  return (
    <Stack gap="xs" align="flex-start">
      <Button loading={asking} onClick={() => void ask()}>
        {t('kit.retry')}
      </Button>
      <Text size="sm" c="dimmed" role="status" mih="1.4rem">
        {asked > 0 && !asking ? <span key={asked}>{still}</span> : null}
      </Text>
    </Stack>
  );
}

function Trouble(props: { readonly code: string; readonly still: string; readonly children?: ReactNode }) {
  const { code, still, children } = props;
  const text = useCodeText()(code);
  return (
    <Step title={text.says} first>
      <Stack gap="md">
        <Text>{text.todo}</Text>
        {children}
        <Retry still={still} />
      </Stack>
    </Step>
  );
}

/** Another window, tab or program holds the vault; nothing is changed from here. */
export function VaultBusy() {
  const t = useT();
  return (
    <Trouble code="host/busy" still={t('vault.trouble.stillBusy')}>
      <Text>{t('vault.trouble.nothingChanged')}</Text>
    </Trouble>
  );
}

/** What lies in the folder is no vault that this version can open, or nothing can be written there. */
export function VaultUnusable({ code }: { readonly code: string }) {
  const t = useT();
  return (
    <Trouble code={code} still={t('vault.trouble.stillUnusable')}>
      <VaultFolder />
    </Trouble>
  );
}
