import { Checkbox, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { AlertIcon } from '../kit/icons.ts';
import { useT } from '../language/language.tsx';
import type { ChoiceProps } from './choice-props.ts';
import classes from './export.module.css';

/** What stays out unless somebody ticks it, with how much of it there is, and what has to be said in any case. */
export function LeaveOut({ facts, choices, onChange }: ChoiceProps) {
  const t = useT();
  const { preview } = facts;
  return (
    <Stack gap="xs">
      <Kept
        label={t('export.leaveOut.sensitive')}
        count={preview?.sensitiveFields ?? null}
        says={(count) => t('export.leaveOut.sensitiveCount', { count })}
        checked={choices.includeSensitive}
        onChange={(includeSensitive) => onChange({ includeSensitive })}
      />
      <Kept
        label={t('export.leaveOut.names')}
        count={preview?.names ?? null}
        says={(count) => t('export.leaveOut.namesCount', { count })}
        checked={choices.includeNames}
        onChange={(includeNames) => onChange({ includeNames })}
      />
      <Kept
        label={t('export.leaveOut.confidential')}
        count={preview?.confidential ?? null}
        says={(count) => t('export.leaveOut.confidentialCount', { count })}
        checked={choices.includeConfidential}
        onChange={(includeConfidential) => onChange({ includeConfidential })}
      />
      {preview !== null && preview.withoutConsent > 0 && (
        <Warning>{t('export.leaveOut.withoutConsent', { count: preview.withoutConsent })}</Warning>
      )}
      {preview !== null && preview.conflicts > 0 && (
        <Warning>{t('export.leaveOut.conflicts', { count: preview.conflicts })}</Warning>
      )}
    </Stack>
  );
}

function Kept(props: {
  readonly label: string;
  /** Null while it is being counted. */
  readonly count: number | null;
  readonly says: (count: number) => string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}) {
  const { label, says, count, checked, onChange } = props;
  const t = useT();
  return (
    <Checkbox
      label={label}
      description={
        count === null
          ? t('export.leaveOut.counting')
          : count === 0
            ? t('export.leaveOut.nothing')
            : says(count)
      }
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
