import { Button, Group, Radio } from '@mantine/core';
import { useT } from '../language/language.tsx';
import { FieldLabel, type FieldProps } from './field.tsx';

const ANSWERS = ['yes', 'no', 'unknown'] as const;

/** `yes`, `no` or `unknown`; null while nobody answered, which is not the same. */
export function YesNoField(
  props: FieldProps & {
    readonly value: string | null;
    readonly onChange: (value: string | null) => void;
  },
) {
  const { value, onChange, id } = props;
  const t = useT();
  return (
    <FieldLabel {...props}>
      <Radio.Group value={value} onChange={onChange}>
        <Group gap="md" mih={30}>
          {ANSWERS.map((answer, index) => (
            <Radio
              key={answer}
              value={answer}
              label={t(`fields.yesNo.${answer}`)}
              {...(index === 0 && id !== undefined ? { id } : {})}
            />
          ))}
          {value !== null && value !== '' && (
            <Button variant="subtle" color="gray" size="compact-sm" onClick={() => onChange(null)}>
              {t('fields.yesNo.clear')}
            </Button>
          )}
        </Group>
      </Radio.Group>
    </FieldLabel>
  );
}
