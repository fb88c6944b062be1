import { Button } from '@mantine/core';
import { EmptyState } from '../kit/empty-state.tsx';
import { AddIcon, ExchangeIcon } from '../kit/icons.ts';
import { useT } from '../language/language.tsx';

/** What stands where no exchange point has been added yet. */
export function PointsEmpty({ onAdd }: { readonly onAdd: () => void }) {
  const t = useT();
  return (
    <EmptyState
      order={3}
      icon={<ExchangeIcon size={40} />}
      title={t('exchange.points.none')}
      action={
        <Button mt="xs" leftSection={<AddIcon size={18} aria-hidden />} onClick={onAdd}>
          {t('exchange.points.add')}
        </Button>
      }
    >
      {t('exchange.points.noneSays')}
    </EmptyState>
  );
}
