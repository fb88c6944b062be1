// Reads the texts that the locale checks look at: the interface's files and every label of the seeds.
import { readFileSync } from 'node:fs';
import { listFiles } from './check-files.mjs';

export const LOCALES = ['ky', 'ru', 'uz-Cyrl', 'uz-Latn', 'en'];

/** Nested texts as `a.b.c` -> text. */
function flatten(node, prefix = '', out = new Map()) {
  for (const [key, value] of Object.entries(node)) {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    if (typeof value === 'string') out.set(path, value);
    else flatten(value, path, out);
  }
  return out;
}

/** The interface's texts: locale -> key -> text. */
export function readInterface() {
  const texts = {};
  for (const locale of LOCALES) {
    texts[locale] = flatten(JSON.parse(readFileSync(`locales/${locale}.json`, 'utf8')));
  }
  return texts;
}

/**
 * Every text of the seeds that stands in several languages: five-language labels wherever they are, and the
 * catalogue's translations beside its English. Each is `{ where, texts: { locale: text } }`.
 */
export function readSeeds(problems) {
  const found = [];
  const files = listFiles(/\.json$/, ['seeds']).map((file) => [file, JSON.parse(readFileSync(file, 'utf8'))]);

  const walk = (file, node, path) => {
    if (node === null || typeof node !== 'object') return;
    const keys = Object.keys(node);
    const locales = keys.filter((key) => LOCALES.includes(key));
    if (
      locales.length > 0 &&
      keys.every((key) => LOCALES.includes(key)) &&
      typeof node[locales[0]] === 'string'
    ) {
      // States of names ({ "uz-Latn": "draft" }) have locale keys too, but are no label.
      if (!path.endsWith('namesState')) {
        const where = `${file} ${path}`;
        for (const locale of LOCALES) {
          if (!locales.includes(locale)) problems.push(`${where}: no text in ${locale}`);
        }
        found.push({ where, texts: node });
      }
      return;
    }
    for (const key of keys) walk(file, node[key], path === '' ? key : `${path}/${key}`);
  };
  for (const [file, content] of files) {
    if (content.format !== 'baikoo-translation' && content.format !== 'baikoo-words') walk(file, content, '');
  }

  const original = files.find(([, content]) => content.format === 'baikoo-catalogue')?.[1];
  const translations = files
    .map(([, content]) => content)
    .filter(({ format }) => format === 'baikoo-translation');
  if (original !== undefined) {
    const add = (where, en, pick) => {
      const texts = { en };
      for (const translation of translations) {
        const text = pick(translation);
        if (typeof text === 'string') texts[translation.lang] = text;
        else problems.push(`seeds/catalogue ${where}: no text in ${translation.lang}`);
      }
      found.push({ where: `seeds/catalogue ${where}`, texts });
    };
    const reasons = new Set();
    const sections = new Set();
    for (const area of original.areas) {
      area.sectionCodes.forEach((code, index) => {
        if (!sections.has(code))
          add(`sections/${code}`, area.sectionPath[index], (file) => file.sections[code]);
        sections.add(code);
      });
      add(`${area.code}/text`, area.text, (file) => file.items[area.code]?.text);
      add(`${area.code}/shortTitle`, area.shortTitle, (file) => file.items[area.code]?.shortTitle);
      area.editorNotes?.forEach((note, index) => {
        add(`${area.code}/notes/${index}`, note, (file) => file.items[area.code]?.notes?.[index]);
      });
      for (const { reason } of area.sdgTargets) {
        if (!reasons.has(reason)) add(`sdgReasons/${reason}`, reason, (file) => file.sdgReasons[reason]);
        reasons.add(reason);
      }
      for (const measure of area.measures) {
        const item = (file) => file.items[measure.code];
        add(`${measure.code}/text`, measure.text, (file) => item(file)?.text);
        if (measure.leadIn !== null)
          add(`${measure.code}/leadIn`, measure.leadIn, (file) => item(file)?.leadIn);
        if (measure.trailing !== null) {
          add(`${measure.code}/trailing`, measure.trailing, (file) => item(file)?.trailing);
        }
        if (measure.editorNote !== undefined) {
          add(`${measure.code}/note`, measure.editorNote, (file) => item(file)?.note);
        }
      }
    }
  }
  return found;
}
