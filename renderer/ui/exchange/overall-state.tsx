import type { SyncOverview, Team } from '@/core/team-doors.ts';
import { paths } from '../app/route.ts';
import { AlertIcon, ExchangeIcon, HandedOverIcon, HeldIcon, HereIcon } from '../kit/icons.ts';
import { useFormat, useT } from '../language/language.tsx';
import classes from './exchange.module.css';
import { useExchange } from './exchange-state.tsx';
import { ownEdits } from './own-edits.ts';

const ICONS = {
  alone: HereIcon,
  here: HereIcon,
  handedOver: HandedOverIcon,
  held: HeldIcon,
  nothing: HeldIcon,
  running: ExchangeIcon,
  paused: ExchangeIcon,
  failed: AlertIcon,
} as const;
type State = keyof typeof ICONS;

/** The one thing worth saying: what goes on, what went wrong, else the edits that are the least safe. */
function stateOf(team: Team | null, { running, targets, own }: SyncOverview): State {
  // Somebody is tried who may not be there; while that is all, what is known stays worth more.
  const reached = running !== null && (running.step !== 'looking' || running.doneBytes > 0);
  const paused = running?.state === 'paused';
  if (reached || paused) return paused ? 'paused' : 'running';
  const edits = ownEdits(own);
  if (team === null) return edits.all === 0 ? 'nothing' : 'alone';
  // One way that works is enough.
  const tried = targets.filter(({ lastRound }) => lastRound !== null);
  if (tried.length > 0 && tried.every(({ lastRound }) => lastRound?.outcome === 'failed')) return 'failed';
  if (edits.here > 0) return 'here';
  if (edits.handedOver > 0) return 'handedOver';
  return edits.all === 0 ? 'nothing' : 'held';
}

/** Where everything written here is, in a few words on every screen; leads to the exchange. */
export function OverallState({ compact = false }: { readonly compact?: boolean }) {
  const t = useT();
  const format = useFormat();
  const { value } = useExchange();
  if (value === null) return null;
  const state = stateOf(value.team, value.overview);
  const { here, handedOver } = ownEdits(value.overview.own);
  const Icon = ICONS[state];
  const figure = format.number(state === 'here' ? here : handedOver);
  const words =
    state === 'here' || state === 'handedOver' ? t(`app.kept.${state}`, { figure }) : t(`app.kept.${state}`);
  return (
    <a
      href={paths.exchange()}
      className={compact ? classes.overallCompact : classes.overall}
      data-state={state}
      aria-label={t('app.kept.label', { state: words })}
      title={compact ? words : undefined}
    >
      <Icon size={compact ? 20 : 16} aria-hidden />
      {!compact && <span>{words}</span>}
    </a>
  );
}
