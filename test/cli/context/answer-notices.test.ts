import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { expect, it } from 'vitest';
import { answerNotices } from '../../../src/cli/context/answer-notices.ts';
import { approvingOffice, type Office, siteYaml } from '../../support/approval.ts';
import { openDesk, Visitor } from '../../support/approval-desk.ts';
import { contextIn } from '../../support/context.ts';
import { freePort } from '../../support/free-port.ts';
import { write } from '../../support/kaldi.ts';

/** A desk whose office is told by mail, and somebody who has opened the link to it. */
async function scene(office: Office) {
  const failed: string[] = [];
  const notices = answerNotices(contextIn(office.cwd), (text) => failed.push(text));
  const desk = await openDesk(office, { tell: notices.tell });
  const visitor = new Visitor(desk, await desk.ask('site'));
  await visitor.open();
  return { visitor, notices, failed };
}

async function told({ cwd }: Office) {
  const names = readdirSync(join(cwd, 'outbox')).filter((name) => name.startsWith('answer-'));
  return Promise.all(names.map((name) => PostalMime.parse(readFileSync(join(cwd, 'outbox', name)))));
}

const wish = (token: string) => ({
  token,
  wish: 'changes',
  name: 'Anna Berg',
  comment: 'Larger <b>prices</b>\nand warmer',
  page: '/prices/',
});

it('writes to the office once what an approver wants different, however often it is sent', async () => {
  const office = approvingOffice();
  const { visitor, notices, failed } = await scene(office);
  const { token } = visitor;
  const all = await Promise.all(Array.from({ length: 5 }, () => visitor.post('decide', wish(token))));
  expect(all.map(({ status }) => status)).toEqual([303, 303, 303, 303, 303]);
  await notices.settled();
  const [mail, ...more] = await told(office);
  expect({ more, failed }).toEqual({ more: [], failed: [] });
  expect(mail?.to?.[0]?.address).toBe('office@example.com');
  expect(mail?.subject).toBe('Changes wanted: the website of Kaldi Coffee');
  expect(mail?.text).toContain('/prices/\nLarger <b>prices</b>\nand warmer');
  expect(mail?.text).toContain('sec approval request kaldi site');
  expect(mail?.html).toContain('Larger &#60;b&#62;prices');
});

it('writes that it was approved, and how sure that is', async () => {
  const office = approvingOffice();
  const { visitor, notices } = await scene(office);
  expect((await visitor.approve()).status).toBe(303);
  await notices.settled();
  const [mail] = await told(office);
  expect(mail?.subject).toBe('Approved: the website of Kaldi Coffee');
  expect(mail?.text).toContain('T1: answered through the link');
  expect(mail?.text).toContain('sec site publish kaldi');
});

it('lets the answer stand where no mail can be sent, and says so', async () => {
  const office = approvingOffice();
  const { visitor, notices, failed } = await scene(office);
  const server = `smtp://127.0.0.1:${await freePort()}`;
  write(office.cwd, 'sites/kaldi/site.yaml', siteYaml().replace('outbox:outbox', server));
  expect((await visitor.post('decide', wish(visitor.token))).status).toBe(303);
  await notices.settled();
  expect(failed).toHaveLength(1);
  expect(failed[0]).toMatch(/office/);
  expect((await office.run('today')).stdout).toContain('Anna Berg asks for changes');
});
