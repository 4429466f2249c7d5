import { digestOf, sha256 } from '../core/digest.ts';
import type { Brief, Campaign } from './brief/brief.ts';
import { briefMergeFields } from './brief/merge-fields.ts';
import { eventCalendar } from './calendar.ts';
import { renderMarkdown } from './markdown.ts';
import { createProtector } from './merge/protect.ts';
import { compileSlots } from './merge/slots.ts';
import type { Attachment, Mailbox, Message } from './message.ts';
import { type Pictures, withHeights } from './picture.ts';
import { expandTemplate } from './template/expand.ts';
import { templateMergeFields } from './template/merge-fields.ts';
import { renderMjml } from './template/mjml.ts';
import { prepareTemplate } from './template/prepare.ts';
import type { Template } from './template/template.ts';
import { makeView, type Sender } from './template/view.ts';
import { toPlainText } from './text.ts';

/** Room for the text in our templates: 600 px less the margins. */
const textWidth = 536;

export interface CompileParts {
  readonly campaign: Campaign;
  readonly brief: Brief;
  readonly sender: Sender;
  readonly template: Template;
  readonly pictures: Pictures;
}

/**
 * One language of a campaign as a message: Markdown into the template, MJML into HTML, once; what differs from
 * recipient to recipient is left as slots.
 *
 * @throws MERGE_SYNTAX, TEMPLATE_BROKEN with file and line
 */
export async function compileMessage({
  campaign,
  brief,
  sender,
  template: written,
  pictures,
}: CompileParts): Promise<Message> {
  const { fields, language } = brief;
  const template = prepareTemplate(written, sender.sender.address);
  const uses = [...briefMergeFields(brief), ...templateMergeFields(template)];
  const guard = createProtector([
    brief.body,
    JSON.stringify(fields),
    template.source,
    JSON.stringify(sender),
  ]);
  const content = guard.unwrapBlocks(renderMarkdown(guard.protect(brief.body), pictures, textWidth));
  const preheader = guard.protect(fields.preheader);
  const view = makeView({ campaign, brief, sender, pictures, words: template.words, content, preheader });
  const { text: mjml, placeOf } = expandTemplate(template, view, guard.protectEscaped);
  const page = withHeights(await renderMjml(mjml, placeOf), pictures.values());
  const source = {
    subject: fields.subject,
    html: guard.restore(page),
    text: guard.restore(toPlainText(page, template.words.was ?? '')),
  };

  const from = readMailbox(fields.from, sender.sender);
  const replyTo = fields.replyTo ? readMailbox(fields.replyTo, sender.sender).email : sender.sender.replyTo;
  const unsubscribeMailbox = sender.sender.replyTo ?? sender.sender.email;
  const calendar = eventCalendar(campaign, brief, sender);
  const attachments: Attachment[] = [
    ...[...pictures.values()].filter(({ cid }) => page.includes(`cid:${cid}`)),
    ...(calendar ? [calendar] : []),
  ];
  const hosted = [...pictures.values()].flatMap(({ url, contentType, content: bytes }) =>
    url !== undefined && page.includes(url) ? [{ url, contentType, content: bytes }] : [],
  );
  const visible = {
    client: sender.client,
    campaign: campaign.name,
    language,
    from,
    ...(replyTo === undefined ? {} : { replyTo }),
    unsubscribeMailbox,
    tracking: sender.tracking,
    attachments: attachments.map(({ filename, contentType, cid, content: bytes }) => [
      filename,
      contentType,
      cid,
      sha256(bytes),
    ]),
  };
  return {
    ...visible,
    attachments,
    hosted,
    subject: compileSlots(source.subject, { language, as: 'line' }),
    html: compileSlots(source.html, { language, as: 'html' }),
    text: compileSlots(source.text, { language, as: 'text' }),
    fields: [...new Set(uses.map(({ name }) => name))],
    uses,
    digest: digestOf({
      ...visible,
      ...source,
      hosted: hosted.map(({ url, content: bytes }) => [url, sha256(bytes)]),
    }),
  };
}

function readMailbox(text: string | undefined, sender: Mailbox): Mailbox {
  if (text === undefined) return { name: sender.name, email: sender.email };
  const parts = /^(.*)<(.+)>$/.exec(text);
  return parts
    ? { name: parts[1]?.trim().replace(/^"(.*)"$/, '$1') ?? '', email: parts[2] ?? '' }
    : { name: sender.name, email: text };
}
