import { Checkbox, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { AlertIcon } from '../kit/icons.ts';
import { useT } from '../language/language.tsx';
import classes from './export.module.css';
import type { ChoiceProps } from './export-form.tsx';

/** What stays out unless somebody ticks it, with how much of it there is, and what has to be said in any case. */
export function LeaveOut({ facts, choices, onChange }: ChoiceProps) {
  const t = useT();
  const { preview } = facts;
  return (
    <Stack gap="xs">
      <Kept
        label={t('export.leaveOut.sensitive')}
        count={preview.sensitiveFields}
        says={t('export.leaveOut.sensitiveCount', { count: preview.sensitiveFields })}
        checked={choices.includeSensitive}
        onChange={(includeSensitive) => onChange({ includeSensitive })}
      />
      <Kept
        label={t('export.leaveOut.names')}
        count={preview.names}
        says={t('export.leaveOut.namesCount', { count: preview.names })}
        checked={choices.includeNames}
        onChange={(includeNames) => onChange({ includeNames })}
      />
      <Kept
        label={t('export.leaveOut.confidential')}
        count={preview.confidential}
        says={t('export.leaveOut.confidentialCount', { count: preview.confidential })}
        checked={choices.includeConfidential}
        onChange={(includeConfidential) => onChange({ includeConfidential })}
      />
      {preview.withoutConsent > 0 && (
        <Warning>{t('export.leaveOut.withoutConsent', { count: preview.withoutConsent })}</Warning>
      )}
      {preview.conflicts > 0 && (
        <Warning>{t('export.leaveOut.conflicts', { count: preview.conflicts })}</Warning>
      )}
    </Stack>
  );
}

function Kept(props: {
  readonly label: string;
  readonly says: string;
  readonly count: number;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}) {
  const { label, says, count, checked, onChange } = props;
  const t = useT();
  return (
    <Checkbox
      label={label}
      description={count === 0 ? t('export.leaveOut.nothing') : says}
      checked={checked}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

function Warning({ children }: { readonly children: ReactNode }) {
  return (
    <div className={classes.warning}>
      <AlertIcon size={18} aria-hidden />
      <span>{children}</span>
    </div>
  );
}
