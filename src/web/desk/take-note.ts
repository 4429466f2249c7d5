import { deskPage } from './desk-page.ts';
import { pagesOf, writtenText } from './notes.ts';
import { pageResponse, seeOther } from './responses.ts';
import type { DeskRequest } from './server.ts';
import { isSame } from './sessions.ts';
import type { DeskVisit } from './visit.ts';

/** Notes what is to be different on a page; nothing written takes the note away. Decides nothing. */
export function takeNote({ found, session }: DeskVisit, { body }: DeskRequest): Response {
  const form = new URLSearchParams(body);
  if (!isSame(form.get('token') ?? '', session.token))
    return pageResponse(deskPage(found, session, { problem: 'other', form }), 403);
  const pages = pagesOf(found.request.summary);
  const n = pages.findIndex(({ url }) => url === form.get('page'));
  const page = pages[n];
  const text = writtenText(form, 'note');
  if (page && text !== '') session.notes.set(page.url, text);
  else if (page) session.notes.delete(page.url);
  return seeOther(`/r/${found.request.id}${page ? `#page-${n}` : ''}`);
}
