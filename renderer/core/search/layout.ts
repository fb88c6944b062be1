/**
 * Keyboard layouts by physical key, as a US keyboard labels them. A person who forgot to switch types the
 * other layout's letters: `rshusp` is кыргыз typed on QWERTY, `ьфлефи` is maktab typed on ЙЦУКЕН.
 */
const QWERTY = '`qwertyuiop[]asdfghjkl;\'zxcvbnm,.~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>';
const RUSSIAN = 'ёйцукенгшщзхъфывапролджэячсмитьбюЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ';

/** Kyrgyz is the Russian layout with letters on three more keys, Uzbek Cyrillic with four letters in place of others. */
const KYRGYZ: Readonly<Record<string, string>> = {
  '-': 'ө',
  '=': 'ң',
  '\\': 'ү',
  _: 'Ө',
  '+': 'Ң',
  '|': 'Ү',
};
const UZBEK: Readonly<Record<string, string>> = {
  o: 'ў',
  s: 'қ',
  '-': 'ғ',
  '=': 'ҳ',
  O: 'Ў',
  S: 'Қ',
  _: 'Ғ',
  '+': 'Ҳ',
};

type Keys = ReadonlyMap<string, string>;

function keysFrom(from: string, to: string, more: Readonly<Record<string, string>> = {}): Keys {
  return new Map([...[...from].map((key, at) => [key, to[at] as string] as const), ...Object.entries(more)]);
}

const invert = (keys: Keys): Keys => new Map([...keys].map(([from, to]) => [to, from]));

const TO_RUSSIAN = keysFrom(QWERTY, RUSSIAN);
const TO_KYRGYZ = keysFrom(QWERTY, RUSSIAN, KYRGYZ);
const TO_UZBEK = keysFrom(QWERTY, RUSSIAN, UZBEK);
const FROM_RUSSIAN = invert(TO_RUSSIAN);
const FROM_KYRGYZ = invert(TO_KYRGYZ);
const FROM_UZBEK = new Map([...invert(TO_RUSSIAN), ...invert(TO_UZBEK)]);

const retype = (query: string, keys: Keys): string =>
  [...query.normalize('NFC')].map((character) => keys.get(character) ?? character).join('');

/**
 * How the query would read had its keys been struck on the other layout, the likeliest first: Latin letters as
 * Russian, Kyrgyz and Uzbek Cyrillic, Cyrillic letters as QWERTY. For a "did you mean" when nothing was found.
 * Empty when it reads the same.
 */
export function otherLayout(query: string): string[] {
  const readings: string[] = [];
  if (/[a-z]/i.test(query))
    readings.push(...[TO_RUSSIAN, TO_KYRGYZ, TO_UZBEK].map((keys) => retype(query, keys)));
  if (/\p{Script=Cyrillic}/u.test(query)) {
    readings.push(...[FROM_RUSSIAN, FROM_KYRGYZ, FROM_UZBEK].map((keys) => retype(query, keys)));
  }
  return [...new Set(readings)].filter((reading) => reading !== query && /\p{L}/u.test(reading));
}

/** Letters that may each be the one that was meant or its sister: eight readings of three are asked for in no time. */
const MOST_DOUBTS = 3;
/** oʻ typed as a bare o and ў typed as у are each found; where one person typed the one and another the other, neither is. */
const BARE = /o(?!\p{M}*['`\u00b4\u02b9-\u02bf\u2018\u2019\u2032])|у/giu;
const MEANT: Readonly<Record<string, string>> = { o: 'o\u02bb', O: 'O\u02bb', у: 'ў', У: 'Ў' };

/**
 * How the query would read had its o and у been oʻ and ў, fewest changes first. For a "did you mean" when nothing was
 * found: `kochirish` is not found in кучириш, koʻchirish is. Empty when it has none of them, or many.
 */
export function withMissingLetters(typed: string): string[] {
  const query = typed.normalize('NFC');
  const places = [...query.matchAll(BARE)].map(({ index }) => index);
  if (places.length > MOST_DOUBTS) return [];
  const choices = Array.from({ length: 2 ** places.length - 1 }, (_, i) =>
    places.filter((_place, at) => ((i + 1) & (1 << at)) !== 0),
  ).sort((left, right) => left.length - right.length);
  return choices.map((chosen) =>
    [...chosen]
      .reverse()
      .reduce((text, at) => text.slice(0, at) + (MEANT[text.charAt(at)] ?? '') + text.slice(at + 1), query),
  );
}
