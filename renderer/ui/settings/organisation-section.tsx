import { TextInput } from '@mantine/core';
import { Fragment, useEffect, useState } from 'react';
import type { Locale } from '@/core/base/locales.ts';
import type { OrganisationSettings } from '@/core/workspace.ts';
import { useWorkspace } from '../app/workspace.tsx';
import { ChooseVersion, type IsContested } from '../conflicts/several-versions.tsx';
import { Busy } from '../kit/busy.tsx';
import { ErrorNote } from '../kit/error-note.tsx';
import { GrowingText } from '../kit/growing-text.tsx';
import { useT } from '../language/language.tsx';
import { LANGUAGE_ORDER, OWN_NAMES } from '../language/own-names.ts';
import { useWriting } from '../space/write-button.tsx';
import { useKeptText } from './kept-text.ts';
import { Section } from './section.tsx';

/** The record of the settings, as conflicts name it. */
const RECORD = 'organisation';

/** What every export says about who made it. */
export function OrganisationSection({ isContested }: { readonly isContested: IsContested }) {
  const t = useT();
  const workspace = useWorkspace();
  const [settings, setSettings] = useState<OrganisationSettings | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    workspace.organisation.settings().then(setSettings, setError);
  }, [workspace]);
  return (
    <Section title={t('settings.organisation.title')} says={t('settings.organisation.says')}>
      {error !== null && <ErrorNote error={error} />}
      {error === null && settings === null && <Busy />}
      {settings !== null && (
        <>
          <OrganisationName settings={settings} />
          {isContested(RECORD, 'organisation') && <ChooseVersion />}
          {LANGUAGE_ORDER.map((locale) => (
            <Fragment key={locale}>
              <LegalLabel locale={locale} settings={settings} />
              {isContested(RECORD, `legalLabel/${locale}`) && <ChooseVersion />}
            </Fragment>
          ))}
        </>
      )}
    </Section>
  );
}

function OrganisationName({ settings }: { readonly settings: OrganisationSettings }) {
  const t = useT();
  const workspace = useWorkspace();
  const name = useKeptText(settings.organisation, {
    label: ({ t }) => t('settings.organisation.name'),
    keep: (organisation, before) =>
      workspace.organisation.setSettings({ organisation }, { organisation: before }),
  });
  const shut = useWriting();
  return (
    <>
      <TextInput
        label={t('settings.organisation.name')}
        description={shut}
        readOnly={shut !== null}
        value={name.text}
        maxLength={200}
        autoComplete="off"
        onChange={(event) => name.type(event.currentTarget.value)}
        onBlur={() => void name.commit()}
      />
      {name.error !== null && <ErrorNote error={name.error} />}
    </>
  );
}

function LegalLabel(props: { readonly locale: Locale; readonly settings: OrganisationSettings }) {
  const { locale, settings } = props;
  const t = useT();
  const workspace = useWorkspace();
  const words = t('settings.organisation.label', { language: OWN_NAMES[locale] });
  const label = useKeptText(settings.legalLabel[locale] ?? '', {
    label: (wording) => wording.t('settings.organisation.label', { language: OWN_NAMES[locale] }),
    keep: (text, before) =>
      workspace.organisation.setSettings(
        { legalLabel: { [locale]: text } },
        { legalLabel: { [locale]: before } },
      ),
  });
  const shut = useWriting();
  return (
    <>
      <GrowingText
        label={words}
        description={shut}
        readOnly={shut !== null}
        lang={locale}
        value={label.text}
        rows={2}
        maxLength={2000}
        autoComplete="off"
        onChange={(event) => label.type(event.currentTarget.value)}
        onBlur={() => void label.commit()}
      />
      {label.error !== null && <ErrorNote error={label.error} />}
    </>
  );
}
