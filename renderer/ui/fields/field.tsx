import { Text } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { AlertIcon } from '../kit/icons.ts';
import classes from './field.module.css';

/** What every field of this folder takes besides its value. */
export interface FieldProps {
  readonly label: string;
  /** The label is only read out: in a table, whose headings say it. */
  readonly labelHidden?: boolean;
  /** What to write here, in a few words, under the label. */
  readonly hint?: string | null | undefined;
  /** Refuses the value; says what to do. */
  readonly error?: string | null | undefined;
  /** Says what looks odd; the value can stand as it is. */
  readonly warning?: string | readonly string[] | null | undefined;
  /** At the end of the label's line: a button that opens the field's history, for instance. */
  readonly history?: ReactNode;
  /** Of the control that takes the focus, so that a list of problems can lead there. */
  readonly id?: string | undefined;
}

const listOf = (warning: FieldProps['warning']): readonly string[] =>
  warning === null || warning === undefined || warning === ''
    ? []
    : typeof warning === 'string'
      ? [warning]
      : warning;

/** Error and warnings of a field, each with a sign that does not depend on colour. */
export function FieldNotes(props: Pick<FieldProps, 'error' | 'warning'> & { readonly id?: string }) {
  const { error, warning, id } = props;
  const warnings = listOf(warning);
  if ((error ?? '') === '' && warnings.length === 0) return null;
  return (
    <div id={id} className={classes.notes}>
      {(error ?? '') !== '' && (
        <div className={classes.note} data-level="error">
          <AlertIcon size={16} aria-hidden />
          <span>{error}</span>
        </div>
      )}
      {warnings.map((text) => (
        <div key={text} className={classes.note} data-level="warning">
          <AlertIcon size={16} aria-hidden />
          <span>{text}</span>
        </div>
      ))}
    </div>
  );
}

/** Room on the label's line for what stands at its end; `wide` with a language among it. */
const labelClass = (slots: boolean | 'wide'): string =>
  slots === false
    ? `${classes.label}`
    : `${classes.label} ${slots === 'wide' ? classes.withWideSlots : classes.withSlots}`;

/**
 * A field's label, notes and slots as props of a Mantine input. Warnings stand where the error does and are read
 * out with the control, but only an error makes it invalid.
 */
export function inputProps(field: FieldProps, slots: boolean | 'wide' = false) {
  const { label, labelHidden = false, hint, error, warning, id } = field;
  const noted = (error ?? '') !== '' || listOf(warning).length > 0;
  return {
    ...(labelHidden ? { 'aria-label': label } : { label }),
    ...(id === undefined ? {} : { id }),
    description: hint ?? undefined,
    error: (error ?? '') !== '',
    labelProps: { className: labelClass(slots) },
    wrapperProps: {
      error: noted ? <FieldNotes error={error} warning={warning} /> : undefined,
      errorProps: { component: 'div', mt: 4 },
    },
  } as const;
}

/** Lists open where they are in the document, inside its landmark: read out in place, and the next stop of Tab is right. */
export const IN_PLACE = { withinPortal: false } as const;

/** Around a control: puts what belongs to the label's line at its end. */
export function FieldShell(props: {
  readonly history?: ReactNode;
  readonly slots?: ReactNode;
  readonly children: ReactNode;
}) {
  const { history, slots, children } = props;
  return (
    <div className={classes.field}>
      {children}
      {(slots || history) && (
        <div className={classes.slots}>
          {slots}
          {history}
        </div>
      )}
    </div>
  );
}

/** A label for several controls that make one field; their notes stand below them. */
export function FieldLabel(
  props: FieldProps & {
    /** `aria-describedby` of the controls that the notes are about. */
    readonly children: ReactNode | ((describedBy: string | undefined) => ReactNode);
    readonly slots?: ReactNode;
  },
) {
  const { label, hint, error, warning, history, slots, children } = props;
  const base = useId();
  const noted = (error ?? '') !== '' || listOf(warning).length > 0;
  const described = [hint ? `${base}-hint` : '', noted ? `${base}-notes` : ''].filter((id) => id !== '');
  const describedBy = described.length > 0 ? described.join(' ') : undefined;
  return (
    <FieldShell history={history} slots={slots}>
      <fieldset className={classes.group} aria-describedby={describedBy}>
        <Text component="legend" size="sm" className={labelClass(Boolean(slots || history))}>
          {label}
        </Text>
        <div>
          {hint && (
            <Text id={`${base}-hint`} size="xs" c="dimmed" mb={4}>
              {hint}
            </Text>
          )}
          {typeof children === 'function' ? children(describedBy) : children}
          {noted && (
            <div style={{ marginTop: 4 }}>
              <FieldNotes id={`${base}-notes`} error={error} warning={warning} />
            </div>
          )}
        </div>
      </fieldset>
    </FieldShell>
  );
}
