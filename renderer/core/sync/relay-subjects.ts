import { TARGET_PATH } from './target.ts';

/**
 * How a relay's stream holds files. A publisher is a device's key (`publisherOf`), the only one that the server lets
 * publish below its token; so a subject tells who put a file there, whosever path it is. Each key has an account of its
 * own at the servers, from which nothing leads to the stream but these:
 *
 *   baikoo.<its own publisher>.>    put this; answered with its place in the stream
 *   baikoo-ask.info                 which subjects are there; JetStream's STREAM.INFO of this one stream
 *   baikoo-ask.message              the last message on a subject; JetStream's DIRECT.GET of this one stream
 *
 * In the stream:
 *
 *   baikoo.<publisher>.f.<segments of the path>.<name>.<suffix>    a file: the last message is its content
 *   baikoo.<publisher>.p.<hash>.<n>                                a part of a file that is longer than PART bytes
 *
 * Segments hold no dot and a name exactly one, so that path and subject tell each other. A file of several parts is a
 * message without content whose headers tell of them (`PARTS`, `LENGTH`, `HASH`: hexadecimal, 16 bytes of SHA-256).
 *
 * Several publishers may hold a file under one path (packs that devices carry for each other). `get` of the path gives
 * the message that came last. A listing shows `<name>~<publisher>.<suffix>` as well for each of them, and `get` takes
 * that too: so a message that no reader can verify hides none that it can.
 */
export const STREAM = 'BAIKOO';
export const PREFIX = 'baikoo';
export const ASK_INFO = 'baikoo-ask.info';
export const ASK_MESSAGE = 'baikoo-ask.message';
/** Longest message: a pack and what it is padded with. Whoever loses the line sends no more than this again. */
export const PART = 256 * 1024;
export const PARTS = 'Baikoo-Parts';
export const LENGTH = 'Baikoo-Length';
export const HASH = 'Baikoo-Hash';

/** The token of a key: 80 bits of it, in lower case so that it can be part of a name. `key` is an nkey's public `U...`. */
export const publisherOf = (key: string): string => key.slice(1, 17).toLowerCase();

const PUBLISHER = /^[a-z2-7]{16}$/;
const ALTERNATE = /^(.*)~([a-z2-7]{16})(\.[a-z0-9]{1,8})$/s;

const tokensOf = (path: string): string => path.replaceAll('/', '.');

/** Where `publisher` puts the file; `*` stands for anybody. Null when it is no path of a target. */
export const fileSubject = (publisher: string, path: string): string | null =>
  TARGET_PATH.test(path) ? `${PREFIX}.${publisher}.f.${tokensOf(path)}` : null;

/** The messages that make up a path as a listing spelled it; null where there can be none. */
export function askedSubject(path: string): string | null {
  const alternate = ALTERNATE.exec(path);
  if (alternate === null) return fileSubject('*', path);
  const [, before, publisher, suffix] = alternate;
  return fileSubject(publisher as string, `${before}${suffix}`);
}

/** Every file directly in a folder; null when it is no folder of a target. */
export function folderFilter(folder: string): string | null {
  if (folder === '') return `${PREFIX}.*.f.*.*`;
  return TARGET_PATH.test(`${folder}/a.a`) ? `${PREFIX}.*.f.${tokensOf(folder)}.*.*` : null;
}

export const partSubject = (publisher: string, hash: string, part: number | '*'): string =>
  `${PREFIX}.${publisher}.p.${hash}.${part}`;

/** Who published on a file's subject, and the file's name; null when it is none of ours. */
export function readFileSubject(subject: string): { publisher: string; name: string } | null {
  const tokens = subject.split('.');
  const [prefix, publisher, kind] = tokens;
  const name = `${tokens.at(-2)}.${tokens.at(-1)}`;
  const ours = tokens.length >= 5 && prefix === PREFIX && kind === 'f' && PUBLISHER.test(publisher ?? '');
  return ours && TARGET_PATH.test(name) ? { publisher: publisher as string, name } : null;
}

/** The names of a folder's listing, plain ones first. */
export function listedNames(subjects: readonly string[]): string[] {
  const publishers = new Map<string, string[]>();
  for (const subject of subjects) {
    const file = readFileSubject(subject);
    if (file === null) continue;
    const known = publishers.get(file.name);
    if (known) known.push(file.publisher);
    else publishers.set(file.name, [file.publisher]);
  }
  const plain = [...publishers.keys()].sort();
  const alternates = plain.flatMap((name) => {
    const by = publishers.get(name) as string[];
    return by.length === 1 ? [] : by.map((publisher) => name.replace('.', `~${publisher}.`));
  });
  return [...plain, ...alternates];
}
