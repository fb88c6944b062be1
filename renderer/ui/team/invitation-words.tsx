import { Button, Group, Stack, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { encode } from 'uqr';
import type { Invitation } from '@/core/team-doors.ts';
import { PrintIcon, QrIcon } from '../kit/icons.ts';
import { PrintedSheet, WordList } from '../kit/printed-sheet.tsx';
import { useFormat, useT } from '../language/language.tsx';
import classes from './team.module.css';

/** An invitation's eight words, to be told, printed, or photographed by the newcomer's phone. */
export function InvitationWords({ invitation }: { readonly invitation: Invitation }) {
  const { words, createdAt } = invitation;
  const t = useT();
  const format = useFormat();
  const [qr, setQr] = useState(false);
  return (
    <Stack gap="sm">
      <Text size="sm">{t('team.words.says')}</Text>
      <div className={classes.words}>
        <WordList words={words} label={t('team.words.list')} />
      </div>
      {qr && <QrCode text={words.join(' ')} label={t('team.words.qr')} />}
      <PrintedSheet
        words={words}
        label={t('team.words.list')}
        title={t('team.sheet.title')}
        date={t('team.sheet.date', { date: format.date(createdAt.slice(0, 10)) })}
        says={[t('team.sheet.how'), t('team.sheet.keep')]}
      />
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          leftSection={<PrintIcon size={16} aria-hidden />}
          onClick={() => window.print()}
        >
          {t('team.words.print')}
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<QrIcon size={16} aria-hidden />}
          aria-expanded={qr}
          onClick={() => setQr(!qr)}
        >
          {t('team.words.qr')}
        </Button>
      </Group>
    </Stack>
  );
}

/** Dark on light in both schemes, with the quiet border that scanners need. */
function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { path, size } = useMemo(() => {
    const code = encode(text, { ecc: 'M', border: 4 });
    const dark = code.data.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : [])));
    return { path: dark.join(''), size: code.size };
  }, [text]);
  return (
    <svg viewBox={`0 0 ${size} ${size}`} className={classes.qr} role="img" aria-label={label}>
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}
