import { Button, type ButtonProps, Group, Text } from '@mantine/core';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useT } from '../language/language.tsx';
import { WriteButton } from '../space/write-button.tsx';

/**
 * A button that writes something that cannot be taken back. The first press only asks, in place: a sentence and two
 * buttons, one of which names the deed. The focus goes to the harmless one, so a hurried second Enter does nothing,
 * and Escape or leaving takes the question back. For whatever can be undone, use a plain button and offer undo.
 */
export function ConfirmButton(
  props: {
    readonly children: ReactNode;
    /** What will happen, as a sentence. */
    readonly question: string;
    /** Names the deed: "Destroy the keys", never "OK". */
    readonly confirmLabel: string;
    readonly onConfirm: () => void;
    readonly icon?: ReactNode;
  } & Pick<ButtonProps, 'size' | 'variant' | 'color' | 'disabled' | 'loading'>,
) {
  const { children, question, confirmLabel, onConfirm, icon, ...look } = props;
  const t = useT();
  const [asking, setAsking] = useState(false);
  const questionId = useId();
  const cancel = useRef<HTMLButtonElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const wasAsking = useRef(false);

  useEffect(() => {
    if (asking) cancel.current?.focus();
    else if (wasAsking.current) opener.current?.focus();
    wasAsking.current = asking;
  }, [asking]);

  if (!asking) {
    return (
      <WriteButton ref={opener} leftSection={icon} {...look} onClick={() => setAsking(true)}>
        {children}
      </WriteButton>
    );
  }
  return (
    <Group
      role="group"
      aria-labelledby={questionId}
      gap="xs"
      onKeyDown={(event) => {
        if (event.code !== 'Escape') return;
        event.stopPropagation();
        setAsking(false);
      }}
    >
      <Text id={questionId} size="sm">
        {question}
      </Text>
      <WriteButton
        size={look.size ?? 'sm'}
        color="red"
        loading={look.loading ?? false}
        onClick={() => {
          setAsking(false);
          onConfirm();
        }}
      >
        {confirmLabel}
      </WriteButton>
      <Button ref={cancel} size={look.size ?? 'sm'} variant="default" onClick={() => setAsking(false)}>
        {t('kit.cancel')}
      </Button>
    </Group>
  );
}
