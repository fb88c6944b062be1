import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  capital,
  correctApostrophes,
  guessLanguage,
  letterForApostrophe,
  MISSING_LETTERS,
  nextSister,
} from '@/core/model/typing.ts';

describe('guessing the language of a text', () => {
  test.each([
    ['ky', 'Кызды мектептен алып кетишкенин айтышты, үй-бүлөсү макул болгон эмес'],
    ['ky', 'Мектеп директору балдар жана мугалимдер менен сүйлөштү'],
    // Typed on a Russian keyboard, without a single letter of its own.
    ['ky', 'Айыл окмоту бул тууралуу эч нерсе айткан жок, анткени кыз уйуно кайткан'],
    ['ru', 'Девушку увезли в село, и никто не знает, где она находится'],
    ['ru', 'Щит с объявлением о выселении повесили после решения суда'],
    ['uz-Cyrl', 'Ўқувчилар учун ўзбек тилида дарсликлар йўқ'],
    ['uz-Cyrl', 'Мактабда ўқитувчилар билан суҳбат қилинди'],
    // Uzbek on a Russian keyboard, whose к г х у are not Kyrgyz.
    ['uz-Cyrl', 'Мен мамлакатларни инсон хукукларининг химоячиларини камокдан озод килишга чакирдим'],
    ['uz-Cyrl', 'Гендерга йуналтирилган бюджетлаштиришни уз ичига олади ёки булган булади'],
    ['uz-Latn', "Maktabda o'zbek tilidagi sinflar yopildi"],
    ['uz-Latn', 'Maktabda oʻzbek tilidagi sinflar yopildi'],
    // Without any apostrophe, as many type.
    ['uz-Latn', 'Qiz maktab va mahalla uchun bu ishni qildi'],
    ['en', 'The girl was taken from the village and nobody could say where she was'],
  ] as const)('finds %s in "%s"', (lang, text) => {
    for (const current of ['ky', 'ru', 'uz-Cyrl', 'uz-Latn', 'en', 'other'] as const) {
      expect(guessLanguage(text, current)).toBe(lang);
    }
  });

  test.each(['', 'Ош', '12.04.2021', 'Бишкек, Манас', 'Karakol 2021', 'дом'])(
    'keeps the language while "%s" could be in several',
    (text) => {
      for (const current of ['ky', 'ru', 'uz-Cyrl', 'uz-Latn', 'en', 'other'] as const) {
        expect(guessLanguage(text, current)).toBe(current);
      }
    },
  );

  test.each([
    "The dog's owner saw it",
    "Who's there, and who'd say so?",
    "The NGO's report says that it isn't so",
    'It’s the Ombudsperson’s',
  ])('does not take the English of "%s" for Uzbek, which would change its apostrophes', (text) => {
    for (let end = 1; end <= text.length; end++) {
      expect(guessLanguage(text.slice(0, end), 'en')).toBe('en');
    }
  });

  test.each([
    ['uz-Latn', 'Maktab yopildi', 'ru'],
    ['uz-Latn', 'Qiz olib qochildi', 'ky'],
    ['en', 'Police detained two men in Osh', 'ru'],
    ['ky', 'Кыз жана анын энеси', 'en'],
    ['uz-Cyrl', 'Онаси билан келди', 'uz-Latn'],
  ] as const)(
    'a finished word is enough for %s in "%s" where %s has other letters',
    (lang, text, current) => {
      expect(guessLanguage(text, current)).toBe(lang);
    },
  );

  test('a word that is being typed may become any word, in another script too', () => {
    for (const begun of ['i', 'in', 'and', 'bu', 'не', 'о']) {
      for (const current of ['ky', 'en'] as const) expect(guessLanguage(begun, current)).toBe(current);
    }
  });

  test('takes one letter that only Kyrgyz has for Kyrgyz', () => {
    expect(guessLanguage('кең', 'ru')).toBe('ky');
    expect(guessLanguage('кен', 'ru')).toBe('ru');
  });

  test('does not take a Russian text for Kyrgyz because of a name', () => {
    const text = 'Он был в городе Өзгөн и не знал, что её увезли после суда в другой район';
    expect(guessLanguage(text, 'ru')).toBe('ru');
  });

  test('settles while a sentence is typed and does not waver after its third word', () => {
    const text = 'Айылда кызды ала качып кетишкен, ата-энеси макул болгон эмес жана милиция келген жок';
    const guesses = new Set<string>();
    for (let end = 40; end <= text.length; end++) guesses.add(guessLanguage(text.slice(0, end), 'ky'));
    expect([...guesses]).toEqual(['ky']);
  });

  test('judges a long narrative by its beginning', () => {
    const text = `The girl was taken from the village. ${'и в на не что '.repeat(20_000)}`;
    const start = performance.now();
    guessLanguage(text, 'en');
    expect(performance.now() - start).toBeLessThan(50);
  });
});

