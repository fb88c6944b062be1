import { Button, Menu, UnstyledButton } from '@mantine/core';
import type { Problem } from '@/core/model/check-observation.ts';
import type { Observation } from '@/core/model/observation.ts';
import { AlertIcon, DoneIcon, DownIcon } from '../../kit/icons.ts';
import { useT } from '../../language/language.tsx';
import classes from './form.module.css';
import { SECTIONS, type SectionCode } from './sections.ts';

type Mark = 'empty' | 'filled' | 'warning' | 'error';

interface Props {
  readonly filled: ReadonlyMap<SectionCode, readonly (keyof Observation)[]>;
  /** The problems that are shown beside their fields. */
  readonly shown: ReadonlyMap<SectionCode, readonly Problem[]>;
  readonly onGo: (code: SectionCode) => void;
}

function markOf({ filled, shown }: Props, code: SectionCode): Mark {
  const problems = shown.get(code) ?? [];
  if (problems.some(({ level }) => level === 'error')) return 'error';
  if (problems.length > 0) return 'warning';
  return (filled.get(code) ?? []).length > 0 ? 'filled' : 'empty';
}

/** The shape says it, not the colour alone; the words are in the name of what it stands in. */
function MarkIcon({ mark }: { readonly mark: Mark }) {
  const Icon = mark === 'filled' ? DoneIcon : AlertIcon;
  return (
    <span className={classes.mark} data-mark={mark} aria-hidden>
      {mark === 'empty' ? <Dot /> : <Icon size={18} />}
    </span>
  );
}

function Dot() {
  return (
    <svg width={18} height={18} viewBox="0 0 18 18" aria-hidden focusable="false">
      <circle cx="9" cy="9" r="5.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
    </svg>
  );
}

/** Every section with its mark: a list beside the form, or a menu where there is no room beside it. */
export function SectionRail(props: Props) {
  const t = useT();
  return (
    <nav className={classes.rail} aria-label={t('observation.form.sections')}>
      {SECTIONS.map(({ code }) => {
        const mark = markOf(props, code);
        const section = t(`observation.sections.${code}`);
        return (
          <UnstyledButton
            key={code}
            className={classes.railLink}
            aria-label={t(`observation.marks.${mark}`, { section })}
            onClick={() => props.onGo(code)}
          >
            <MarkIcon mark={mark} />
            <span>{section}</span>
          </UnstyledButton>
        );
      })}
    </nav>
  );
}

export function SectionMenu(props: Props) {
  const t = useT();
  const full = SECTIONS.filter(({ code }) => (props.filled.get(code) ?? []).length > 0).length;
  return (
    <div className={classes.onlyNarrow}>
      <Menu position="bottom-start" returnFocus={false}>
        <Menu.Target>
          <Button size="xs" variant="default" rightSection={<DownIcon size={14} aria-hidden />}>
            {t('observation.form.sectionsFilled', { full, all: SECTIONS.length })}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah="60dvh" style={{ overflowY: 'auto' }}>
          {SECTIONS.map(({ code }) => {
            const mark = markOf(props, code);
            const section = t(`observation.sections.${code}`);
            return (
              <Menu.Item
                key={code}
                leftSection={<MarkIcon mark={mark} />}
                aria-label={t(`observation.marks.${mark}`, { section })}
                onClick={() => props.onGo(code)}
              >
                {section}
              </Menu.Item>
            );
          })}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
