import { Code, Text, Title } from '@mantine/core';
import { useWorkspace } from '../app/workspace.tsx';
import stack from '../kit/stack.module.css';
import { useT } from '../language/language.tsx';
import { SaveFile } from './save-file.tsx';
import classes from './team.module.css';

/** What whoever runs the relay types next, beside the file. */
const COMMAND = 'npm run relay -- init --from team.json';

/** For coordinators: the list of devices that a relay is set up from. */
export function RelayList() {
  const t = useT();
  const { team } = useWorkspace();
  return (
    <section aria-labelledby="relay-list" className={classes.invitations}>
      <div>
        <Title order={2} id="relay-list">
          {t('team.relay.title')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('team.relay.says')}
        </Text>
      </div>
      <SaveFile
        label={t('team.relay.save')}
        save={() => team.saveDevices()}
        next={
          <>
            <Text size="sm">{t('team.relay.next')}</Text>
            <Code block className={stack.path}>
              {COMMAND}
            </Code>
          </>
        }
      />
    </section>
  );
}
