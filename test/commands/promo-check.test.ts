import { describe, expect, it } from 'vitest';
import { brief, makeWorkspace } from '../campaign/workspace.ts';
import { sec } from '../support/sec.ts';

describe('sec promo check', () => {
  it('passes a campaign without errors', async () => {
    const cwd = makeWorkspace();
    const ran = await sec(['promo', 'check', 'kaldi', 'spring', '--json'], { cwd });
    expect(ran.json()).toMatchObject({ client: 'kaldi', campaign: 'spring', errors: 0, warnings: 2 });
    expect(ran.code).toBe(0);
  });

  it('exits with 1 where there are errors, and says where and what to do', async () => {
    const cwd = makeWorkspace(brief('subject: News\npreheader: x', 'Hello {{{name}}}'));
    const ran = await sec(['promo', 'check', 'kaldi', 'spring'], { cwd });
    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain('campaigns/kaldi/spring/campaign.md');
    expect(ran.stdout).toMatch(/5 ✗ Three brackets .*merge-syntax/);
    const json = await sec(['promo', 'check', 'kaldi', 'spring', '--json'], { cwd });
    expect(json.json()).toMatchObject({
      errors: 1,
      problems: [{}, { file: expect.any(String), line: 5, fix: expect.any(String) }],
    });
    expect(json.code).toBe(1);
  });

  it('names the campaign that was meant', async () => {
    const ran = await sec(['promo', 'check', 'kaldi', 'sprnig', '--json'], { cwd: makeWorkspace() });
    expect(ran.json()).toMatchObject({ error: { code: 'CAMPAIGN_UNKNOWN', hint: 'Did you mean "spring"?' } });
    expect(ran.code).toBe(2);
  });
});
