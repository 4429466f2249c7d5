import { describe, expect, it } from 'vitest';
import { Bookmark } from '../../../src/adapters/ledgers/sqlite/bookmark.ts';

describe('the bookmark of a campaign', () => {
  const open = () => {
    let looks = 0;
    const bookmark = new Bookmark(() => {
      looks++;
      return { first: 10, last: 19 };
    });
    return { bookmark, looks: () => looks };
  };

  it('begins with the first row, and looks up once where that is', () => {
    const { bookmark, looks } = open();
    expect([bookmark.next, bookmark.next, bookmark.span.last, looks()]).toEqual([10, 10, 19, 1]);
  });

  it('goes on behind whoever was looked at, and back to whoever may be claimed again', () => {
    const { bookmark } = open();
    bookmark.pass(15);
    bookmark.moved(12, { state: 'accepted', due: 0 });
    bookmark.moved(12, { state: 'planned', due: 5 });
    expect(bookmark.next).toBe(16);
    bookmark.moved(13, { state: 'planned', due: 0 });
    bookmark.moved(14, { state: 'planned', due: 0 });
    expect(bookmark.next).toBe(13);
  });

  it('begins anew where it was forgotten', () => {
    const { bookmark, looks } = open();
    bookmark.pass(19);
    bookmark.forget();
    expect([bookmark.next, looks()]).toEqual([10, 1]);
  });
});
