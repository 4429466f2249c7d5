import { isNameOf } from '../../approval/request/approver-name.ts';
import { isPin } from '../../approval/request/secrets.ts';
import { isSecError } from '../../core/errors/index.ts';
import type { FormProblem } from './answer-forms.ts';
import { deskPage } from './desk-page.ts';
import { pagesOf, writtenText } from './notes.ts';
import type { DeskAnswer, DeskCase } from './office.ts';
import { gonePage } from './pages.ts';
import { readAssertion } from './passkeys.ts';
import { pageResponse, seeOther } from './responses.ts';
import type { DeskRequest } from './server.ts';
import { isSame } from './sessions.ts';
import type { DeskVisit } from './visit.ts';

type Problem = FormProblem['problem'];

/** Takes decisions, those about one request one after the other: of many at once the first decides. */
export function decideHandler(): (visit: DeskVisit, request: DeskRequest) => Promise<Response> {
  const queues = new Map<string, Promise<unknown>>();
  return (visit, request) => {
    const { id } = visit.found.request;
    const before = queues.get(id) ?? Promise.resolve();
    const mine = before.then(
      () => decide(visit, request),
      () => decide(visit, request),
    );
    queues.set(id, mine);
    return mine.finally(() => queues.get(id) === mine && queues.delete(id));
  };
}

async function decide({ found, session }: DeskVisit, { body }: DeskRequest): Promise<Response> {
  const form = new URLSearchParams(body);
  const again = (problem: Problem, status = 422) =>
    pageResponse(deskPage(found, session, { problem, form }), status);
  if (!isSame(form.get('token') ?? '', session.token)) return again('other', 403);
  try {
    const answer =
      form.get('wish') === 'approve' ? await approval(found, session, form) : changes(found, session, form);
    if (typeof answer === 'string') return answer === 'pinLocked' ? locked(found) : again(answer);
    await found.answer(answer);
    return seeOther(`/r/${found.request.id}`);
  } catch (error) {
    if (!isSecError(error)) throw error;
    const problem = problemOf(error.code);
    // The office can mend that, and the question still stands.
    if (problem === 'key') return again(problem, 503);
    return pageResponse(gonePage(found, problem), 409);
  }
}

/** The way of answering that the request asks for, proved; or what is wrong with it. */
async function approval(
  found: DeskCase,
  session: DeskVisit['session'],
  form: URLSearchParams,
): Promise<DeskAnswer | Problem> {
  const { request } = found;
  if (!isNameOf(request.approver.name, form.get('name') ?? '')) return 'name';
  if (session.notes.size > 0) return 'noted';
  if (request.tier === 'T2' && !isPin(request, form.get('pin') ?? ''))
    return found.wrongPin() ? 'pin' : 'pinLocked';
  if (request.tier !== 'T3') return { wish: 'approve', statement: await found.draft(request.tier) };
  const { challenge } = session;
  const assertion = readAssertion(form.get('passkey') ?? '');
  const passkey = found.passkeys.find(({ credential }) => credential === assertion?.credential);
  if (!challenge || !('statement' in challenge) || !assertion || !passkey) return 'passkey';
  delete session.challenge;
  const { statement } = challenge;
  if (!(await found.isPasskeyGood(assertion, passkey, statement))) return 'passkey';
  return { wish: 'approve', statement, passkey: assertion };
}

/** What was noted at pages, and what is written here. */
function changes(
  { request }: DeskCase,
  { notes }: DeskVisit['session'],
  form: URLSearchParams,
): DeskAnswer | Problem {
  if (!isNameOf(request.approver.name, form.get('name') ?? '')) return 'name';
  const pages = pagesOf(request.summary).map(({ url }) => url);
  const noted = pages.flatMap((page) => {
    const text = notes.get(page);
    return text === undefined ? [] : [{ page, text }];
  });
  const text = writtenText(form, 'comment');
  const page = pages.find((url) => url === form.get('page')) ?? null;
  const comments = [...noted, ...(text === '' ? [] : [{ page, text }])];
  if (comments.length === 0) return 'comment';
  return { wish: 'changes', tier: 'T1', comments };
}

function locked(found: DeskCase): Response {
  return pageResponse(gonePage(found, 'pinLocked'), 403);
}

function problemOf(code: string): Problem {
  const known: Record<string, Problem> = {
    REQUEST_DECIDED: 'decided',
    REQUEST_EXPIRED: 'expired',
    REQUEST_WITHDRAWN: 'withdrawn',
    APPROVAL_KEY_MISSING: 'key',
    APPROVAL_KEY_LOCKED: 'key',
  };
  return known[code] ?? 'other';
}
