import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import classes from './disclosure.module.css';

/** A button that shows more below itself. Closing it (also by what is inside, when done) gives the focus back to it. */
export function Disclosure(props: {
  readonly label: string;
  readonly icon?: ReactNode;
  readonly children: (close: () => void) => ReactNode;
  readonly onToggle?: (open: boolean) => void;
}) {
  const { label, icon, children, onToggle } = props;
  const [open, setOpen] = useState(false);
  const panelId = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    if (open) panel.current?.querySelector<HTMLElement>('input, textarea, button')?.focus();
    else if (wasOpen.current) button.current?.focus();
    wasOpen.current = open;
  }, [open]);
  const toggle = (next: boolean) => {
    setOpen(next);
    onToggle?.(next);
  };
  return (
    <>
      <Button
        ref={button}
        variant="default"
        leftSection={icon}
        aria-expanded={open}
        aria-controls={open ? panelId : undefined}
        style={{ alignSelf: 'flex-start' }}
        onClick={() => toggle(!open)}
      >
        {label}
      </Button>
      {open && (
        <div id={panelId} ref={panel} className={classes.disclosed}>
          {children(() => toggle(false))}
        </div>
      )}
    </>
  );
}
