import { describe, expect, it, onTestFinished } from 'vitest';
import { fixedClock } from '../../src/core/clock.ts';
import { sha256 } from '../../src/core/digest.ts';
import { isSecError } from '../../src/core/errors/index.ts';
import { finish } from '../../src/core/progress.ts';
import { findDrift, type Host, type Manner } from '../../src/publish/index.ts';
import { claim, type Files, publishTo, release } from '../support/publish.ts';

/** A real place for one test, and another hand that can reach into what visitors get. */
export interface HostUnderTest {
  /** A host as a new run opens it. */
  open(now?: string): Host;
  /** What visitors get, by path. Files of sec's own must not be among them. */
  live(): Promise<Record<string, string>>;
  /** What lay there before sec came; `live` leaves it out, and it counts as added by somebody else. */
  readonly before: readonly string[];
  /** Somebody else uploads or changes a file. */
  put(path: string, text: string): Promise<void>;
  /** Somebody else deletes a file. */
  remove(path: string): Promise<void>;
  /** How a release goes live there; in one step where absent. */
  readonly manner?: Manner;
  /** Texts of the files that made way for sec's. */
  aside(): Promise<string[]>;
  dispose(): Promise<void>;
}

/** Tests that a kind of host cannot pass by its nature, each with the reason. */
export interface Waiver {
  readonly test: string;
  readonly reason: string;
}

const first: Files = {
  'index.html': 'home 1',
  'about/index.html': 'about',
  'assets/site.css': 'css',
  'sitemap.xml': 'map 1',
  'old/index.html': 'old page',
};
const second: Files = {
  'index.html': 'home 2',
  'about/index.html': 'about',
  'assets/site.css': 'css',
  'sitemap.xml': 'map 2',
  'new/deep/index.html': 'new page',
  'name with spaces & ā.html': 'named',
};

/**
 * What every host does, whatever it is made of.
 *
 * @param setup makes a fresh, empty place
 */
