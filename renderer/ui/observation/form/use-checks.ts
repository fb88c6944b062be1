import { useDeferredValue, useMemo } from 'react';
import { checkObservation, type Known, type Problem } from '@/core/model/check-observation.ts';
import type { Observation } from '@/core/model/observation.ts';
import { useReference } from '../../app/reference.tsx';
import { filledFields, type SectionCode, sectionOf } from './sections.ts';

/** Sorts problems by the section that holds their field. */
function bySection(problems: readonly Problem[]): ReadonlyMap<SectionCode, readonly Problem[]> {
  const sorted = new Map<SectionCode, Problem[]>();
  for (const problem of problems) {
    const code = sectionOf(problem.field)?.code ?? 'what';
    sorted.set(code, [...(sorted.get(code) ?? []), problem]);
  }
  return sorted;
}

/** Runs the checks. They follow the typing at a distance, so that a key is never waited for. */
export function useChecks(observation: Observation, today: string) {
  const { catalogue, places, vocabularies, forms } = useReference();
  const known = useMemo<Known>(
    () => ({
      measures: new Set(catalogue.areas.flatMap((area) => area.measures.map(({ code }) => code))),
      places: new Set(places.map(({ id }) => id)),
      vocabularies,
    }),
    [catalogue, places, vocabularies],
  );
  const settled = useDeferredValue(observation);
  return useMemo(() => {
    const problems = checkObservation(settled, forms, today, known);
    return {
      problems,
      sorted: bySection(problems),
      filled: filledFields(settled),
      /** The same for what stands in the form at this very moment. */
      checkNow: (now: Observation) => checkObservation(now, forms, today, known),
    };
  }, [settled, forms, today, known]);
}
