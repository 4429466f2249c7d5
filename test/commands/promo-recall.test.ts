import { describe, expect, it, onTestFinished } from 'vitest';
import { promoWorkspace, site } from '../support/promo-workspace.ts';
import { sec } from '../support/sec.ts';
import { startEndpoint } from '../support/sendgrid-endpoint.ts';

const PEOPLE = 5;

/** A campaign that SendGrid has taken and holds for half an hour. */
async function heldCampaign() {
  const { dir, write } = promoWorkspace({ people: PEOPLE });
  write(
    'sites/kaldi/site.yaml',
    site('Kaldi Coffee', 'kaldi').replace(
      'sender: {',
      'sender: {recallMinutes: 30, transport: "sendgrid:", ',
    ),
  );
  const endpoint = await startEndpoint();
  onTestFinished(() => endpoint.stop());
  const env = { SENDGRID_API_KEY: 'SG.test-secret', SENDGRID_BASE_URL: endpoint.url };
  const run = (...words: string[]) => sec(['promo', ...words], { cwd: dir, env });
  const sent = await run('send', 'kaldi', 'spring', '--csv', 'customers.csv', '--basis', 'customer', '--yes');
  expect(sent.code, sent.stderr).toBe(0);
  return { dir, endpoint, run, sent };
}

describe('sec promo cancel', () => {
  it('calls back what SendGrid holds, and says exactly what was stopped', async () => {
    const { dir, endpoint, run, sent } = await heldCampaign();
    expect(endpoint.requests[0]).toMatchObject({ batch_id: 'batch-1', send_at: expect.any(Number) });
    expect(sent.stdout).toMatch(
      /holds 5 mails back.*promo cancel kaldi spring\n.*too late for the first from/,
    );

    const cancelled = await run('cancel', 'kaldi', 'spring', '--yes');
    expect(cancelled.stdout).toContain('5 mails stopped: SendGrid confirmed it.');
    expect(endpoint.stopped.size).toBe(PEOPLE);
    const status = await run('status', 'kaldi', 'spring', '--json');
    expect(status.json()).toMatchObject({
      ...{ state: 'cancelled', accepted: 0, rejected: PEOPLE, recalled: PEOPLE, balanced: true },
    });
    const report = await run('report', 'kaldi', 'spring', '--json');
    expect(report.json()).toMatchObject({ sent: 0, rejected: 0, recalled: PEOPLE, domains: [] });
    const { entries } = (await sec(['audit', 'show', '--json'], { cwd: dir })).json<{ entries: object[] }>();
    expect(entries.at(-1)).toMatchObject({
      action: 'promo.cancel',
      facts: { campaign: 'spring', stopped: PEOPLE, accepted: 0, rejected: PEOPLE },
    });
  });

  it('claims nothing that SendGrid did not confirm, and can be asked again', async () => {
    const { endpoint, run } = await heldCampaign();
    endpoint.batchTrouble = 500;
    const failed = await run('cancel', 'kaldi', 'spring', '--yes', '--json');
    expect(failed.code).toBe(69);
    expect(failed.json()).toMatchObject({ error: { code: 'RECALL_UNCONFIRMED' } });
    const between = await run('status', 'kaldi', 'spring', '--json');
    expect(between.json()).toMatchObject({ accepted: PEOPLE, rejected: 0 });
    expect(between.json()).not.toHaveProperty('recalled');

    endpoint.batchTrouble = undefined;
    const again = await run('cancel', 'kaldi', 'spring', '--yes', '--json');
    expect(again.json()).toMatchObject({ state: 'cancelled', stopped: PEOPLE, accepted: 0 });
    expect(endpoint.stopped.size).toBe(PEOPLE);
  });
});
