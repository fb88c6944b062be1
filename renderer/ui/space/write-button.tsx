import { ActionIcon, type ActionIconProps, Button, type ButtonProps, Tooltip } from '@mantine/core';
import type { ComponentPropsWithRef, MouseEvent } from 'react';
import { useT } from '../language/language.tsx';
import { useSpace } from './space-state.tsx';

/**
 * The doors that are shut while the disk is full, in one place. Core writes nothing then but text that somebody has
 * begun (`Session.write`, `lastWords`); a control whose press leads to any other write is a `WriteButton`, a
 * `WriteIcon` or asks `useWriting`, and opens again by itself once there is room.
 *
 * A shut button is `aria-disabled`, not `disabled`: it keeps its place in the tab order, and its reason is read out with
 * it and shown under the pointer or the focus. Its presses go nowhere, also those that Enter in a form makes.
 */

/** The id of the sentence that says so above every screen (`space-banner.tsx`). */
export const FULL_SAYS = 'disk-is-full';

/** Why nothing may be written, in words; null while it may. */
export function useWriting(): string | null {
  const t = useT();
  return useSpace()?.level === 'full' ? t('space.full.says') : null;
}

const SHUT = {
  disabled: false,
  'aria-disabled': true,
  'aria-describedby': FULL_SAYS,
  // Mantine's look of what is disabled.
  'data-disabled': true,
  onClickCapture: (event: MouseEvent) => {
    event.preventDefault();
    event.stopPropagation();
  },
} as const;

/** A button that writes. */
export function WriteButton(props: ButtonProps & Omit<ComponentPropsWithRef<'button'>, keyof ButtonProps>) {
  const why = useWriting();
  return (
    <Tooltip label={why} disabled={why === null}>
      <Button {...props} {...(why !== null && SHUT)} />
    </Tooltip>
  );
}

/** An icon that writes when it is pressed; `label` names the deed. */
export function WriteIcon(
  props: { readonly label: string } & ActionIconProps &
    Omit<ComponentPropsWithRef<'button'>, keyof ActionIconProps | 'aria-label'>,
) {
  const { label, ...icon } = props;
  const why = useWriting();
  return (
    <Tooltip label={why ?? label}>
      <ActionIcon {...icon} aria-label={label} {...(why !== null && SHUT)} />
    </Tooltip>
  );
}
