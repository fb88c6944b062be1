import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** The accent: the blue-green of a mountain lake. White on shade 8, shade 8 on white and shade 4 on the dark body exceed 4.5:1. */
const lake: MantineColorsTuple = [
  '#e9f5f7',
  '#d3e8ec',
  '#a8d2da',
  '#7bbcc8',
  '#58a9b8',
  '#419dae',
  '#3197a9',
  '#1f8394',
  '#0d6b7b',
  '#00505d',
];

/** Mantine's dark greys are warm; these are of the body's own blue, for what it draws with them by itself. */
const dark: MantineColorsTuple = [
  '#dfe4e7',
  '#c3cbd0',
  '#a9b3ba',
  '#8b969d',
  '#5c676e',
  '#444d54',
  '#2a3035',
  '#1b1f22',
  '#15181b',
  '#0f1113',
];

const FONT = '"Noto Sans Variable", sans-serif';

export const theme = createTheme({
  colors: { lake, dark },
  primaryColor: 'lake',
  primaryShade: 8,
  black: '#1d2327',
  fontFamily: FONT,
  fontFamilyMonospace: FONT,
  headings: {
    fontFamily: FONT,
    fontWeight: '600',
    textWrap: 'pretty',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.3' },
      h2: { fontSize: '1.2rem', lineHeight: '1.35' },
      h3: { fontSize: '1.05rem', lineHeight: '1.4' },
      h4: { fontSize: '0.95rem', lineHeight: '1.45' },
    },
  },
  fontSizes: { xs: '0.8rem', sm: '0.9rem', md: '0.95rem', lg: '1.1rem', xl: '1.25rem' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.55', xl: '1.6' },
  defaultRadius: 'sm',
  focusRing: 'auto',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Alert: { defaultProps: { variant: 'light' } },
    Tooltip: {
      defaultProps: { withArrow: true, openDelay: 400, events: { hover: true, focus: true, touch: false } },
    },
    // As written: capitals shout, and in some fonts Ў and У grow hard to tell apart.
    Badge: { defaultProps: { variant: 'light', size: 'lg', radius: 'sm', tt: 'none', fw: 500 } },
    Table: { defaultProps: { verticalSpacing: 6, horizontalSpacing: 'sm' } },
    TextInput: { defaultProps: { spellCheck: false } },
    Textarea: { defaultProps: { spellCheck: false } },
    // No fade: on the slow machines this runs on, a window that is there at once is the smoother one.
    Modal: { defaultProps: { transitionProps: { duration: 0 } } },
    // In their place and without Mantine's stand-in for the first focus: a menu outside of every landmark, or with
    // anything but its items in it, is a riddle to a screen reader. The first item has the focus.
    Menu: {
      defaultProps: {
        transitionProps: { duration: 0 },
        withInitialFocusPlaceholder: false,
        withinPortal: false,
      },
    },
    // The list itself scrolls (`global.css`): a region that scrolls inside of it is one that no key reaches.
    Select: { defaultProps: { withScrollArea: false } },
    MultiSelect: { defaultProps: { withScrollArea: false } },
    TagsInput: { defaultProps: { withScrollArea: false } },
  },
});

const darkened = (color: string, percent: number): string =>
  `color-mix(in srgb, var(--mantine-color-${color}-9) ${percent}%, black)`;

/** White on a filled button or badge: Mantine's eighth shades of orange, teal and others miss 4.5:1 in both schemes. */
function readableFills(colors: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    colors
      .filter((color) => color !== 'lake' && color !== 'gray' && color !== 'dark')
      .flatMap((color) => [
        [`--mantine-color-${color}-filled`, darkened(color, 75)],
        [`--mantine-color-${color}-filled-hover`, darkened(color, 62)],
      ]),
  );
}

/** Coloured text on white and on its own tint: Mantine's ninth shades of the warm colours miss 4.5:1 there. */
function readableTexts(colors: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    colors.flatMap((color) => [
      [`--mantine-color-${color}-light-color`, darkened(color, 62)],
      [`--mantine-color-${color}-text`, darkened(color, 62)],
    ]),
  );
}

/** Tints on the dark body: Mantine's own are the full eighth shade, a shout where a note is meant. */
function quietTints(colors: readonly string[]): Record<string, string> {
  const tint = (color: string, percent: number): string =>
    `color-mix(in srgb, var(--mantine-color-${color}-${color === 'gray' ? 7 : 9}) ${percent}%, var(--mantine-color-body))`;
  return Object.fromEntries(
    colors
      .filter((color) => color !== 'dark')
      .flatMap((color) => [
        [`--mantine-color-${color}-light`, tint(color, color === 'lake' ? 48 : 32)],
        [`--mantine-color-${color}-light-hover`, tint(color, color === 'lake' ? 60 : 42)],
        [`--mantine-color-${color}-light-color`, `var(--mantine-color-${color}-1)`],
      ]),
  );
}

/** Mantine's own greys for secondary text and errors miss 4.5:1 too; these do not. */
export const cssVariables: CSSVariablesResolver = ({ colors }) => ({
  variables: {},
  light: {
    ...readableFills(Object.keys(colors)),
    ...readableTexts(Object.keys(colors)),
    '--mantine-color-gray-filled': 'var(--mantine-color-gray-7)',
    '--mantine-color-gray-filled-hover': 'var(--mantine-color-gray-8)',
    '--mantine-color-dimmed': '#545f67',
    '--mantine-color-placeholder': '#66717a',
    '--mantine-color-error': 'var(--mantine-color-red-9)',
    '--mantine-color-success': 'var(--mantine-color-teal-9)',
    '--mantine-color-default-border': '#87929a',
    '--kit-focus': 'var(--mantine-color-lake-8)',
    '--kit-surface': '#f4f7f8',
    '--kit-line': '#d8dfe3',
  },
  dark: {
    ...readableFills(Object.keys(colors)),
    ...quietTints(Object.keys(colors)),
    '--mantine-color-gray-filled': 'var(--mantine-color-gray-7)',
    '--mantine-color-gray-filled-hover': 'var(--mantine-color-gray-8)',
    '--mantine-color-body': '#1b1f22',
    '--mantine-color-text': '#dfe4e7',
    '--mantine-color-dimmed': '#a9b3ba',
    '--mantine-color-placeholder': '#939da4',
    '--mantine-color-error': '#ff9d9d',
    '--mantine-color-success': 'var(--mantine-color-teal-4)',
    '--mantine-color-default': '#24292d',
    '--mantine-color-default-border': '#737e86',
    '--kit-focus': 'var(--mantine-color-lake-3)',
    '--kit-surface': '#22272b',
    '--kit-line': '#3a4248',
  },
});
