import { Stack, Text } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Link, Observation } from '@/core/model/observation.ts';
import { useT } from '../language/language.tsx';
import { FieldLabel, type FieldProps } from './field.tsx';
import { MeasureLink } from './measure-link.tsx';
import { MeasureSearch } from './measure-search.tsx';
import { useMeasures } from './measures.ts';
import { UndoNote } from './undo-note.tsx';

type Links = Observation['links'];

/**
 * Links to measures of the catalogue, each with a direction and a comment. Type, arrows, Enter: the measure is linked
 * and the focus is on its direction; Enter there leads back to the search.
 */
export function MeasurePicker(
  props: FieldProps & {
    readonly value: Links;
    readonly onChange: (value: Links) => void;
    /** Themes of the observation: their measures are suggested. */
    readonly themes: readonly string[];
    /** By measure code: what looks odd about that link, and its history. */
    readonly warningOf?: (code: string) => string | readonly string[] | null | undefined;
    readonly historyOf?: (code: string) => ReactNode;
  },
) {
  const { value, onChange, themes, warningOf, historyOf, id, error } = props;
  const t = useT();
  const { byCode } = useMeasures();
  const search = useRef<HTMLInputElement>(null);
  const direction = useRef<HTMLInputElement>(null);
  const [added, setAdded] = useState<string | null>(null);
  const [removed, setRemoved] = useState<{ readonly code: string; readonly link: Link } | null>(null);
  useEffect(() => {
    if (added === null) return;
    direction.current?.focus();
    setAdded(null);
  }, [added]);

  const add = (code: string) => {
    onChange({ ...value, [code]: { direction: 'no-change', comment: '' } });
    setAdded(code);
    setRemoved(null);
  };
  const remove = (code: string, link: Link) => {
    const { [code]: _gone, ...rest } = value;
    onChange(rest);
    setRemoved({ code, link });
  };

  return (
    <FieldLabel {...props}>
      <Stack gap="sm">
        <MeasureSearch
          id={id}
          ref={search}
          themes={themes}
          linked={(code) => code in value}
          onAdd={add}
          invalid={(error ?? '') !== ''}
        />
        {removed !== null && (
          <UndoNote
            key={removed.code}
            text={t('fields.measures.removed', { code: removed.code })}
            onUndo={() => {
              onChange({ ...value, [removed.code]: removed.link });
              setRemoved(null);
              search.current?.focus();
            }}
          />
        )}
        {Object.keys(value).length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('fields.measures.none')}
          </Text>
        ) : (
          <Stack gap="sm" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
            {Object.entries(value).map(([code, link]) => (
              <MeasureLink
                key={code}
                code={code}
                measure={byCode.get(code)}
                link={link}
                onChange={(next) => onChange({ ...value, [code]: next })}
                onRemove={() => remove(code, link)}
                onDone={() => search.current?.focus()}
                directionRef={code === added ? direction : null}
                warning={warningOf?.(code)}
                history={historyOf?.(code)}
              />
            ))}
          </Stack>
        )}
      </Stack>
    </FieldLabel>
  );
}