describe('apostrophes in Uzbek Latin', () => {
  test.each(["'", '\u2018', '\u2019', '`', '\u00b4', '\u02bb', '\u02bc'])(
    'makes %s the letter it stands for',
    (typed) => {
      expect(correctApostrophes(`O${typed}zbek bog${typed}i ta${typed}lim G${typed}ani`)).toBe(
        'O\u02bbzbek bog\u02bbi ta\u02bclim G\u02bbani',
      );
    },
  );

  test('leaves quotation marks before a word and everything after digits alone', () => {
    expect(correctApostrophes("u 'salom dedi, 5' va ' degan")).toBe("u 'salom dedi, 5' va ' degan");
    expect(letterForApostrophe('')).toBeNull();
    expect(letterForApostrophe('о')).toBeNull();
  });

  test.each([
    ['‘Salom’ dedi u', '‘Salom’ dedi u'],
    ["u 'ta'lim olish' dedi", "u 'taʼlim olish' dedi"],
    ["«‘Oʻzbekiston ovozi’» va san'at", '«‘Oʻzbekiston ovozi’» va sanʼat'],
    ["rock 'n' roll", "rock 'n' roll"],
    // A quotation that is never closed ends with its line.
    ["'salom\nman' etdi", "'salom\nmanʼ etdi"],
    ["5' va man' etdi", "5' va manʼ etdi"],
    ["bog' tog' sog'liq o't o'g'il", 'bogʻ togʻ sogʻliq oʻt oʻgʻil'],
    ["Qur'on mas'ul Is'hoq A'zam man'", 'Qurʼon masʼul Isʼhoq Aʼzam manʼ'],
    ['o＇zbek gʿoya taʾlim oʽq', 'oʻzbek gʻoya taʼlim oʻq'],
    ["ўзбек' о'қиш", "ўзбек' о'қиш"],
    ["o''q", "oʻ'q"],
    ['', ''],
  ])('makes of %j %j', (typed, stored) => {
    expect(correctApostrophes(typed)).toBe(stored);
  });

  test('corrects what was pasted between words and nothing round it', () => {
    const text = "o'zbek ta'lim o'quv";
    expect(correctApostrophes(text, 7, 13)).toBe("o'zbek taʼlim o'quv");
  });

  test('leaves what stands before the typed part as it was kept', () => {
    expect(correctApostrophes("o'zbek ta'lim", 7)).toBe("o'zbek ta\u02bclim");
  });

  test('changes no position in the text, and nothing the second time', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('o', 'g', 'a', "'", '\u2019', '\u02bb', ' ', '5', 'ў') }),
        (text) => {
          const corrected = correctApostrophes(text);
          expect(corrected).toHaveLength(text.length);
          expect(correctApostrophes(corrected)).toBe(corrected);
          const plain = (any: string) => any.replace(/[\u2019\u02bb\u02bc]/g, "'");
          expect(plain(corrected)).toBe(plain(text));
        },
      ),
    );
  });

  test('never produces a typographic quotation mark', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('o', 'a', "'", '`', '"', ' ') }), (text) => {
        expect(correctApostrophes(text)).not.toMatch(/[\u2018\u2019\u201c\u201d]/);
      }),
    );
  });
});

describe('letters that a keyboard lacks', () => {
  const turn = (text: string, lang: string): string => {
    const change = nextSister(text, lang);
    return change === null ? text : text.slice(0, text.length - change.remove) + change.insert;
  };

  test.each([
    ['кен', 'ky', 'кең'],
    ['О', 'ky', 'Ө'],
    ['у', 'ky', 'ү'],
    ['у', 'uz-Cyrl', 'ў'],
    ['К', 'uz-Cyrl', 'Қ'],
    ['г', 'uz-Cyrl', 'ғ'],
    ['х', 'uz-Cyrl', 'ҳ'],
    ['o', 'uz-Latn', 'o\u02bb'],
    ['G', 'uz-Latn', 'G\u02bb'],
    ['ta', 'uz-Latn', 'ta\u02bc'],
    ['ta\u02bc', 'uz-Latn', 'ta'],
    ['б', 'ky', 'б'],
    ['a', 'en', 'a'],
    ['', 'ky', ''],
  ])('turns "%s" (%s) into "%s"', (before, lang, after) => {
    expect(turn(before, lang)).toBe(after);
  });

  test.each(['н', 'О', 'у', 'У', 'к', 'Г', 'х', 'o', 'G'])('comes back to %s after a full turn', (letter) => {
    for (const lang of ['ky', 'uz-Cyrl', 'ru', 'uz-Latn']) {
      let text = letter;
      let turns = 0;
      do {
        text = turn(text, lang);
        turns++;
      } while (text !== letter && turns < 5);
      expect(text).toBe(letter);
      expect(turns).toBeGreaterThan(1);
    }
  });

  test('reaches every missing letter, small and capital, from one that a keyboard has', () => {
    const reached = new Set<string>();
    for (const letter of 'нокугхНОКУГХogOGa') {
      for (const lang of ['ky', 'uz-Cyrl', 'uz-Latn']) {
        let text = letter;
        for (let turns = 0; turns < 3; turns++) {
          text = turn(text, lang);
          reached.add(text);
        }
      }
    }
    for (const letter of MISSING_LETTERS.slice(0, -1)) {
      expect(reached).toContain(letter);
      expect(reached).toContain(capital(letter));
    }
    expect(reached).toContain('a\u02bc');
  });
});
