import type { Json } from '@/core/base/json.ts';
import { textSchema } from '@/core/model/observation.ts';
import { CodeSelect } from '../../fields/code-select.tsx';
import { DateField } from '../../fields/date-field.tsx';
import { LineField } from '../../fields/line-field.tsx';
import { TextWithLanguage } from '../../fields/text-with-language.tsx';
import { useFieldNames } from '../field-names.ts';
import { localToday } from '../form/today.ts';
import { CODED, DATES } from '../value-words.ts';

const LINES = [
  'village',
  'placeNote',
  'source',
  'consentPurpose',
  'reviewNote',
  'indicatorDefinition',
  'indicatorUnit',
];

/** True for registers that `RegisterEditor` can edit on the spot; the others are edited in the form. */
export const isEditableHere = (register: string, value: Json): boolean =>
  textSchema.safeParse(value).success ||
  (typeof value === 'string' && (register in CODED || DATES.includes(register) || LINES.includes(register)));

/** One control for one register's value, whatever its kind. */
export function RegisterEditor(props: {
  readonly register: string;
  readonly value: Json;
  readonly onChange: (value: Json) => void;
}) {
  const { register, value, onChange } = props;
  const label = useFieldNames()(register);
  const text = textSchema.safeParse(value);
  if (text.success) {
    return (
      <TextWithLanguage
        label={label}
        multiline={register !== 'title'}
        minRows={6}
        value={text.data}
        onChange={onChange}
      />
    );
  }
  const line = typeof value === 'string' ? value : '';
  const vocabulary = CODED[register];
  if (vocabulary !== undefined) {
    return (
      <CodeSelect
        label={label}
        vocabulary={vocabulary}
        clearable={false}
        value={line}
        onChange={(code) => code !== null && onChange(code)}
      />
    );
  }
  return DATES.includes(register) ? (
    <DateField label={label} value={line} onChange={onChange} today={localToday()} />
  ) : (
    <LineField label={label} multiline value={line} onChange={onChange} />
  );
}
