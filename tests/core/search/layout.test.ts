import { expect, test } from 'vitest';
import { otherLayout, withMissingLetters } from '@/core/search/layout.ts';
import { finds } from './finding.ts';

test.each([
  ['rshusp', 'кыргыз'],
  ['RSHUSP', 'КЫРГЫЗ'],
  ['gsnrb', 'пытки'],
  ["'", ''],
  ['yfcbkbt', 'насилие'],
  ['j,kfcnm', 'область'],
  ["rf;lsq 'nf;", 'каждый этаж'],
  ['`krf', 'ёлка'],
  ['r-x-', 'көчө'],
  ['\\yp', 'үнз'],
  ['ьфлефи', 'maktab'],
  ['сщгке', 'court'],
  ['щэяиул', "o'zbek"],
  ['Пэфагк', "G'afur"],
])('"%s" on the other layout is "%s"', (typed, meant) => {
  if (meant === '') expect(otherLayout(typed)).toEqual([]);
  else expect(otherLayout(typed)).toContain(meant);
});

test('Uzbek Cyrillic letters stand on their own keys', () => {
  expect(otherLayout('sbibkjs')).toContain('қишилоқ');
  expect(otherLayout('o')).toContain('ў');
});

test('the Russian reading is offered first, and none twice', () => {
  const readings = otherLayout('gsnrb');
  expect(readings[0]).toBe('пытки');
  expect(new Set(readings).size).toBe(readings.length);
});

test('a query of digits alone has no other reading', () => {
  expect(otherLayout('2010')).toEqual([]);
  expect(otherLayout('')).toEqual([]);
});

test.each([
  ['kochirish', 'кучириш', 'koʻchirish'],
  ['кучириш', 'kochirish', 'кўчириш'],
  ['boyicha', 'буйича', 'boʻyicha'],
  ['ogirlash', 'угирлаш', 'oʻgirlash'],
  ['tortinchi', 'туртинчи', 'toʻrtinchi'],
  ['угирлаш', 'ogirlash', 'ўгирлаш'],
])('"%s" is not found in "%s", which "%s" is suggested for', (typed, text, meant) => {
  expect(finds(typed, text)).toBe(false);
  expect(withMissingLetters(typed).find((other) => finds(other, text))).toBe(meant);
});

test.each([
  "o'zbek",
  'oʻzbek',
  'ўзбек',
  'ўзбек'.normalize('NFD'),
  'maktab',
  '2010',
  '',
  'ooooooooo',
  'у'.repeat(1_000),
])('no letter is missing in "%s", or too many may be', (query) => {
  expect(withMissingLetters(query)).toEqual([]);
});

test('the fewest missing letters are tried first, each choice once, in the case they were typed in', () => {
  expect(withMissingLetters('OLMOQ')).toEqual(['OʻLMOQ', 'OLMOʻQ', 'OʻLMOʻQ']);
  expect(withMissingLetters('ул Оу')).toEqual(['ўл Оу', 'ул Оў', 'ўл Оў']);
});
