import { Code, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useWorkspace } from '../app/workspace.tsx';
import { useT } from '../language/language.tsx';

/** Where the vault lies, as somebody would look for it; nothing when the program behind the page does not answer. */
export function VaultFolder() {
  const t = useT();
  const workspace = useWorkspace();
  const [folder, setFolder] = useState<string | null>(null);
  useEffect(() => {
    workspace.about().then(
      ({ home }) => setFolder(home),
      () => undefined,
    );
  }, [workspace]);
  if (folder === null) return null;
  return (
    <Text>
      {t('vault.trouble.folder')} <Code style={{ overflowWrap: 'anywhere' }}>{folder}</Code>
    </Text>
  );
}
