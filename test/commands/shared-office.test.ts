import { execFileSync } from 'node:child_process';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { recipientId } from '../../src/audience/recipient-id.ts';
import { takeEvents } from '../../src/cli/context/events.ts';
import { messageToken } from '../../src/delivery/events/whose.ts';
import type { SendReceipt } from '../../src/delivery/receipt.ts';
import { contextIn } from '../support/context.ts';
import { inWorkspace } from '../support/in-workspace.ts';
import { listsIn } from '../support/lists.ts';
import { type Postgres, startPostgres } from '../support/postgres.ts';
import { findProgram, isLeftOutWithout } from '../support/programs.ts';
import { brief, personAddress, promoWorkspace, site } from '../support/promo-workspace.ts';
import { sec } from '../support/sec.ts';
import { startSink } from '../support/smtp-sink.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const csv = ['--csv', 'customers.csv', '--basis', 'customer', '--yes', '--json'];

describe.skipIf(isLeftOutWithout('postgresql', 'initdb', 'postgres', 'psql', 'pg_dump'))(
  'an office of two machines',
  { timeout: 120_000 },
  () => {
    let server: Postgres;
    let databases = 0;
    beforeAll(async () => {
      server = await startPostgres();
    });
    afterAll(() => server?.stop());

    const office = async (people = 6) => {
      const { dir, write } = promoWorkspace({ people });
      const url = server.database(`office${databases++}`);
      const sink = await startSink();
      onTestFinished(() => sink.stop());
      const sending = site('Kaldi', 'kaldi').replace('sender: {', `sender: {transport: "${sink.url}", `);
      write('sites/kaldi/site.yaml', sending);
      vi.stubEnv('SEC_LEDGER_URL', url);
      onTestFinished(() => void vi.unstubAllEnvs());
      return {
        ...{ dir, url, sink, write },
        here: inWorkspace(dir),
        /** A second machine: the folder as it is now, copied. */
        another() {
          const copy = temporaryFolder();
          cpSync(dir, copy, { recursive: true });
          return { dir: copy, run: inWorkspace(copy) };
        },
      };
    };

    it('writes to nobody who said no at the other one, for a client or for all', async () => {
      const { here, another, sink, dir } = await office();
      await here('list', 'suppress', 'kaldi', personAddress(0));
      const there = another();
      expect((await here('list', 'suppress', 'kaldi', personAddress(1))).code).toBe(0);
      expect((await here('list', 'suppress', personAddress(2), '--office')).code).toBe(0);
      const unable = await there.run('promo', 'send', 'kaldi', 'spring', ...csv);
      expect(unable.json()).toMatchObject({ error: { details: { folder: '.sec/office' } } });
      cpSync(join(dir, '.sec/office'), join(there.dir, '.sec/office'), { recursive: true });
      expect((await here('list', 'allow', 'kaldi', personAddress(0), '--yes')).code).toBe(0);
      const sent = await there.run('promo', 'send', 'kaldi', 'spring', ...csv);
      expect(sent.json(), sent.stderr).toMatchObject({ accepted: 4, excluded: { suppressed: 2 } });
      expect([...sink.taken.keys()].sort()).toEqual([0, 3, 4, 5].map(personAddress));
      expect((await there.run('promo', 'status', 'kaldi', 'spring', '--json')).json<SendReceipt>()).toEqual({
        ...(await here('promo', 'status', 'kaldi', 'spring', '--json')).json<SendReceipt>(),
        durationMs: expect.any(Number),
      });
    });

    it('carries over what each of them knew before they shared', async () => {
      const { here, another, dir, sink, url } = await office();
      const alone = async (cwd: string, n: number) => {
        vi.stubEnv('SEC_LEDGER_URL', undefined);
        await inWorkspace(cwd)('list', 'suppress', 'kaldi', personAddress(n));
        vi.stubEnv('SEC_LEDGER_URL', url);
      };
      await alone(dir, 0);
      const there = another();
      await alone(dir, 1);
      await alone(there.dir, 2);
      await there.run('list', 'suppress', 'kaldi', personAddress(3));
      expect((await here('promo', 'send', 'kaldi', 'spring', ...csv)).json()).toMatchObject({ accepted: 2 });
      expect([...sink.taken.keys()].sort()).toEqual([4, 5].map(personAddress));
    });

    it.each(['another key', 'no key'])('refuses to send with %s, and says what to copy', async (what) => {
      const { here, another, sink } = await office();
      await here('list', 'suppress', 'kaldi', personAddress(0));
      const there = another();
      rmSync(join(there.dir, '.sec/clients/kaldi'), { recursive: true });
      if (what === 'another key') (await listsIn(there.dir, 'kaldi')).close();
      const sent = await there.run('promo', 'send', 'kaldi', 'spring', ...csv);
      expect(sent.json()).toMatchObject({
        error: { code: 'SUPPRESSION_OTHER_KEY', hint: expect.stringContaining('.sec/clients/kaldi') },
      });
      expect(sink.taken.size).toBe(0);
    });

    it('sends elsewhere what the client approved here, and nothing that was taken back', async () => {
      const { here, another, sink, write } = await office();
      write(
        'sites/kaldi/site.yaml',
        site('Kaldi', 'kaldi', 'required').replace('sender: {', `sender: {transport: "${sink.url}", `),
      );
      write('campaigns/kaldi/autumn/campaign.md', brief('More news.'));
      const approve = async (campaign: string) => {
        const words = [...csv.slice(0, 4), '--no-mail', '--yes'];
        const asked = await here('approval', 'request', 'kaldi', campaign, ...words);
        const code = /\b([2-9A-Z]{5}-){3}[2-9A-Z]{5}\b/.exec(asked.stdout)?.[0] ?? '';
        const recorded = await here('approval', 'record', 'kaldi', code, '--json');
        return recorded.json<{ statement: string }>().statement;
      };
      await approve('spring');
      const there = another();
      await here('list', 'suppress', 'kaldi', personAddress(0));
      const taken = await approve('autumn');
      expect((await there.run('promo', 'send', 'kaldi', 'spring', ...csv)).json()).toMatchObject({
        accepted: 5,
        approval: { tier: 'T1' },
      });
      await here('approval', 'revoke', 'kaldi', taken, '--yes');
      const refused = await there.run('promo', 'send', 'kaldi', 'autumn', ...csv);
      expect(refused.json()).toMatchObject({ error: { code: 'APPROVAL_REVOKED' } });
      expect(sink.taken.size).toBe(5);
    });

    it('pauses here for what came back there, and reports the same at both', async () => {
      const { here, another, write, sink, dir } = await office(400);
      write(
        'sites/kaldi/site.yaml',
        site('Kaldi', 'kaldi').replace(
          'sender: {',
          `sender: {transport: "${sink.url}", pace: {perSecond: 20}, `,
        ),
      );
      await here('list', 'suppress', 'kaldi', 'nobody@example.com');
      const there = another();
      const lists = await listsIn(dir, 'kaldi');
      const idOf = (n: number) => recipientId(lists.clientKey, personAddress(n));
      const bounces = Array.from({ length: 40 }, (_, n) => ({
        ...{ event: 'bounce', status: '5.1.1', reason: '550 5.1.1 no such user', sg_message_id: `m${n}` },
        timestamp: Date.now() / 1000 + 60,
        sec_recipient: idOf(n),
        sec_message: messageToken('kaldi', 'spring', idOf(n)),
      }));
      lists.close();
      writeFileSync(join(there.dir, 'bounces.json'), JSON.stringify(bounces));
      const sending = sec(['promo', 'send', 'kaldi', 'spring', ...csv], { cwd: dir });
      await vi.waitUntil(() => sink.taken.size > 120, { timeout: 60_000 });
      const told = await there.run('events', 'import', 'kaldi', join(there.dir, 'bounces.json'), '--json');
      expect(told.json(), told.stderr).toMatchObject({ added: { bounced: 40 }, suppressed: 40 });
      expect((await sending).json()).toMatchObject({
        error: { code: 'SEND_HALTED', details: { reason: expect.stringContaining('40 of') } },
      });
      expect(sink.taken.size).toBeLessThan(400);
      const report = async (run: typeof here) =>
        (await run('promo', 'report', 'kaldi', 'spring', '--json')).json<{ bounced: number }>();
      expect(await report(here)).toMatchObject({ bounced: 40 });
      expect(await report(there.run)).toEqual(await report(here));
      // A late retry at the other machine does not suppress anew whom somebody allowed since.
      await here('list', 'allow', 'kaldi', personAddress(0), '--yes');
      writeFileSync(join(dir, 'bounces.json'), JSON.stringify(bounces));
      const again = await here('events', 'import', 'kaldi', join(dir, 'bounces.json'), '--json');
      expect(again.json()).toMatchObject({ added: {}, known: 40, suppressed: 0 });
    });

    it('keeps what it was told while the database was away, and tells it later', async () => {
      const { here, another, dir, url } = await office();
      await here('promo', 'send', 'kaldi', 'spring', ...csv);
      const there = another();
      const lists = await listsIn(dir, 'kaldi');
      const recipient = recipientId(lists.clientKey, personAddress(1));
      lists.close();
      const at = Temporal.Now.instant();
      const takeHere = () => {
        const context = contextIn(dir);
        const click = { id: 'click', kind: 'unsubscribed', at, campaign: 'spring', recipient } as const;
        return takeEvents(context, context.workspace().client('kaldi'), [click]);
      };
      vi.stubEnv('SEC_LEDGER_URL', url.replace(/:\d+\//, ':1/'));
      await expect(takeHere()).rejects.toMatchObject({ code: 'LEDGER_UNREACHABLE' });
      vi.stubEnv('SEC_LEDGER_URL', url);
      const report = async () =>
        (await there.run('promo', 'report', 'kaldi', 'spring', '--json')).json<{ unsubscribed: number }>();
      expect(await report()).toMatchObject({ unsubscribed: 0 });
      expect(await takeHere()).toEqual({ added: {}, known: 1, suppressed: 0 });
      expect(await report()).toMatchObject({ unsubscribed: 1 });
      expect(
        (await there.run('list', 'allow', 'kaldi', personAddress(1), '--yes', '--json')).json(),
      ).toMatchObject({
        changed: true,
      });
    });

    it('forgets a person in the database too', async () => {
      const EMAIL = personAddress(1);
      const { here, another, url } = await office();
      await here('promo', 'send', 'kaldi', 'spring', ...csv);
      const there = another();
      await here('list', 'suppress', 'kaldi', personAddress(2), '--reason', `like ${EMAIL}`);
      const dump = () => execFileSync(findProgram('pg_dump') ?? '', [url], { encoding: 'utf8' });
      expect(dump()).toContain(EMAIL);
      const erased = await here('privacy', 'erase', 'kaldi', EMAIL, '--yes', '--json');
      expect(erased.code, erased.stdout + erased.stderr).toBe(0);
      expect(dump()).not.toContain(EMAIL);
      expect((await there.run('privacy', 'export', 'kaldi', EMAIL, '--json')).json()).toMatchObject({
        suppressed: { reason: 'erased' },
      });
    });
  },
);
