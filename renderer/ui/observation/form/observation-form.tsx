import { Alert, Button } from '@mantine/core';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { hasErrors } from '@/core/model/check-observation.ts';
import type { Observation } from '@/core/model/observation.ts';
import { useLabels } from '../../app/reference.tsx';
import { navigate, paths } from '../../app/route.ts';
import { useWorkspace } from '../../app/workspace.tsx';
import { useOpenConflicts } from '../../conflicts/conflict-mark.tsx';
import { draftsChanged } from '../../drafts/draft-signal.ts';
import { ErrorNote } from '../../kit/error-note.tsx';
import { ariaChord, type Chord, useHotkey } from '../../kit/hotkey.ts';
import { KeyHint } from '../../kit/key-hint.tsx';
import { PageHeader } from '../../kit/page-header.tsx';
import { useToast } from '../../kit/toasts.tsx';
import { useT } from '../../language/language.tsx';
import { HISTORY } from '../history/history-button.tsx';
import { HistoryDrawer, useHistoryDrawer } from '../history/history-drawer.tsx';
import { useAfterPress } from './after-press.ts';
import { BODIES } from './bodies.tsx';
import { DraftBanner } from './draft-banner.tsx';
import { DraftLine } from './draft-line.tsx';
import { focusedRegister, focusRegister } from './focus-register.ts';
import classes from './form.module.css';
import { FormConflicts } from './form-conflicts.tsx';
import { type Edit, FormSection } from './form-section.tsx';
import { ProblemSummary } from './problem-summary.tsx';
import { SectionMenu, SectionRail } from './section-rail.tsx';
import { SECTIONS, type SectionCode, sectionId, sectionOf } from './sections.ts';
import { localToday } from './today.ts';
import { useChecks } from './use-checks.ts';
import { differs, type FormStart, useDraft } from './use-draft.ts';

export const SAVE: Chord = 'Ctrl+KeyS';
const SAVE_TOO: Chord = 'Ctrl+Enter';
const NEXT_SECTION: Chord = 'Alt+PageDown';
const PREVIOUS_SECTION: Chord = 'Alt+PageUp';

const NONE = new Set<SectionCode>();