export function hostContract(
  name: string,
  setup: () => Promise<HostUnderTest>,
  waivers: readonly Waiver[] = [],
): void {
  const test = (title: string, body: (place: HostUnderTest) => Promise<void>) => {
    const waived = waivers.find((waiver) => waiver.test === title);
    it(waived ? `${title} (waived: ${waived.reason})` : title, async () => {
      if (waived) return;
      const place = await setup();
      onTestFinished(() => place.dispose());
      await body(place);
    });
  };

  describe(`${name} as a host`, () => {
    test('is absent before the first publication', async (place) => {
      expect(await place.open().state()).toEqual({ kind: 'absent' });
    });

    test('tells beforehand how a release goes live', async (place) => {
      const host = place.open();
      expect((await host.manner?.()) ?? 'at once').toBe(place.manner ?? 'at once');
    });

    test('publishes a release as it is', async (place) => {
      await publishTo(place.open(), first);
      expect(await place.live()).toEqual(first);
      const state = await place.open().state();
      expect(state).toMatchObject({ kind: 'present', manifest: { site: 'kaldi', parent: null } });
    });

    test('takes over new and changed files and removes old ones', async (place) => {
      await publishTo(place.open(), first);
      const { plan } = await publishTo(place.open(), second);
      expect(plan.uploads.map(({ path, change }) => `${change} ${path}`)).toEqual([
        'new name with spaces & ā.html',
        'new new/deep/index.html',
        'changed sitemap.xml',
        'changed index.html',
      ]);
      expect(await place.live()).toEqual(second);
    });

    test('names the release before as the parent, and goes back to it', async (place) => {
      await publishTo(place.open(), first);
      await publishTo(place.open(), second);
      const before = release(first).digest;
      expect(await place.open().state()).toMatchObject({ manifest: { parent: before } });
      await publishTo(place.open(), first);
      expect(await place.live()).toEqual(first);
    });

    test('brings nothing when nothing changed', async (place) => {
      await publishTo(place.open(), first);
      const { plan } = await publishTo(place.open(), first);
      expect(plan).toMatchObject({ uploads: [], removals: {}, unchanged: 5 });
    });

    test('reads back the live bytes, and leaves out what is not there', async (place) => {
      await publishTo(place.open(), first);
      const hashes = await place.open().hashes(['index.html', 'nowhere.html']);
      expect([...hashes]).toEqual([['index.html', sha256('home 1')]]);
    });

    test('changes nothing live while it stages', async (place) => {
      await publishTo(place.open(), first);
      const host = place.open();
      const session = await host.open(claim('a'), []);
      await finish(session.stage(release(second).publication(host.target)));
      expect(await place.live()).toEqual(first);
      await session.close();
    });

    test('goes on where a run stopped after staging', async (place) => {
      await publishTo(place.open(), first);
      const host = place.open();
      const session = await host.open(claim('a'), []);
      await finish(session.stage(release(second).publication(host.target)));
      await session.close();
      await publishTo(place.open(), second);
      expect(await place.live()).toEqual(second);
      expect(await place.open().state()).not.toHaveProperty('interrupted');
    });

    test('drops what a run staged that another release does not want', async (place) => {
      await publishTo(place.open(), first);
      const host = place.open();
      const session = await host.open(claim('a'), []);
      await finish(session.stage(release(second).publication(host.target)));
      await session.close();
      const third = { ...first, 'index.html': 'home 3' };
      await publishTo(place.open(), third);
      expect(await place.live()).toEqual(third);
    });

    test('refuses bytes that are not the ones that were built', async (place) => {
      await publishTo(place.open(), first);
      const damaged = release(second);
      damaged.damage('index.html');
      await expect(publishTo(place.open(), damaged)).rejects.toMatchObject({ code: 'RELEASE_DAMAGED' });
      expect(await place.live()).toEqual(first);
    });

    test('lets only one in at a time, and says who is in', async (place) => {
      const session = await place.open().open(claim('a'), []);
      const refused = await place
        .open()
        .open(claim('b'), [])
        .catch((error: unknown) => error);
      expect(isSecError(refused, 'HOST_LOCKED') && refused.message).toContain('Operator a');
      expect(await place.open().lock()).toMatchObject({ owner: 'Operator a' });
      await session.close();
      expect(await place.open().lock()).toBeUndefined();
      await (await place.open().open(claim('b'), [])).close();
    });

    test('lets one of many in', async (place) => {
      const opened = await Promise.allSettled(
        Array.from({ length: 8 }, (_, n) => place.open().open(claim(`racer-${n}`), [])),
      );
      expect(opened.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });

    test('takes over a lock whose lease ran out, and the late one changes nothing', async (place) => {
      await publishTo(place.open(), first);
      const late = place.open('2026-03-02T10:00:00Z');
      const session = await late.open(claim('a'), []);
      const publication = release(second).publication(late.target);
      await finish(session.stage(publication));
      expect(await place.open('2026-03-02T11:00:00Z').lock()).toBeUndefined();
      const taken = await place.open('2026-03-02T11:00:00Z').open(claim('b'), []);
      await expect(finish(session.switch(publication))).rejects.toMatchObject({ code: 'LOCK_LOST' });
      await session.close();
      expect(await place.open().lock()).toMatchObject({ owner: 'Operator b' });
      await taken.close();
      expect(await place.live()).toEqual(first);
    });

    test('is unlocked by hand', async (place) => {
      await place.open().open(claim('a'), []);
      await place.open().unlock();
      expect(await place.open().lock()).toBeUndefined();
    });

    test('finds what somebody else changed, added and deleted', async (place) => {
      await publishTo(place.open(), first);
      await place.put('index.html', 'defaced');
      await place.put('google123.html', 'proof');
      await place.remove('about/index.html');
      const host = place.open();
      const drift = findDrift(await host.state(), await host.survey());
      expect(drift.filter(({ path }) => !place.before.includes(path))).toEqual([
        { path: 'about/index.html', change: 'deleted' },
        { path: 'google123.html', change: 'added' },
        { path: 'index.html', change: 'changed' },
      ]);
    });

    test('tells under the lock what is live at the paths that a run touches', async (place) => {
      await publishTo(place.open(), first);
      await place.put('index.html', 'defaced');
      const touching = ['index.html', 'about/index.html', 'nowhere/index.html'];
      const session = await place.open().open(claim('a'), touching);
      await session.close();
      const live = [
        ['about/index.html', sha256('about')],
        ['index.html', sha256('defaced')],
      ];
      expect([...session.live].sort()).toEqual(live);
      expect([...(await place.open().survey({ paths: touching }))].sort()).toEqual(live);
    });

    test('leaves files of others where they are', async (place) => {
      await publishTo(place.open(), first);
      await place.put('.well-known/proof.txt', 'theirs');
      await place.put('old/notes.txt', 'theirs too');
      await publishTo(place.open(), second);
      const theirs = { '.well-known/proof.txt': 'theirs', 'old/notes.txt': 'theirs too' };
      expect(await place.live()).toEqual({ ...second, ...theirs });
      await publishTo(place.open(), first);
      expect(await place.live()).toEqual({ ...first, ...theirs });
    });

    test('moves files of others aside where the release needs their name', async (place) => {
      await publishTo(place.open(), first);
      await place.put('new/deep/index.html', 'their page');
      const { published } = await publishTo(place.open(), second);
      expect(published.movedAside.map(({ path }) => path)).toEqual(['new/deep/index.html']);
      expect(await place.live()).toEqual(second);
      expect(await place.aside()).toEqual(['their page']);
    });

    test('keeps what somebody wrote into a file that is replaced or removed', async (place) => {
      await publishTo(place.open(), first);
      await place.put('index.html', 'edited by hand');
      await place.put('old/index.html', 'old page, edited by hand');
      await publishTo(place.open(), second);
      expect(await place.live()).toEqual(second);
      expect((await place.aside()).sort()).toEqual(['edited by hand', 'old page, edited by hand']);
    });

    test('puts the live release back where somebody changed and deleted files of it', async (place) => {
      await publishTo(place.open(), first);
      await place.put('index.html', 'defaced');
      await place.remove('about/index.html');
      await place.put('proof.txt', 'theirs');
      const { plan, published } = await publishTo(place.open(), first, true);
      expect(plan.uploads.map(({ path }) => path)).toEqual(['about/index.html', 'index.html']);
      expect(published.verification.mismatched).toEqual([]);
      expect(await place.live()).toEqual({ ...first, 'proof.txt': 'theirs' });
      expect(await place.aside()).toEqual(['defaced']);
      expect((await publishTo(place.open(), second)).plan.parent).toBe(release(first).digest);
      expect(await place.live()).toEqual({ ...second, 'proof.txt': 'theirs' });
    });
  });
}

export const contractClock = (now = '2026-03-02T10:00:00Z') => fixedClock(now);
