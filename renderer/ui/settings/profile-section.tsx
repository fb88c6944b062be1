import { TextInput } from '@mantine/core';
import type { Profile } from '@/core/workspace.ts';
import { useWorkspace } from '../app/workspace.tsx';
import { ChooseVersion, type IsContested } from '../conflicts/several-versions.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { useT } from '../language/language.tsx';
import { useWriting } from '../space/write-button.tsx';
import { useKeptText } from './kept-text.ts';
import { Section } from './section.tsx';

/** Who works here. */
export function ProfileSection(props: { readonly profile: Profile; readonly isContested: IsContested }) {
  const { profile, isContested } = props;
  const t = useT();
  const workspace = useWorkspace();
  const name = useKeptText(profile.name, {
    label: ({ t }) => t('vault.name.label'),
    keep: (text) => workspace.vault.setProfile({ name: text }),
    accepts: (text) => text !== '',
  });
  const shut = useWriting();
  return (
    <Section title={t('settings.profile.title')} says={t('settings.profile.says')}>
      <TextInput
        label={t('vault.name.label')}
        description={shut}
        readOnly={shut !== null}
        value={name.text}
        error={name.text.trim() === '' ? t('vault.name.missing') : null}
        maxLength={80}
        autoComplete="off"
        maw="24rem"
        onChange={(event) => name.type(event.currentTarget.value)}
        onBlur={() => void name.commit()}
        onKeyDown={(event) => {
          if (event.code === 'Enter' || event.code === 'NumpadEnter') void name.commit();
        }}
      />
      {isContested(profile.member, 'name') && <ChooseVersion />}
      {name.error !== null && <ErrorNote error={name.error} />}
    </Section>
  );
}
