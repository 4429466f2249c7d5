import { describe, expect, it } from 'vitest';
import { openDesk, Visitor } from '../../support/approval-desk.ts';
import { isUndecided, outcomes, scene, statements } from '../../support/approval-scene.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('an answer', () => {
  it('keeps notes at pages until they are sent, and does not approve over them', async () => {
    const { office, visitor } = await scene();
    await visitor.open();
    const { token } = visitor;
    const note = (page: string, text: string, more: object = {}) =>
      visitor.post('note', { token, page, note: text, ...more });
    expect((await note('/prices/', 'x', { token: 'no' })).status).toBe(403);
    expect((await note('/elsewhere/', 'not a page of this')).status).toBe(303);
    expect((await note('/', 'A warmer word')).headers.get('location')).toMatch(/^\/r\/[0-9a-f]{16}#page-\d$/);
    expect((await note('/prices/', 'Larger\u001b[2J\u202e\r\n2 lines')).status).toBe(303);
    expect(await (await visitor.get()).text()).toContain('A warmer word');
    expect((await visitor.approve()).status).toBe(422);
    await note('/', ' ');
    const sent = { token, wish: 'changes', name: 'Anna Berg', comment: 'And the phone', page: '/elsewhere/' };
    expect((await visitor.post('decide', sent)).status).toBe(303);
    const { requests } = (await office.run('approval', 'list', 'kaldi', '--json')).json<{
      requests: { request: string }[];
    }>();
    const shown = await office.run('approval', 'show', 'kaldi', requests[0]?.request ?? '', '--json');
    expect(shown.json()).toMatchObject({
      comments: [
        { page: '/prices/', text: 'Larger[2J\n2 lines' },
        { page: null, text: 'And the phone' },
      ],
    });
    const said = await office.run('approval', 'show', 'kaldi', requests[0]?.request ?? '');
    expect(said.stdout).toMatch(/\/prices\/\s+Larger/);
  });

  it('is not lost where the key that signs is not on the desk’s computer; asking for changes needs none', async () => {
    const { office, link } = await scene();
    const warned: string[] = [];
    const warn = (text: string) => warned.push(text);
    const visitor = new Visitor(await openDesk({ ...office, keys: temporaryFolder() }, { warn }), link);
    expect(warned.join()).toContain('not on this computer');
    await visitor.open();
    const refused = await visitor.approve();
    expect(refused.status).toBe(503);
    expect(await refused.text()).toMatch(/cannot sign at the moment[\s\S]*value="Anna Berg"/u);
    isUndecided(office);
    const fields = { token: visitor.token, wish: 'changes', name: 'Anna Berg', comment: 'Larger prices' };
    expect((await visitor.post('decide', fields)).status).toBe(303);
    expect(outcomes(office)).toHaveLength(1);
  });

  it('brings back a comment with its page, and closes the request', async () => {
    const { office, visitor } = await scene();
    await visitor.open();
    const fields = { token: visitor.token, wish: 'changes', name: 'Anna Berg' };
    expect((await visitor.post('decide', { ...fields, comment: '  ' })).status).toBe(422);
    const comment = 'Larger <b>prices</b>';
    expect((await visitor.post('decide', { ...fields, comment, page: '/prices/' })).status).toBe(303);
    expect(await (await visitor.get()).text()).toContain('Larger &#60;b&#62;prices');
    const { requests } = (await office.run('approval', 'list', 'kaldi', '--json')).json<{
      requests: { request: string }[];
    }>();
    const shown = await office.run('approval', 'show', 'kaldi', requests[0]?.request ?? '', '--json');
    expect(shown.json()).toMatchObject({
      standing: 'changes',
      comments: [{ page: '/prices/', text: comment }],
    });
    expect((await visitor.approve()).status).toBe(409);
    expect(statements(office)).toEqual([]);
  });
});
