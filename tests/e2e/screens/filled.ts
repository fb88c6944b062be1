import { emptyObservation, type Observation } from '@/core/model/observation.ts';
import type { Workspace } from '@/core/workspace.ts';
import { NO_FILTERS } from '@/ui/observations/filters.ts';
import { STORIES } from '../story.ts';
import { HOME, type Ids } from './walk.ts';

/** A vault that another day's work has left: the stories, a conflict, something deleted, a draft, a view, more rows. */
export async function fillForScreens(workspace: Workspace, ids: Ids): Promise<void> {
  const { observations, drafts, views } = workspace;
  const empty = emptyObservation('ru');
  const blank = { id: null, base: null, seen: {}, draft: null };
  const log = async (observation: Observation): Promise<string> => {
    const { id } = await observations.save({ ...blank, observation });
    ids.set(observation.title.text, id);
    return id;
  };
  for (const { observation } of STORIES) await log(observation);
  const titled = (text: string): Observation => ({ ...empty, title: { text, lang: 'ru' } });
  for (let i = 1; i <= 25; i++) {
    const date = `2022-${String((i % 12) + 1).padStart(2, '0')}`;
    await log({ ...titled(`Наблюдение без подробностей ${i}`), date });
  }
  const id = await log({ ...titled('Двое записали разное'), date: '2025-01-02' });
  const { observation, seen } = await observations.open(id);
  for (const [reliability, date] of [
    ['unsure', '2025-01'],
    ['likely-reliable', '2025-02'],
  ] as const) {
    const edited = { ...observation, reliability, date };
    await observations.save({ id, base: observation, seen, draft: null, observation: edited });
  }
  await observations.remove([await log(titled('Записано по ошибке'))]);
  const draftId = await drafts.newId();
  const begun = titled('Начато и не сохранено');
  await drafts.put({ id: draftId, record: null, base: null, seen: {}, observation: begun });
  const query = { ...NO_FILTERS, text: '', themes: ['bride-kidnapping'], locale: HOME };
  await views.save({ name: 'Кража невест в Иссык-Кульской области', query }, null);
}

/** The stories' titles: one of each theme. */
export const [KIDNAPPING, EVICTION, SCHOOL] = STORIES.map(({ observation }) => observation.title.text) as [
  string,
  string,
  string,
];
