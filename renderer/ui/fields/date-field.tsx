import { Button, Checkbox, Chip, Group, Stack, Text, TextInput } from '@mantine/core';
import { type RefObject, useId, useRef, useState } from 'react';
import { type Edtf, formatEdtf, type IsoDay, isEdtf, parseEdtf } from '@/core/model/edtf.ts';
import { useFormat, useT } from '../language/language.tsx';
import {
  doubtOf,
  EXACTNESS,
  type Exactness,
  endsOf,
  exactnessOf,
  joinEnds,
  templateFor,
  withDoubt,
  withExactness,
} from './date-choices.ts';
import { dayBefore, readTypedDate } from './date-text.ts';
import { type FieldProps, FieldShell, inputProps } from './field.tsx';
import { PLAIN_TYPING } from './typing/plain-typing.ts';

interface Line {
  readonly field: FieldProps;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly today: IsoDay;
  readonly input: RefObject<HTMLInputElement | null>;
  /** What is being typed; null while the value shows. */
  readonly typed: string | null;
  readonly onTyped: (typed: string | null) => void;
}

/** One date as a line of text. As long as it has the focus it shows what was typed, then how that was understood. */
function DateLine({ field, value, onChange, today, input, typed, onTyped }: Line) {
  const t = useT();
  const format = useFormat();
  const wrong = typed === null && value !== '' && !isEdtf(value);
  return (
    <TextInput
      {...inputProps(
        { ...field, error: field.error ?? (wrong ? t('fields.date.notUnderstood') : null) },
        true,
      )}
      {...PLAIN_TYPING}
      ref={input}
      data-letters="off"
      placeholder={t('fields.date.placeholder')}
      value={typed ?? format.date(value, 'table')}
      onBlur={() => onTyped(null)}
      onChange={(event) => {
        const text = event.currentTarget.value;
        onTyped(text);
        onChange(text.trim() === '' ? '' : (readTypedDate(text, today) ?? text));
      }}
    />
  );
}

/** How exactly the date is known; a choice that would need a part nobody stated leads back to the line to type it. */
function DateChoices(props: {
  readonly edtf: Edtf;
  readonly onChange: (edtf: Edtf) => void;
  readonly onFiner: (wanted: Exactness) => void;
}) {
  const { edtf, onChange, onFiner } = props;
  const t = useT();
  const labelId = useId();
  const doubt = doubtOf(edtf);
  const choose = (wanted: Exactness) => {
    const next = withExactness(edtf, wanted);
    if (next === null) onFiner(wanted);
    else onChange(next);
  };
  return (
    <Group gap="xs" mt={6}>
      <Group role="radiogroup" aria-labelledby={labelId} gap={4}>
        <Text id={labelId} span size="xs" c="dimmed">
          {t('fields.date.exactness')}
        </Text>
        <Chip.Group
          value={exactnessOf(edtf)}
          onChange={(value) => {
            const wanted = EXACTNESS.find((code) => code === value);
            if (wanted !== undefined) choose(wanted);
          }}
        >
          {EXACTNESS.map((code) => (
            <Chip key={code} name={labelId} value={code} size="xs" variant="outline">
              {t(`fields.date.precision.${code}`)}
            </Chip>
          ))}
        </Chip.Group>
      </Group>
      <Group gap="sm" wrap="nowrap">
        <Checkbox
          size="xs"
          label={t('fields.date.about')}
          checked={doubt.about}
          onChange={(event) => onChange(withDoubt(edtf, { ...doubt, about: event.currentTarget.checked }))}
        />
        <Checkbox
          size="xs"
          label={t('fields.date.uncertain')}
          checked={doubt.uncertain}
          onChange={(event) =>
            onChange(withDoubt(edtf, { ...doubt, uncertain: event.currentTarget.checked }))
          }
        />
      </Group>
    </Group>
  );
}

/**
 * An EDTF level 1 date in one line of text, with its meaning in words and choices of how exactly it is known. What
 * cannot be read as a date is handed on as it was typed, so that nothing is lost; `checkObservation` refuses it.
 */
export function DateField(
  props: FieldProps & {
    readonly value: string;
    readonly onChange: (value: string) => void;
    /** The device's day: for the quick buttons, and for a year that was left out. */
    readonly today: IsoDay;
    /** False for a plain day such as that of a consent: no choices of exactness. */
    readonly choices?: boolean;
  },
) {
  const { value, onChange, today, choices = true } = props;
  const t = useT();
  const format = useFormat();
  const [typed, setTyped] = useState<string | null>(null);
  const [typedEnd, setTypedEnd] = useState<string | null>(null);
  const line = useRef<HTMLInputElement>(null);
  const end = useRef<HTMLInputElement>(null);
  const edtf = parseEdtf(value);
  const ends = endsOf(value);

  const finer = (wanted: Exactness) => {
    const template = edtf === null ? null : templateFor(edtf, wanted);
    line.current?.focus();
    if (template !== null) setTyped(template);
    // After the line has been drawn with the template.
    requestAnimationFrame(() => {
      if (template === null) line.current?.select();
      else line.current?.setSelectionRange(0, 0);
    });
  };
  // The button goes with the choice it offered; the focus returns to the line.
  const set = (day: IsoDay) => {
    onChange(day);
    line.current?.focus();
  };
  const typeFrom = (from: string) => {
    if (ends === null || endsOf(from) !== null) onChange(from);
    else onChange(joinEnds({ ...ends, from }));
  };

  return (
    <FieldShell history={props.history}>
      <Stack gap="xs">
        <DateLine
          field={props}
          value={ends === null ? value : ends.from}
          onChange={typeFrom}
          today={today}
          input={line}
          typed={typed}
          onTyped={setTyped}
        />
        {ends !== null && (
          <DateLine
            field={{ label: t('fields.date.to') }}
            value={ends.to}
            onChange={(to) => onChange(joinEnds({ ...ends, to }))}
            today={today}
            input={end}
            typed={typedEnd}
            onTyped={setTypedEnd}
          />
        )}
      </Stack>
      <Text size="sm" c="dimmed" aria-live="polite" mt={edtf === null ? 0 : 4}>
        {edtf !== null && t('fields.date.means', { words: format.date(value) })}
      </Text>
      {value === '' && (
        <Group gap="xs" mt={6}>
          <Button variant="default" size="compact-sm" onClick={() => set(today)}>
            {t('fields.date.today')}
          </Button>
          <Button variant="default" size="compact-sm" onClick={() => set(dayBefore(today))}>
            {t('fields.date.yesterday')}
          </Button>
        </Group>
      )}
      {choices && edtf !== null && (
        <DateChoices
          edtf={edtf}
          onChange={(next) => {
            onChange(formatEdtf(next));
            if (next.kind === 'interval' && edtf.kind === 'date')
              requestAnimationFrame(() => end.current?.focus());
          }}
          onFiner={finer}
        />
      )}
    </FieldShell>
  );
}
