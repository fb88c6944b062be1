import { Anchor, Button, Code, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { About } from '@/core/workspace.ts';
import { useWorkspace } from '../app/workspace.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { FolderIcon } from '../kit/icons.ts';
import { useFormat, useT } from '../language/language.tsx';
import { LIBRARIES } from './libraries.ts';
import { Section } from './section.tsx';
import classes from './settings.module.css';
import { UpdatesPart } from './updates-part.tsx';

/** What page mode is told its folder by. */
const HOME = 'npm start -- --home DIR';

/** Which program this is, where it keeps things, and what it is made of. */
export function AboutSection() {
  const t = useT();
  const format = useFormat();
  const workspace = useWorkspace();
  const [about, setAbout] = useState<About | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(() => {
    workspace.about().then(setAbout, () => undefined);
  }, [workspace]);
  return (
    <Section title={t('settings.about.title')} says={t('settings.about.says')}>
      {about !== null && (
        <dl className={classes.facts}>
          <dt>{t('settings.about.version')}</dt>
          <dd>{about.version}</dd>
          <dt>{t('settings.about.mode')}</dt>
          <dd>{t(`settings.about.modes.${about.mode}`)}</dd>
          <dt>{t('settings.about.folder')}</dt>
          <dd>
            <Code>{about.home}</Code>
          </dd>
          {about.freeBytes !== null && (
            <>
              <dt>{t('settings.about.free')}</dt>
              <dd>{format.fileSize(about.freeBytes)}</dd>
            </>
          )}
        </dl>
      )}
      {about?.mode === 'electron' && (
        <Button
          variant="default"
          leftSection={<FolderIcon size={18} aria-hidden />}
          style={{ alignSelf: 'flex-start' }}
          onClick={() => workspace.showFolder().catch(setFailure)}
        >
          {t('shell.menu.folder')}
        </Button>
      )}
      {about?.mode === 'page' && <Text size="sm">{t('settings.about.otherFolder', { option: HOME })}</Text>}
      {failure !== null && <ErrorNote error={failure} />}
      <Text size="sm">{t('settings.about.backup')}</Text>
      <Text size="sm">{t('settings.about.quiet')}</Text>
      <UpdatesPart />
      <Text size="sm">{t('settings.about.licence')}</Text>
      <details>
        <Anchor component="summary" size="sm">
          {t('settings.about.libraries')}
        </Anchor>
        <ul lang="en">
          {LIBRARIES.map(({ name, licence }) => (
            <li key={name}>
              {name}: {licence}
            </li>
          ))}
        </ul>
      </details>
    </Section>
  );
}
