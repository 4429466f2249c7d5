import { describe, expect, it } from 'vitest';
import { type CampaignFacts, type ClientFacts, makeBoard, type SiteFacts } from '../../src/desk/index.ts';

const now = Temporal.Instant.from('2026-11-20T22:30:00Z');
const digest = (letter: string) => letter.repeat(64);

const site = (facts: Partial<SiteFacts> = {}): SiteFacts => ({
  client: 'bakery',
  timezone: 'Europe/Riga',
  update: 'weekly',
  published: { at: Temporal.Instant.from('2026-11-19T10:00:00Z'), release: digest('a') },
  isStopped: false,
  build: { release: digest('a') },
  needsApproval: false,
  asked: [],
  ...facts,
});
const campaign = (facts: Partial<Exclude<CampaignFacts, { problem: string }>> = {}): CampaignFacts => ({
  client: 'bakery',
  campaign: 'spring',
  timezone: 'Europe/Riga',
  isUnfinished: false,
  state: 'unsent',
  toGo: 0,
  inDoubt: 0,
  needsApproval: false,
  asked: [],
  ...facts,
});
const board = (...parts: Partial<ClientFacts>[]) =>
  makeBoard(
    parts.map((part) => ({ client: 'bakery', campaigns: [], ...part })),
    now,
  ).map(({ urgency, about, text, next }) => `${urgency} · ${about} · ${text} · ${next}`);

describe('a website on the board', () => {
  it('has no line where all is as it should be', () => {
    expect(board({ site: site() })).toEqual([]);
  });

  it('is due when its rhythm has passed, counted in days of the client’s calendar', () => {
    const published = (at: string) => ({ at: Temporal.Instant.from(at), release: digest('a') });
    expect(board({ site: site({ published: published('2026-11-13T22:30:00Z') }) })).toEqual([]);
    expect(board({ site: site({ published: published('2026-11-13T21:30:00Z') }) })).toEqual([
      'due · site · Not updated for 8 days; it is to be updated weekly. · sec site update bakery',
    ]);
    expect(board({ site: site({ update: 'never', published: published('2020-01-01T00:00:00Z') }) })).toEqual(
      [],
    );
  });

  it('waits where something else than the newest is live, or nothing', () => {
    expect(board({ site: site({ build: { release: digest('b') } }) })[0]).toMatch(
      /^waiting · site · What is live/,
    );
    expect(board({ site: site({ published: undefined }) })[0]).toMatch(
      /^waiting · site · .* never published/,
    );
    expect(board({ site: site({ build: undefined }) })).toEqual([]);
  });

  it('fails where it cannot be built or a publication was stopped', () => {
    const lines = board({
      site: site({ isStopped: true, build: { problem: 'page.md, line 3: no title.' } }),
    });
    expect(lines).toEqual([
      'failing · site · A publication was stopped in the middle. · sec site publish bakery',
      'failing · site · The website cannot be built: page.md, line 3: no title. · sec site build bakery',
    ]);
  });

  it('says a week ahead that it will change by itself', () => {
    const on = (day: string) =>
      site({
        build: { release: digest('a'), nextChange: Temporal.ZonedDateTime.from(`${day}T00:00[Europe/Riga]`) },
      });
    expect(board({ site: on('2026-11-28') })[0]).toMatch(/^coming · site · .* on 2026-11-28/);
    expect(board({ site: on('2026-11-29') })).toEqual([]);
  });
});

describe('a campaign on the board', () => {
  it('may go out on its days, both ends included', () => {
    const between = (starts: string, ends: string) => board({ campaigns: [campaign({ starts, ends })] });
    expect(between('2026-11-21', '2026-11-21')[0]).toMatch(/^due · spring · .* until 2026-11-21/);
    expect(between('2026-11-22', '2026-12-01')[0]).toMatch(/^coming · spring · .*from 2026-11-22/);
    expect(between('2026-12-01', '2026-12-24')).toEqual([]);
    expect(between('2026-11-01', '2026-11-20')[0]).toMatch(/^failing · spring · It ended on 2026-11-20/);
    expect(between('2026-10-01', '2026-11-06')).toEqual([]);
  });

  it('waits where its brief is not filled in', () => {
    expect(board({ campaigns: [campaign({ isUnfinished: true })] })[0]).toMatch(
      /^waiting · spring · The brief/,
    );
  });

  it('asks for those in doubt, and to go on where it stopped', () => {
    const lines = board({ campaigns: [campaign({ state: 'stopped', toGo: 1200, inDoubt: 1 })] });
    expect(lines).toEqual([
      'failing · spring · Of 1 recipient nobody knows whether the mail arrived. · sec promo resolve bakery spring',
      'failing · spring · The send stopped part-way: 1,200 recipients to go. · sec promo resume bakery spring',
    ]);
    expect(board({ campaigns: [campaign({ state: 'paused', toGo: 3 })] })[0]).toMatch(/^waiting .* resume /);
  });

  it.each(['finished', 'cancelled', 'sending'] as const)('has no line when it is %s', (state) => {
    expect(board({ campaigns: [campaign({ state })] })).toEqual([]);
  });
});

it('puts what presses first, over all clients, and a broken client among them', () => {
  const lines = board(
    { site: site({ published: undefined }), campaigns: [campaign()] },
    { client: 'dentist', problem: 'sites/dentist/site.yaml, line 2: name is missing.' },
  );
  expect(lines.map((line) => line.split(' · ')[0])).toEqual(['failing', 'due', 'waiting']);
  expect(lines[0]).toContain('sec client show dentist');
});
