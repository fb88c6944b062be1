import { useContested } from '../conflicts/several-versions.tsx';
import { Busy } from '../kit/busy.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { PageHeader } from '../kit/page-header.tsx';
import { useT } from '../language/language.tsx';
import { useProfile } from '../vault/profile.ts';
import { AboutSection } from './about-section.tsx';
import { FormsSection } from './forms-section.tsx';
import { LookSection } from './look-section.tsx';
import { OrganisationSection } from './organisation-section.tsx';
import { ProfileSection } from './profile-section.tsx';
import { SafetySection } from './safety-section.tsx';
import { SecuritySection } from './security-section.tsx';
import { WipeSection } from './wipe-section.tsx';

export function SettingsScreen() {
  const t = useT();
  const { profile, error, reload } = useProfile();
  const isContested = useContested();
  return (
    <>
      <PageHeader title={t('app.nav.settings')} subtitle={t('settings.says')} />
      {error !== null && <ErrorNote error={error} onRetry={() => void reload()} />}
      {profile === null && error === null && <Busy />}
      {profile !== null && (
        <>
          <ProfileSection profile={profile} isContested={isContested} />
          <SecuritySection profile={profile} onChanged={() => void reload()} />
          <SafetySection />
          <OrganisationSection isContested={isContested} />
          <FormsSection isContested={isContested} />
          <LookSection />
          <WipeSection />
          <AboutSection />
        </>
      )}
    </>
  );
}
