import { Collapse, Text, Title, UnstyledButton } from '@mantine/core';
import { type ComponentType, memo, useId } from 'react';
import { sameJson } from '@/core/base/json.ts';
import type { Problem } from '@/core/model/check-observation.ts';
import type { Observation } from '@/core/model/observation.ts';
import type { FieldProps } from '../../fields/field.tsx';
import { DownIcon, NextIcon } from '../../kit/icons.ts';
import { useT } from '../../language/language.tsx';
import { useFieldNames } from '../field-names.ts';
import { HistoryButton } from '../history/history-button.tsx';
import { useProblemText } from '../problem-text.ts';
import classes from './form.module.css';
import { ContestedMark, isContested } from './form-conflicts.tsx';
import { fieldId, type Section, type SectionCode, sectionId } from './sections.ts';

/** Some fields anew, or what they become of what they are. */
export type Edit = (part: Partial<Observation> | ((now: Observation) => Partial<Observation>)) => void;

/** What every section's body gets. It reads only what its section names. */
export interface BodyProps {
  readonly values: Observation;
  readonly edit: Edit;
  /** Name, notes, history and id of a register's control. */
  readonly field: (register: string) => FieldProps;
  readonly today: string;
  readonly historyOf: ((register: string) => void) | null;
}

interface Props {
  readonly section: Section;
  readonly Body: ComponentType<BodyProps>;
  readonly values: Observation;
  /** The problems of this section's fields. */
  readonly problems: readonly Problem[];
  /** Problems are shown: the section was left, or everything is to be looked at. */
  readonly checked: boolean;
  readonly open: boolean;
  readonly filled: readonly (keyof Observation)[];
  readonly today: string;
  readonly edit: Edit;
  readonly onToggle: (code: SectionCode) => void;
  readonly onLeave: (code: SectionCode) => void;
  /** Opens a field's history; null while there is no record. */
  readonly onHistory: ((register: string) => void) | null;
  readonly record: string | null;
  /** The record's registers that hold several versions. */
  readonly conflicts: readonly string[];
}

function FormSectionView(props: Props) {
  const {
    section,
    Body,
    values,
    problems,
    checked,
    open,
    filled,
    today,
    edit,
    onToggle,
    onLeave,
    onHistory,
    record,
    conflicts,
  } = props;
  const t = useT();
  const nameOf = useFieldNames();
  const textOf = useProblemText();
  const bodyId = useId();
  const title = t(`observation.sections.${section.code}`);

  const field = (register: string): FieldProps => {
    const here = checked ? problems.filter((problem) => problem.field === register) : [];
    const errors = here.filter(({ level }) => level === 'error').map(textOf);
    return {
      id: fieldId(register),
      label: nameOf(register),
      error: errors.length > 0 ? errors.join(' ') : null,
      warning: here.filter(({ level }) => level === 'warning').map(textOf),
      ...(onHistory === null || record === null
        ? {}
        : {
            history: (
              <>
                {isContested(register, conflicts) && <ContestedMark record={record} register={register} />}
                <HistoryButton register={register} onOpen={onHistory} inForm />
              </>
            ),
          }),
    };
  };

  return (
    <section
      className={classes.section}
      aria-labelledby={sectionId(section.code)}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) onLeave(section.code);
      }}
    >
      {section.plain ? (
        <Title order={2} id={sectionId(section.code)} className={classes.plainTitle} tabIndex={-1}>
          {title}
        </Title>
      ) : (
        <Title order={2} className={classes.foldTitle}>
          <UnstyledButton
            id={sectionId(section.code)}
            className={classes.fold}
            aria-expanded={open}
            aria-controls={bodyId}
            onClick={() => onToggle(section.code)}
          >
            {open ? <DownIcon size={18} aria-hidden /> : <NextIcon size={18} aria-hidden />}
            {/* The space keeps the two apart for a screen reader. */}
            <span>{title} </span>
            {!open && filled.length > 0 && (
              <Text span size="sm" c="dimmed" fw={400} className={classes.within}>
                {filled.map(nameOf).join(', ')}
              </Text>
            )}
          </UnstyledButton>
        </Title>
      )}
      <Collapse expanded={section.plain || open} id={bodyId} transitionDuration={0}>
        {(section.plain || open) && (
          <div className={classes.body}>
            <Body values={values} edit={edit} field={field} today={today} historyOf={onHistory} />
          </div>
        )}
      </Collapse>
    </section>
  );
}

const sameMembers = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one.length === other.length && one.every((member, i) => member === other[i]);

/** Typing in one section must not draw the others anew: a theme alone can have sixty questions. */
export const FormSection = memo(FormSectionView, (before, after) => {
  const { section } = after;
  return (
    before.section === section &&
    before.Body === after.Body &&
    before.open === after.open &&
    before.checked === after.checked &&
    before.today === after.today &&
    before.edit === after.edit &&
    before.onToggle === after.onToggle &&
    before.onLeave === after.onLeave &&
    before.onHistory === after.onHistory &&
    before.record === after.record &&
    sameJson(before.conflicts, after.conflicts) &&
    section.fields.every((name) => before.values[name] === after.values[name]) &&
    sameMembers(section.reads(before.values), section.reads(after.values)) &&
    sameJson(before.filled, after.filled) &&
    JSON.stringify(before.problems) === JSON.stringify(after.problems)
  );
});
