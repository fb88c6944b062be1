import { Modal } from '@mantine/core';
import { useRef } from 'react';
import type { Locale } from '@/core/base/locales.ts';
import { useReference } from '../../app/reference.tsx';
import { useT } from '../../language/language.tsx';
import { OWN_NAMES } from '../../language/own-names.ts';
import { shortCode, useView } from '../view.ts';
import { CorrectionForm } from './correction-form.tsx';
import type { Typed } from './edit-state.ts';
import { useTextName } from './names.ts';

/**
 * The editor of one entry's translation, over the page. Closing it loses nothing: what was typed is there when it is
 * opened again, as long as the recommendations are on the screen.
 */
export function CorrectionEditor(props: {
  readonly lang: Locale;
  /** The entry; null while the editor is closed. */
  readonly code: string | null;
  readonly onClose: () => void;
}) {
  const { lang, code, onClose } = props;
  const t = useT();
  const { catalogue } = useReference();
  const { texts } = useView();
  const unsaved = useRef(new Map<string, Typed>());
  const key = `${lang} ${code}`;
  const nameOf = useTextName();
  /** Areas and measures are known by their codes, sections, themes and groups by their names. */
  const titleOf = (entry: string): string => {
    const named = ['title', 'label'].find((name) => texts.original(entry, name) !== null);
    if (named !== undefined) return texts.one(entry, named).text;
    return texts.original(entry, 'reason') === null ? shortCode(entry, catalogue.code) : nameOf('reason');
  };
  return (
    <Modal.Root opened={code !== null} onClose={onClose} size="min(64rem, 100%)">
      <Modal.Overlay />
      <Modal.Content>
        {/* Not a `header`, which would be a second banner of the page. */}
        <Modal.Header component="div">
          <Modal.Title component="h2" fz="h3" fw={600}>
            {code !== null &&
              t('catalogue.correction.title', {
                of: titleOf(code),
                language: OWN_NAMES[lang],
              })}
          </Modal.Title>
          <Modal.CloseButton aria-label={t('kit.close')} />
        </Modal.Header>
        <Modal.Body>
          {code !== null && (
            <CorrectionForm
              key={key}
              lang={lang}
              code={code}
              unsaved={unsaved.current.get(key) ?? null}
              onTyped={(typed) => {
                if (typed === null) unsaved.current.delete(key);
                else unsaved.current.set(key, typed);
              }}
              onDone={onClose}
            />
          )}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
