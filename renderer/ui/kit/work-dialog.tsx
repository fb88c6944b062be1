import { type MantineSize, Modal } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useT } from '../language/language.tsx';

/**
 * A dialog in which something is decided and then done; it fills a small window. A click beside it is no answer, and
 * while it is `busy` only its own buttons are.
 */
export function WorkDialog(props: {
  readonly title: ReactNode;
  readonly busy: boolean;
  readonly size?: MantineSize | string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const { title, busy, size = 'md', onClose, children } = props;
  const t = useT();
  const small = useMediaQuery('(max-width: 48em), (max-height: 36em)', false, {
    getInitialValueInEffect: false,
  });
  return (
    <Modal.Root
      opened
      onClose={onClose}
      closeOnEscape={!busy}
      closeOnClickOutside={false}
      fullScreen={small}
      size={size}
    >
      <Modal.Overlay backgroundOpacity={0.4} />
      <Modal.Content>
        {/* Not a `header`, which would be a second banner of the page. */}
        <Modal.Header component="div">
          <Modal.Title component="h2" fz="h3" fw={600}>
            {title}
          </Modal.Title>
          {!busy && <Modal.CloseButton aria-label={t('kit.close')} />}
        </Modal.Header>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
