import { expect, test } from 'vitest';
import { otherLayout } from '@/core/search/layout.ts';

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