/** The form of one observation, new or saved. Nothing that was typed leaves with it: leaving asks no question. */
export function ObservationForm(props: {
  readonly start: FormStart;
  /** A register to go to at once, named by the address. */
  readonly goTo: string | null;
  /** A new form's draft was kept for the first time. */
  readonly onFirstKept: (draft: string) => void;
}) {
  const { start, goTo, onFirstKept } = props;
  const { record, base, seen, blank } = start;
  const t = useT();
  const labels = useLabels();
  const conflicts = useOpenConflicts(record);
  const toast = useToast();
  const { observations } = useWorkspace();
  const [today] = useState(localToday);
  const [observation, setObservation] = useState(start.observation);
  const [aside, setAside] = useState<Observation | null>(null);
  const [open, setOpen] = useState<ReadonlySet<SectionCode>>(NONE);
  const [left, setLeft] = useState<ReadonlySet<SectionCode>>(NONE);
  const [checkAll, setCheckAll] = useState(record !== null || start.draft !== null);
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const failureNote = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const { keeper, state } = useDraft(start, observation, onFirstKept);
  const { problems, sorted, filled, checkNow } = useChecks(observation, today);
  const history = useHistoryDrawer();

  const edit = useCallback<Edit>(
    (part) => setObservation((now) => withLanguage(now, typeof part === 'function' ? part(now) : part)),
    [],
  );
  const onToggle = useCallback((code: SectionCode) => setOpen((now) => toggled(now, code)), []);
  const afterPress = useAfterPress();
  const onLeave = useCallback(
    (code: SectionCode) =>
      afterPress(() => setLeft((now) => (now.has(code) ? now : new Set([...now, code])))),
    [afterPress],
  );

  const goToRegister = useCallback((register: string) => {
    const section = sectionOf(register);
    if (section !== undefined) flushSync(() => setOpen((now) => new Set([...now, section.code])));
    focusRegister(register);
  }, []);
  const goToSection = (code: SectionCode) => {
    const first = SECTIONS.find((section) => section.code === code)?.fields[0];
    if (first !== undefined) goToRegister(first);
  };
  const step = (by: 1 | -1) => {
    const active = document.activeElement;
    const at = SECTIONS.findIndex(({ code }) =>
      document.getElementById(sectionId(code))?.closest('section')?.contains(active),
    );
    const next = SECTIONS[at < 0 ? 0 : (at + by + SECTIONS.length) % SECTIONS.length];
    if (next?.plain) goToSection(next.code);
    else if (next !== undefined) document.getElementById(sectionId(next.code))?.focus();
  };

  useEffect(() => {
    if (goTo !== null) goToRegister(goTo);
    else if (record === null) focusRegister('title');
  }, [goTo, goToRegister, record]);

  // The form is out of reach while it is saved, and its focus with it; a failure gets the focus.
  useLayoutEffect(() => {
    if (body.current !== null) body.current.inert = saving;
  }, [saving]);
  useEffect(() => {
    if (failure !== null) failureNote.current?.focus();
  }, [failure]);

  const save = async () => {
    if (saving) return;
    const now = checkNow(observation);
    if (hasErrors(now)) {
      flushSync(() => setCheckAll(true));
      const first = now.find(({ level }) => level === 'error');
      if (first !== undefined) goToRegister(first.field);
      return;
    }
    setSaving(true);
    setFailure(null);
    await keeper.rest();
    try {
      const { id, at } = await observations.save({
        id: record,
        base,
        seen,
        observation: withoutBlanks(observation),
        draft: keeper.id,
      });
      keeper.end();
      draftsChanged();
      toast({ text: ({ t, format }) => t('observation.form.saved', { time: format.time(at) }) });
      navigate(paths.observation(id), { replace: true });
    } catch (error) {
      setSaving(false);
      setFailure(error);
      if (differs(blank, observation)) keeper.change({ record, base, seen, observation });
    }
  };
  useHotkey(SAVE, () => void save());
  useHotkey(SAVE_TOO, () => void save());
  useHotkey(NEXT_SECTION, () => step(1));
  useHotkey(PREVIOUS_SECTION, () => step(-1));
  useHotkey(HISTORY, () => history.show(focusedRegister()), record !== null);

  const changed = differs(blank, observation);
  const checked = (code: SectionCode) => checkAll || left.has(code);
  const shown = new Map([...sorted].filter(([code]) => checked(code)));
  const rail = { filled, shown, onGo: goToSection };

  return (
    <>
      <PageHeader
        title={t(record === null ? 'observation.form.new' : 'observation.form.edit')}
        back={
          record === null
            ? { href: paths.observations(), label: t('app.nav.observations') }
            : { href: paths.observation(record), label: t('observation.form.back') }
        }
        actions={<SectionMenu {...rail} />}
      />
      <DraftBanner
        since={start.draft?.updatedAt ?? null}
        discarded={aside !== null}
        moved={start.moved}
        onDiscard={() => {
          setAside(observation);
          setObservation(blank);
        }}
        onBringBack={() => {
          setAside(changed ? observation : null);
          if (aside !== null) setObservation(aside);
        }}
      />
      {base !== null && base.status !== 'submitted' && (
        <Alert color="blue" mb="md">
          {t('observation.form.reviewed', { status: labels.term('statuses', base.status) })}
        </Alert>
      )}
      <FormConflicts record={record} conflicts={conflicts} />
      <div className={classes.layout}>
        <div ref={body} className={classes.form} aria-busy={saving}>
          {SECTIONS.map((section) => (
            <FormSection
              key={section.code}
              section={section}
              Body={BODIES[section.code]}
              values={observation}
              problems={sorted.get(section.code) ?? []}
              checked={checked(section.code)}
              open={open.has(section.code)}
              filled={filled.get(section.code) ?? []}
              today={today}
              edit={edit}
              onToggle={onToggle}
              onLeave={onLeave}
              onHistory={record === null ? null : history.show}
              conflicts={conflicts}
              record={record}
            />
          ))}
          {(changed || checkAll) && <ProblemSummary problems={problems} onGo={goToRegister} />}
          {failure !== null && (
            <div ref={failureNote} tabIndex={-1} className={classes.failure}>
              <ErrorNote error={failure} />
            </div>
          )}
          <div className={classes.bar}>
            <Button
              loading={saving}
              onClick={() => void save()}
              rightSection={<KeyHint chord={SAVE} />}
              aria-keyshortcuts={ariaChord(SAVE)}
            >
              {t('observation.form.save')}
            </Button>
            {problems.length > 0 && changed && (
              <Button
                variant="subtle"
                size="compact-sm"
                onClick={() => document.getElementById('remarks')?.focus()}
              >
                {t('observation.remarks.title', { figure: problems.length })}
              </Button>
            )}
            <DraftLine state={state} />
          </div>
        </div>
        <SectionRail {...rail} />
      </div>
      {record !== null && <HistoryDrawer record={record} {...history} />}
    </>
  );
}

function toggled(codes: ReadonlySet<SectionCode>, code: SectionCode): ReadonlySet<SectionCode> {
  const next = new Set(codes);
  if (!next.delete(code)) next.add(code);
  return next;
}

/** What was opened and left empty, such as a translation that nobody wrote, is not worth a register. */
function withoutBlanks(observation: Observation): Observation {
  const { translations, names } = observation;
  return {
    ...observation,
    translations: Object.fromEntries(
      Object.entries(translations).filter(([, { text }]) => text.trim() !== ''),
    ),
    names: Object.fromEntries(Object.entries(names).filter(([, name]) => name.trim() !== '')),
  };
}

/** A title and a narrative are mostly of one language: the empty one follows the other. */
function withLanguage(now: Observation, part: Partial<Observation>): Observation {
  const next = { ...now, ...part };
  if (part.title && next.narrative.text === '' && part.title.text !== '') {
    return { ...next, narrative: { ...next.narrative, lang: part.title.lang } };
  }
  if (part.narrative && next.title.text === '' && part.narrative.text !== '') {
    return { ...next, title: { ...next.title, lang: part.narrative.lang } };
  }
  return next;
}
