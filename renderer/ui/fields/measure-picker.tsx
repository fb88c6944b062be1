import { Stack } from '@mantine/core';
import type { Observation } from '@/core/model/observation.ts';
import { useReference } from '../app/reference.tsx';
import { CodeSelect } from './code-select.tsx';
import { FieldLabel, type FieldProps } from './field.tsx';
import { LineField } from './line-field.tsx';

type Links = Observation['links'];

/** Links to measures of the catalogue, each with a direction and a comment. */
export function MeasurePicker(
  props: FieldProps & {
    readonly value: Links;
    readonly onChange: (value: Links) => void;
    /** Themes of the observation: their measures are suggested. */
    readonly themes: readonly string[];
  },
) {
  const { value, onChange } = props;
  const { catalogue } = useReference();
  return (
    <FieldLabel {...props}>
      <Stack gap="sm">
        {Object.entries(value).map(([code, link]) => (
          <Stack key={code} gap="xs">
            <span>{code}</span>
            <CodeSelect
              label={code}
              vocabulary="directions"
              value={link.direction}
              clearable={false}
              onChange={(direction) =>
                onChange({ ...value, [code]: { ...link, direction: direction as typeof link.direction } })
              }
            />
            <LineField
              label={code}
              value={link.comment}
              onChange={(comment) => onChange({ ...value, [code]: { ...link, comment } })}
            />
          </Stack>
        ))}
        <CodeSelect
          label={props.label}
          options={catalogue.areas.flatMap((area) =>
            area.measures.map(({ code }) => ({
              code,
              label: { en: code, ru: code, ky: code, 'uz-Latn': code, 'uz-Cyrl': code },
            })),
          )}
          value={null}
          onChange={(code) =>
            code !== null && onChange({ ...value, [code]: { direction: 'no-change', comment: '' } })
          }
        />
      </Stack>
    </FieldLabel>
  );
}
