import { afterAll, beforeAll, expect, it } from 'vitest';
import { lookUpAt } from '../../../src/adapters/dns/records.ts';
import { type DnsServer, startDns } from '../../support/dns-server.ts';

let server: DnsServer;
beforeAll(async () => {
  server = await startDns({
    'shop.kaldi.example': { mx: ['mail.kaldi.example'], txt: ['v=spf1 -all', `long ${'x'.repeat(400)}`] },
    'silent.example': { mx: ['.'] },
    '_dmarc.kaldi.example': { txt: ['v=DMARC1; p=reject'] },
    's1._domainkey.shop.kaldi.example': { txt: ['k=rsa; p=AAAA'] },
  });
});
afterAll(() => server.close());

it('reads what there is, texts whole and DMARC from the domain above', async () => {
  const records = await lookUpAt(server.address)('shop.kaldi.example', ['s1', 's2']);
  expect(records).toEqual({
    mx: ['mail.kaldi.example'],
    txt: ['v=spf1 -all', `long ${'x'.repeat(400)}`],
    dmarc: ['v=DMARC1; p=reject'],
    dkim: [
      { selector: 's1', txt: ['k=rsa; p=AAAA'] },
      { selector: 's2', txt: [] },
    ],
  });
});

it('takes "no such name" and a null MX for an answer', async () => {
  const look = lookUpAt(server.address);
  expect(await look('nobody.example', [])).toEqual({ mx: [], txt: [], dmarc: [], dkim: [] });
  expect((await look('silent.example', [])).mx).toEqual([]);
});

it('does not take a server that is not there for an answer', async () => {
  const gone = await startDns({});
  gone.close();
  await expect(lookUpAt(gone.address)('kaldi.example', [])).rejects.toThrow();
});
