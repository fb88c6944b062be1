import { Group, Radio } from '@mantine/core';
import { DateField } from '../../fields/date-field.tsx';
import { LineField } from '../../fields/line-field.tsx';
import { useT } from '../../language/language.tsx';
import { localToday } from '../../observation/form/today.ts';
import classes from './correction.module.css';
import type { Problems, Typed } from './edit-state.ts';

/** Draft, or reviewed: by whom, on which day. */
export function ReviewChoice(props: {
  readonly typed: Typed;
  readonly onType: (edit: Partial<Typed>) => void;
  /** Null until somebody tried to save. */
  readonly problems: Problems | null;
}) {
  const { typed, onType, problems } = props;
  const t = useT();
  return (
    <div className={classes.review}>
      <Radio.Group
        label={t('catalogue.correction.state')}
        value={typed.reviewed ? 'reviewed' : 'draft'}
        onChange={(value) => onType({ reviewed: value === 'reviewed' })}
      >
        <Group gap="lg" mt={4}>
          <Radio value="draft" label={t('catalogue.correction.draft')} />
          <Radio value="reviewed" label={t('catalogue.correction.reviewed')} />
        </Group>
      </Radio.Group>
      {typed.reviewed && (
        <div className={classes.reviewer}>
          <LineField
            label={t('catalogue.correction.reviewer')}
            hint={t('catalogue.correction.reviewerHint')}
            value={typed.reviewer}
            maxLength={200}
            onChange={(reviewer) => onType({ reviewer })}
            error={problems?.reviewer === true ? t('catalogue.correction.noReviewer') : null}
          />
          <DateField
            label={t('catalogue.correction.on')}
            value={typed.on}
            onChange={(on) => onType({ on })}
            today={localToday()}
            choices={false}
            error={problems?.on === true ? t('catalogue.correction.noDay') : null}
          />
        </div>
      )}
    </div>
  );
}
