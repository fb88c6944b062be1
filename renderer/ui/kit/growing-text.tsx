import { Textarea, type TextareaProps } from '@mantine/core';
import classes from './growing-text.module.css';

/**
 * A field for a longer text, as high as what stands in it and never lower than `rows` lines. The browser measures it:
 * Mantine's own `autosize` lays the page out anew for every such field at every letter that is typed into any of
 * them, and is a line short where the window has just grown narrower. Where a browser cannot yet, the field scrolls.
 */
export function GrowingText({ rows = 1, ...props }: Omit<TextareaProps, 'autosize' | 'minRows' | 'maxRows'>) {
  return (
    <Textarea
      {...props}
      rows={rows}
      classNames={{ input: classes.input }}
      styles={{ input: { ['--rows' as string]: rows } }}
    />
  );
}
