import '@mantine/core/styles.css';
import '@/ui/kit/fonts.css';
import '@/ui/kit/global.css';
import { MantineProvider } from '@mantine/core';
import { createRoot } from 'react-dom/client';
import { cssVariables, theme } from '@/ui/kit/theme.ts';

/** Shows each line of `lines` in every weight the interface uses, as the theme writes text; the test reads which fonts drew it. */
declare global {
  interface Window {
    show(lines: Readonly<Record<string, string>>, weights: readonly number[]): void;
  }
}

const root = createRoot(document.getElementById('root') as HTMLElement);
window.show = (lines, weights) =>
  root.render(
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables}>
      {weights.flatMap((weight) =>
        Object.entries(lines).map(([name, letters]) => (
          <p key={`${name} ${weight}`} id={`${name}-${weight}`} style={{ fontWeight: weight }}>
            {letters}
          </p>
        )),
      )}
    </MantineProvider>,
  );
