import { describe, expect, it } from 'vitest';
import { page } from '../../support/approval.ts';
import { openDesk, Visitor } from '../../support/approval-desk.ts';
import { isUndecided, outcomes, scene, statements } from '../../support/approval-scene.ts';

describe('a decision', () => {
  it('needs a POST: a thousand GETs of scanners decide nothing', { timeout: 180_000 }, async () => {
    const { office, link, visitor } = await scene();
    await visitor.open();
    const paths = [
      '',
      '/decide',
      '/open',
      '?wish=approve&name=Anna+Berg',
      `/decide?wish=approve&token=${visitor.token}&name=Anna+Berg`,
    ];
    for (let n = 0; n < 1000; n += 50)
      await Promise.all(
        Array.from({ length: 50 }, (_, i) =>
          visitor.get(`/r/${link.id}${paths[(n + i) % paths.length]}`).then((r) => r.text()),
        ),
      );
    isUndecided(office);
    expect((await visitor.approve()).status).toBe(303);
    expect(statements(office)).toHaveLength(1);
  });

  it.each<[string, Record<string, string>]>([
    ['of another site', { origin: 'https://evil.example' }],
    ['that hides where it comes from', { origin: 'null' }],
    ['of another site that hides it', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['of a sister site', { 'sec-fetch-site': 'same-site' }],
    ['of the same name on another port', { origin: 'http://localhost:1' }],
  ])('is not taken from a page %s (CSRF)', async (_what, headers) => {
    const { office, visitor } = await scene();
    await visitor.open();
    expect((await visitor.approve({}, headers)).status).toBe(403);
    isUndecided(office);
  });

  it('is not taken without the cookie, with another’s, or without the form’s token', async () => {
    const { office, desk, visitor } = await scene();
    await visitor.open();
    const { cookie, token } = visitor;
    expect((await visitor.approve({}, { cookie: '' })).status).toBe(403);
    expect((await visitor.approve({}, { cookie: `${cookie.slice(0, -1)}x` })).status).toBe(403);
    expect((await visitor.approve({ token: '' })).status).toBe(403);
    expect((await visitor.approve({ token: `${token.slice(0, -1)}-` })).status).toBe(403);
    isUndecided(office);
    const spring = await desk.ask('spring', '--csv', `${office.cwd}/customers.csv`, '--basis', 'customer');
    const other = new Visitor(desk, spring);
    await other.open();
    expect((await visitor.approve({}, { cookie: other.cookie })).status).toBe(403);
    expect((await visitor.approve({ token: other.token })).status).toBe(403);
    isUndecided(office);
  });

  it('is not taken without the link’s secret, and nothing is shown', async () => {
    const { office, visitor, link } = await scene();
    for (const secret of ['', 'x'.repeat(43), link.secret.slice(1), link.id])
      expect((await visitor.open(secret)).status).toBe(403);
    expect(visitor.cookie).toBe('');
    const shown = await (await visitor.get()).text();
    expect(shown).not.toContain('Kaldi');
    const unknown = await (await visitor.get('/r/ffffffffffffffff')).text();
    expect(unknown).toBe(shown.replaceAll(link.id, 'ffffffffffffffff'));
    isUndecided(office);
  });

  it('is not taken from somebody else than it was sent to', async () => {
    const { office, visitor } = await scene();
    await visitor.open();
    const refused = await visitor.approve({ name: 'Mallory' });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('aria-invalid="true"');
    isUndecided(office);
    expect((await visitor.approve({ name: 'anna berg' })).status).toBe(303);
  });

  it('is made once by fifty at the same time, and the others get the same receipt or are refused', async () => {
    const { office, visitor } = await scene();
    await visitor.open();
    const all = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        n % 5 === 4
          ? visitor.post('decide', {
              token: visitor.token,
              wish: 'changes',
              name: 'Anna Berg',
              comment: 'Wait',
            })
          : visitor.approve(),
      ),
    );
    expect(statements(office)).toHaveLength(1);
    expect(outcomes(office)).toHaveLength(1);
    expect(
      all
        .map(({ status }, n) => [n % 5 === 4, status])
        .filter(([, status]) => status !== 303 && status !== 409),
    ).toEqual([]);
    expect(all.filter(({ status }, n) => n % 5 !== 4 && status === 303)).toHaveLength(40);
    const log = (await office.run('audit', 'show', '--json')).json<{ entries: { action: string }[] }>()
      .entries;
    expect(log.filter(({ action }) => action === 'approval.approved')).toHaveLength(1);
    const receipts = await Promise.all([1, 2, 3].map(async () => (await visitor.get()).text()));
    expect(new Set(receipts).size).toBe(1);
    expect(receipts[0]).toContain(statements(office)[0]?.slice(0, 64));
    const changed = await visitor.post('decide', {
      token: visitor.token,
      wish: 'changes',
      name: 'Anna Berg',
      comment: 'No',
    });
    expect(changed.status).toBe(409);
  });

  it('is made once by two desks on one workspace', async () => {
    const { office, visitor, link } = await scene();
    const second = new Visitor(await openDesk(office), link);
    await Promise.all([visitor.open(), second.open()]);
    const wishes = Array.from({ length: 10 }, (_, n) => (n % 2 ? visitor : second).approve());
    for (const { status } of await Promise.all(wishes)) expect([303]).toContain(status);
    expect(statements(office)).toHaveLength(1);
  });

  it('does not count for what was built anew, or from where live was', async () => {
    const { office, desk, visitor } = await scene();
    await visitor.open();
    page(office.cwd, 'prices', 'Prices', 'Sidamo 1.90 €');
    await office.run('site', 'build', 'kaldi');
    expect((await visitor.approve()).status).toBe(409);
    expect(statements(office)).toEqual([]);
    const next = new Visitor(desk, await desk.ask('site'));
    await next.open();
    expect((await next.approve()).status).toBe(303);
    expect((await office.run('site', 'publish', 'kaldi', '--yes', '--json')).json()).toMatchObject({
      applied: true,
      approval: { tier: 'T1' },
    });
  });
});

describe('a PIN', () => {
  const policy = '{approval: {site: required, tier: T2}}';

  it('is asked for beside the link, and makes it T2', async () => {
    const { office, visitor, link } = await scene(policy);
    await visitor.open();
    expect(link.pin).toMatch(/^\d{6}$/);
    expect((await visitor.approve()).status).toBe(422);
    expect((await visitor.approve({ pin: ` ${link.pin?.slice(0, 3)} ${link.pin?.slice(3)}` })).status).toBe(
      303,
    );
    const ran = await office.run('site', 'publish', 'kaldi', '--yes', '--json');
    expect(ran.json()).toMatchObject({ approval: { tier: 'T2' } });
  });

  it('cannot be tried out: the fifth wrong one closes the request', async () => {
    const { office, visitor, link } = await scene(policy);
    await visitor.open();
    const wrong = link.pin === '000000' ? '111111' : '000000';
    const tries = await Promise.all(Array.from({ length: 12 }, () => visitor.approve({ pin: wrong })));
    expect(tries.filter(({ status }) => status === 303)).toEqual([]);
    expect((await visitor.approve({ pin: link.pin ?? '' })).status).toBe(409);
    expect(statements(office)).toEqual([]);
  });
});
