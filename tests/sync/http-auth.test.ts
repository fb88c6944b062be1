import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HttpAuth, parseChallenges } from '@/core/sync/http-auth.ts';

/** A client's nonce that does not change. */
const random = { bytes: (length: number) => new Uint8Array(length).fill(0xab) };
const CNONCE = 'ab'.repeat(16);

const fieldsOf = (header: string | null): Record<string, string> =>
  Object.fromEntries(parseChallenges(header ?? '')[0]?.params ?? []);

describe('an answer to a challenge', () => {
  test('is nothing before the server has asked', async () => {
    const auth = new HttpAuth('user', 'password', random);
    expect(auth.asked).toBe(false);
    expect(await auth.header('GET', '/')).toBeNull();
  });

  test('by Basic is the example of RFC 7617, in UTF-8', async () => {
    const auth = new HttpAuth('test', '123£', random);
    expect(auth.challenge('Basic realm="foo", charset="UTF-8"', null)).toBe(true);
    expect(await auth.header('GET', '/')).toBe('Basic dGVzdDoxMjPCow==');
  });

  // The values were made with Python's hashlib from the formulas of RFC 7616, 3.4.1 to 3.4.3.
  test.each([
    ['MD5', '6e114d2208396d988eb63b7ff96192be'],
    ['SHA-256', '0254cfcd849e1987ff9088abf953f0cf783a0b14b8bdb002b15c0657ee6cc88d'],
    ['MD5-sess', 'ba6a02231ffc4c01ed19afff0545575b'],
    ['SHA-256-sess', '2671613acc214d9c0e9a4e27bede46179cabdd74ac08fc5a7efce1d48c7f826d'],
  ])('by Digest with %s has the response that the formulas give', async (algorithm, response) => {
    const auth = new HttpAuth('Mufasa', 'Circle of Life', random);
    const challenge = `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`;
    expect(auth.challenge(challenge, null)).toBe(true);
    const fields = fieldsOf(await auth.header('GET', '/dir/index.html'));
    expect(fields).toEqual({
      username: 'Mufasa',
      realm: 'http-auth@example.org',
      nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
      uri: '/dir/index.html',
      response,
      algorithm,
      opaque: 'FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS',
      cnonce: CNONCE,
      qop: 'auth',
      nc: '00000001',
    });
    expect(fieldsOf(await auth.header('GET', '/dir/index.html')).nc).toBe('00000002');
  });

  test('by Digest without qop is the example of RFC 2069 with its erratum', async () => {
    const auth = new HttpAuth('Mufasa', 'CircleOfLife', random);
    auth.challenge(
      'Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"',
      null,
    );
    const fields = fieldsOf(await auth.header('GET', '/dir/index.html'));
    expect(fields.response).toBe('1949323746fe6a43ef61f9606e7febea');
    expect(fields.nc).toBeUndefined();
  });

  test('prefers SHA-256 to MD5 and both to Basic, in whatever order they are offered', async () => {
    const offers = [
      'Basic realm="a"',
      'Digest realm="a", nonce="1", algorithm=MD5, qop="auth"',
      'Digest realm="a", nonce="2", algorithm=SHA-256, qop="auth"',
    ];
    for (const offer of [offers.join(', '), offers.toReversed().join(', ')]) {
      const auth = new HttpAuth('u', 'p', random);
      auth.challenge(offer, null);
      expect(fieldsOf(await auth.header('GET', '/')).algorithm).toBe('SHA-256');
    }
  });

  test('is given up when it was refused, unless only the nonce went stale', async () => {
    const auth = new HttpAuth('u', 'p', random);
    const challenge = 'Digest realm="a", nonce="1", qop="auth"';
    auth.challenge(challenge, null);
    const sent = await auth.header('GET', '/');
    expect(auth.challenge(challenge, sent)).toBe(false);
    expect(auth.challenge(`${challenge}, stale=TRUE`, sent)).toBe(true);
  });

  test('takes the next nonce that comes along with an answer', async () => {
    const auth = new HttpAuth('u', 'p', random);
    auth.challenge('Digest realm="a", nonce="1", qop="auth"', null);
    await auth.header('GET', '/');
    auth.info('nextnonce="2", qop=auth, nc=00000001');
    expect(fieldsOf(await auth.header('GET', '/'))).toMatchObject({ nonce: '2', nc: '00000001' });
  });

  test('counts on where the next nonce that a server offers is the one in use', async () => {
    const auth = new HttpAuth('u', 'p', random);
    auth.challenge('Digest realm="a", nonce="1", qop="auth"', null);
    await auth.header('GET', '/');
    auth.info('nextnonce="1"');
    expect(fieldsOf(await auth.header('GET', '/'))).toMatchObject({ nonce: '1', nc: '00000002' });
  });

  test.each([
    'Digest realm="a", nonce="1", algorithm=SHA-512-256, qop="auth"',
    'Digest realm="a", nonce="1", qop="auth-int"',
    'Digest realm="a"',
    'Digest nonce="1\u00e9", realm="a"',
    'Negotiate',
    'Bearer realm="a"',
    '',
  ])('is not attempted to %j', (challenge) => {
    expect(new HttpAuth('u', 'p', random).challenge(challenge, null)).toBe(false);
  });

  test('keeps a name that no header can hold in the extended form, and escapes what a quoted one cannot', async () => {
    for (const [user, expected] of [
      ['Айгүл', "username*=UTF-8''%D0%90%D0%B9%D0%B3%D2%AF%D0%BB"],
      ['a"b\\c', 'username="a\\"b\\\\c"'],
    ] as const) {
      const auth = new HttpAuth(user, 'p', random);
      auth.challenge('Digest realm="a", nonce="1", qop="auth"', null);
      expect(await auth.header('GET', '/')).toContain(expected);
    }
  });

  test('is printable, whatever the server and the person come up with', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme' }),
        fc.string(),
        fc.string(),
        async (user, realm, nonce) => {
          const auth = new HttpAuth(user, 'p', random);
          if (!auth.challenge(`Digest realm="${realm}", nonce="${nonce}", qop=auth`, null)) return;
          expect(await auth.header('PUT', '/x')).toMatch(/^[\x20-\x7e]*$/);
        },
      ),
    );
  });
});
