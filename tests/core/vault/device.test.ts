import { beforeAll, expect, test } from 'vitest';
import { fromB64, utf8 } from '@/core/base/bytes.ts';
import { canonical } from '@/core/base/json.ts';
import { type Device, deviceSigner, newDevice, openDevice, sealDevice } from '@/core/vault/device.ts';
import { deriveSealers, type Sealer } from '@/core/vault/envelope.ts';
import { verify } from '@/core/vault/primitives.ts';
import { seededRandom } from '../../support/seeded-random.ts';

let sealer: Sealer;
let device: Device;
beforeAll(async () => {
  sealer = (await deriveSealers(new Uint8Array(32))).device;
  device = await newDevice({ name: 'Айгүл', idleMinutes: 10 }, seededRandom(1));
});

/** A device file as some other version might have written it. */
const sealedJson = (json: object) =>
  sealer.seal(utf8(canonical({ ...device, ...json } as never)), utf8('baikoo/v1/device-file/vault-1'));

test('opens the device it sealed', async () => {
  const sealed = await sealDevice(device, sealer, 'vault-1');
  expect(await openDevice(sealed, sealer, 'vault-1')).toEqual(device);
});

test('does not open the device file of another vault', async () => {
  const sealed = await sealDevice(device, sealer, 'vault-1');
  await expect(openDevice(sealed, sealer, 'vault-2')).rejects.toMatchObject({ code: 'vault/unreadable' });
});

test('leaves nothing readable in the file', async () => {
  const sealed = Buffer.from(await sealDevice(device, sealer, 'vault-1'));
  for (const text of ['Айгүл', device.device, device.member, 'signing'])
    expect(sealed.includes(text)).toBe(false);
});

test('signs with the key whose public half it shows', async () => {
  const signer = await deviceSigner(device);
  const publicBytes = fromB64(device.signing.public) ?? expect.fail('not base64url');
  expect(signer.device).toBe(device.device);
  expect(await verify(publicBytes, await signer.sign(utf8('text')), utf8('text'))).toBe(true);
});

test('says that a file of a later version is newer', async () => {
  const sealed = await sealedJson({ version: 2, colour: 'green' });
  await expect(openDevice(sealed, sealer, 'vault-1')).rejects.toMatchObject({ code: 'vault/newer' });
});

test.each([
  ['no device', { device: '' }],
  ['a member that is no id', { member: 'me' }],
  ['an idle time out of range', { idleMinutes: 0 }],
  ['a key that is none', { signing: { private: 'AA', public: 'AA' } }],
  ['a field that it does not know', { colour: 'green' }],
])('refuses a file with %s', async (_what, json) => {
  await expect(openDevice(await sealedJson(json), sealer, 'vault-1')).rejects.toMatchObject({
    code: 'vault/unreadable',
  });
});
