/**
 * What every text control carries. A browser's spell check and corrections would ask for dictionaries, know neither
 * Kyrgyz nor Uzbek, and remember what was typed.
 */
export const PLAIN_TYPING = {
  spellCheck: false,
  autoCorrect: 'off',
  autoCapitalize: 'off',
  autoComplete: 'off',
} as const;
