import { Button } from '@mantine/core';
import { useWorkspace } from '../app/workspace.tsx';
import { Busy } from '../kit/busy.tsx';
import { useToast } from '../kit/toasts.tsx';
import { useT } from '../language/language.tsx';
import { ChoosePassphrase } from '../vault/choose-passphrase.tsx';
import { usePresentPassphrase } from './present-passphrase.tsx';

/** The present passphrase, and a new one in its place. */
export function ChangePassphrase({ onDone }: { readonly onDone: () => void }) {
  const t = useT();
  const { vault } = useWorkspace();
  const toast = useToast();
  const { busy, run, field, failure } = usePresentPassphrase();
  return (
    <ChoosePassphrase
      submitLabel={t('vault.recover.replace')}
      busy={busy}
      onSubmit={(next) =>
        void run(async (passphrase) => {
          await vault.changePassphrase({ passphrase }, next);
          toast({ text: ({ t }) => t('settings.security.changed') });
          onDone();
        })
      }
      before={field}
      otherActions={
        <Button variant="subtle" disabled={busy} onClick={onDone}>
          {t('kit.cancel')}
        </Button>
      }
    >
      {busy && <Busy label={t('vault.recover.replacing')} />}
      {failure}
    </ChoosePassphrase>
  );
}
