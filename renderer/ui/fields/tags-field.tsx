import { TagsInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useWorkspace } from '../app/workspace.tsx';
import { useT } from '../language/language.tsx';
import { type FieldProps, FieldShell, IN_PLACE, inputProps } from './field.tsx';
import { PLAIN_TYPING } from './typing/plain-typing.ts';

/** Tags in people's own words; the ones in use are offered, so that one thing keeps one tag. */
export function TagsField(
  props: FieldProps & {
    readonly value: readonly string[];
    readonly onChange: (value: string[]) => void;
  },
) {
  const { value, onChange } = props;
  const t = useT();
  const { observations } = useWorkspace();
  const [known, setKnown] = useState<readonly string[]>([]);
  useEffect(() => {
    let over = false;
    // Without the list a tag can still be typed.
    observations.tags().then(
      (tags) => {
        if (!over) setKnown([...tags].sort((a, b) => b[1] - a[1]).map(([tag]) => tag));
      },
      () => undefined,
    );
    return () => {
      over = true;
    };
  }, [observations]);
  return (
    <FieldShell history={props.history}>
      <TagsInput
        {...inputProps(props, props.history !== undefined)}
        {...PLAIN_TYPING}
        data={[...known]}
        value={[...value]}
        onChange={onChange}
        comboboxProps={IN_PLACE}
        splitChars={[',', ';']}
        maxTags={200}
        placeholder={value.length === 0 ? t('fields.tags.placeholder') : undefined}
      />
    </FieldShell>
  );
}
