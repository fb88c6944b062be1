import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { utf8 } from '@/core/base/bytes.ts';
import { CodedError } from '@/core/base/coded-error.ts';
import { parseMultistatus, segmentsOfAddress } from '@/core/sync/multistatus.ts';

const read = (text: string, most = 100) => parseMultistatus(utf8(text), most);
const refusal = expect.objectContaining({ code: 'target/failed', detail: { reason: 'listing' } });

describe('a listing', () => {
  test('in the form of Nextcloud is read, whatever prefix stands for the namespace', () => {
    const text = `<?xml version="1.0"?>
      <d:multistatus xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns" xmlns:oc="http://owncloud.org/ns">
        <d:response>
          <d:href>/remote.php/dav/files/%D0%90%D0%B9/Baikoo/</d:href>
          <d:propstat><d:prop><d:resourcetype><d:collection/></d:resourcetype></d:prop>
            <d:status>HTTP/1.1 200 OK</d:status></d:propstat>
          <d:propstat><d:prop><d:getcontentlength/></d:prop><d:status>HTTP/1.1 404 Not Found</d:status></d:propstat>
        </d:response>
        <d:response>
          <d:href>https://cloud.example.org/remote.php/dav/files/%D0%90%D0%B9/Baikoo/a%20b.bkp</d:href>
          <d:propstat><d:prop><d:resourcetype/><d:getcontentlength>123</d:getcontentlength></d:prop>
            <d:status>HTTP/1.1 200 OK</d:status></d:propstat>
        </d:response>
      </d:multistatus>`;
    const folder = ['remote.php', 'dav', 'files', 'Ай', 'Baikoo'];
    const entries = [
      { segments: folder, collection: true, size: null },
      { segments: [...folder, 'a b.bkp'], collection: false, size: 123 },
    ];
    expect(read(text)).toEqual(entries);
    expect(read(text.replaceAll(/(<\/?)d:/g, '$1lp1:').replace('xmlns:d=', 'xmlns:lp1='))).toEqual(entries);
  });

  test('names elements of the one namespace only', () => {
    expect(() => read('<multistatus><response><href>/a</href></response></multistatus>')).toThrow(refusal);
    const other =
      '<multistatus xmlns="DAV:"><response xmlns="urn:x"><href>/a</href></response></multistatus>';
    expect(read(other)).toEqual([]);
  });

  test.each([
    ['a document type', '<!DOCTYPE multistatus><multistatus xmlns="DAV:"/>'],
    ['an entity', '<multistatus xmlns="DAV:">&amp;&x;</multistatus>'],
    ['two roots', '<multistatus xmlns="DAV:"/><multistatus xmlns="DAV:"/>'],
    ['an unbound prefix', '<d:multistatus/>'],
    [
      'a depth of thousands',
      `<multistatus xmlns="DAV:">${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}</multistatus>`,
    ],
    ['nothing', ''],
    ['a page to log in', '<!doctype html><html><body><br></body></html>'],
  ])('with %s is refused', (_what, text) => {
    expect(() => read(text)).toThrow(refusal);
  });

  test('in another encoding is refused', () => {
    expect(() => parseMultistatus(Uint8Array.from([0x3c, 0xff, 0xfe, 0x3e]), 10)).toThrow(refusal);
  });

  test('is read up to so many entries', () => {
    const many = '<response><href>/a</href></response>'.repeat(50);
    expect(read(`<multistatus xmlns="DAV:">${many}</multistatus>`, 7)).toHaveLength(7);
  });

  test('is not looked at beyond them', () => {
    const many = '<response><href>/a</href></response>'.repeat(50);
    const text = `<multistatus xmlns="DAV:">${many}${' '.repeat(100_000)}<`;
    expect(read(text, 7)).toHaveLength(7);
    expect(() => read(text, 51)).toThrow(refusal);
  });

  test('is read the same wherever its pieces meet', () => {
    for (const before of ['', '=']) {
      const long = `<!--${before}${'🌿'.repeat(20_000)}-->`;
      const text = `<multistatus xmlns="DAV:">${long}<response><href>/${long}тоо</href></response></multistatus>`;
      expect(read(text)).toMatchObject([{ segments: ['тоо'] }]);
    }
  });

  test('of any text is entries or a refusal', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '</',
      '/>',
      'multistatus',
      ' xmlns="DAV:"',
      'response',
      'href',
      '&',
      ';',
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '<?x',
      '?>',
      '%2f',
      'a',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 3 })), { maxLength: 40 }), (pieces) => {
        try {
          expect(Array.isArray(read(pieces.join('')))).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(CodedError);
          expect(error).toEqual(refusal);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('an address', () => {
  test.each([
    ['/a/b/', ['a', 'b']],
    ['https://x.example/a%20b?c#d', ['a b']],
    ['//a///b', ['a', 'b']],
    ['/', []],
    ['/a/../b', null],
    ['/a/%2e%2e/b', null],
    ['/a/b%2Fc', null],
    ['/a/b%5Cc', null],
    ['/a%00', null],
    ['/%', null],
    ['/%ff', null],
  ])('%s has the segments %j', (address, segments) => {
    expect(segmentsOfAddress(address)).toEqual(segments);
  });
});
