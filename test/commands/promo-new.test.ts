import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeWorkspace } from '../campaign/workspace.ts';
import { sec } from '../support/sec.ts';

describe('sec promo new', () => {
  it.each(['promo', 'newsletter', 'event', 'notice'])(
    'writes a %s brief that passes the check once it is filled in',
    async (template) => {
      const cwd = makeWorkspace();
      const subject = 'Say "hello": twice # now';
      const ran = await sec(
        ['promo', 'new', 'kaldi', 'summer', '--template', template, '--subject', subject, '--json'],
        { cwd },
      );
      const file = 'campaigns/kaldi/summer/campaign.md';
      expect(ran.json()).toMatchObject({
        client: 'kaldi',
        campaign: 'summer',
        template,
        file,
        written: true,
      });
      const before = await sec(['promo', 'check', 'kaldi', 'summer', '--json'], { cwd });
      const rules = before.json<{ problems: { rule: string; severity: string }[] }>().problems;
      expect(new Set(rules.filter(({ severity }) => severity === 'error').map(({ rule }) => rule))).toEqual(
        new Set(['placeholder']),
      );
      writeFileSync(join(cwd, file), readFileSync(join(cwd, file), 'utf8').replaceAll('✎ ', ''));
      const after = await sec(['promo', 'check', 'kaldi', 'summer', '--json'], { cwd });
      expect(after.json()).toMatchObject({ errors: 0 });
      expect(after.code).toBe(0);
    },
  );

  it('never writes over a campaign', async () => {
    const cwd = makeWorkspace();
    const file = join(cwd, 'campaigns/kaldi/spring/campaign.md');
    const before = readFileSync(file, 'utf8');
    const ran = await sec(['promo', 'new', 'kaldi', 'spring', '--json'], { cwd });
    expect(ran.json()).toMatchObject({ error: { code: 'CAMPAIGN_EXISTS', exitCode: 73 } });
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('writes nothing with --dry-run or a name that cannot be a folder', async () => {
    const cwd = makeWorkspace();
    const dry = await sec(['promo', 'new', 'kaldi', 'summer', '--dry-run', '--json'], { cwd });
    expect(dry.json()).toMatchObject({ written: false });
    expect(existsSync(join(cwd, 'campaigns/kaldi/summer'))).toBe(false);
    const bad = await sec(['promo', 'new', 'kaldi', '../Jāņu akcija', '--json'], { cwd });
    expect(bad.json()).toMatchObject({ error: { code: 'CAMPAIGN_NAME_INVALID', hint: 'Try: janu-akcija' } });
  });

  it('asks for the words that it needs', async () => {
    const ran = await sec(['promo', 'new', 'kaldi', '--json'], { cwd: makeWorkspace() });
    expect(ran.json()).toMatchObject({ error: { code: 'WORD_MISSING', details: { word: 'campaign' } } });
  });
});
