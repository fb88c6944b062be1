import { Stack } from '@mantine/core';
import { useT } from '../language/language.tsx';
import { WipeFacts, WipeOpener } from '../vault/wipe.tsx';
import { Section } from './section.tsx';

/** The quick wipe, with all that it does and does not achieve, to be read before it is needed. */
export function WipeSection() {
  const t = useT();
  return (
    <Section title={t('vault.wipe.title')} says={t('vault.wipe.says')}>
      <Stack gap="xs">
        <WipeFacts />
      </Stack>
      <WipeOpener quiet={false} />
    </Section>
  );
}
