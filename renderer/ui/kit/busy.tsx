import { Progress as Bar, Button, Group, Loader, Stack, Text } from '@mantine/core';
import { useFormat, useT } from '../language/language.tsx';

/** The steps of long work that have words of their own (`kit.step`). */
const STEPS = ['deriving', 'reading', 'rebuilding', 'indexing', 'writing'] as const;
type Step = (typeof STEPS)[number];
const isStep = (step: string): step is Step => (STEPS as readonly string[]).includes(step);

/**
 * Work under way: what is being done, how far it is (when that is known), and a way to stop it (when there is
 * one). `progress` is the workspace's own; a total of 0 means that nothing is known yet.
 */
export function Busy(props: {
  /** Overrides the words of `progress.step`. */
  readonly label?: string;
  readonly progress?: { readonly step: string; readonly done: number; readonly total: number } | null;
  readonly onCancel?: () => void;
}) {
  const { label, progress = null, onCancel } = props;
  const t = useT();
  const format = useFormat();
  const step = progress !== null && isStep(progress.step) ? t(`kit.step.${progress.step}`) : t('app.opening');
  const words = label ?? step;
  const known = progress !== null && progress.total > 0;
  return (
    <Stack gap="xs" maw="30rem" w="100%">
      <Group gap="sm" wrap="nowrap">
        {!known && <Loader size="sm" aria-hidden />}
        <Text role="status" style={{ flex: 1 }}>
          {words}
        </Text>
        {known && (
          <Text size="sm" c="dimmed" aria-hidden>
            {t('kit.figures', { done: progress.done, total: progress.total })}
          </Text>
        )}
      </Group>
      {known && (
        <Bar.Root size="lg">
          <Bar.Section
            value={Math.min(100, (100 * progress.done) / progress.total)}
            aria-label={words}
            aria-valuetext={format.percent(progress.done / progress.total)}
          />
        </Bar.Root>
      )}
      {onCancel && (
        <Button variant="default" size="xs" onClick={onCancel} style={{ alignSelf: 'flex-start' }}>
          {t('kit.cancel')}
        </Button>
      )}
    </Stack>
  );
}
