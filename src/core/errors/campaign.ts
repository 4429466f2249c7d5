import { entry, oneOf, type Place, where } from './entry.ts';

const nothingSent = 'Nothing was sent.';

/** Failures of the room `campaign`. */
export const campaignErrors = {
  CAMPAIGN_UNKNOWN: entry<{
    client: string;
    campaign: string;
    near: readonly string[];
    known: readonly string[];
  }>({
    title: 'Unknown campaign',
    exit: 'usage',
    message: ({ client, campaign }) =>
      `There is no campaign "${campaign}" for ${client}. Nothing was changed.`,
    hint: ({ client, near, known }) => {
      if (near.length > 0) return `Did you mean ${oneOf(near)}?`;
      return known.length > 0
        ? `Campaigns of ${client}: ${known.join(', ')}`
        : `Write the first one with: sec promo new ${client} <campaign>`;
    },
  }),
  CAMPAIGN_EXISTS: entry<{ client: string; campaign: string; file: string }>({
    title: 'The campaign exists already',
    exit: 'cannotCreate',
    message: ({ client, campaign, file }) =>
      `${client} has a campaign "${campaign}" already: ${file}. Nothing was changed.`,
    hint: () => 'Edit that file, or choose another name for the new one.',
  }),
  CAMPAIGN_NAME_INVALID: entry<{ campaign: string; suggestion: string }>({
    title: 'A campaign name that cannot be a folder',
    exit: 'usage',
    message: ({ campaign }) =>
      `"${campaign}" cannot be a campaign's name: it may hold small letters a–z, digits and hyphens.`,
    hint: ({ suggestion }) => (suggestion ? `Try: ${suggestion}` : 'Try a short word such as: spring'),
  }),
  BRIEF_UNFINISHED: entry<Place>({
    title: 'A brief with something still to be filled in',
    exit: 'badData',
    message: (p) =>
      `${where(p)}: there is a ✎ here, for something that is still to be written. ${nothingSent}`,
    hint: () => 'Fill it in, or take the line out. sec promo check finds all of them.',
  }),
  MERGE_SYNTAX: entry<Place & { problem: string }>({
    title: 'A merge field that cannot be read',
    exit: 'badData',
    message: (p) => `${where(p)}: ${p.problem}. ${nothingSent}`,
    hint: () =>
      'A merge field is {{first_name}}, or with a fallback {{or first_name "friend"}}; see docs/reference/campaigns.md.',
  }),
  MERGE_FIELD_UNKNOWN: entry<Place & { name: string; near: readonly string[]; columns: readonly string[] }>({
    title: 'A merge field that the list does not have',
    exit: 'badData',
    message: (p) => `${where(p)}: the list has no column for {{${p.name}}}. ${nothingSent}`,
    hint: ({ near, columns }) => {
      if (near.length > 0) return `Did you mean ${oneOf(near)}?`;
      return columns.length > 0
        ? `The list's columns: ${columns.join(', ')}`
        : 'The list has no columns besides the address: take the merge field out.';
    },
  }),
  MERGE_FIELD_EMPTY: entry<Place & { name: string; missing: number; total: number }>({
    title: 'A merge field that is empty for some',
    exit: 'badData',
    message: (p) =>
      `${where(p)}: ${p.missing} of ${p.total} on the list have nothing for {{${p.name}}}, and it has no fallback. ${nothingSent}`,
    hint: ({ name, file }) =>
      `Write what they read instead: ${/\.mjml$/.test(file) ? '\\' : ''}{{or ${name} "…"}}`,
  }),
  TEMPLATE_UNKNOWN: entry<Place & { template: string; near: readonly string[]; known: readonly string[] }>({
    title: 'Unknown template',
    exit: 'badConfig',
    message: (p) => `${where(p)}: there is no template "${p.template}". ${nothingSent}`,
    hint: ({ near, known }) =>
      near.length > 0 ? `Did you mean ${oneOf(near)}?` : `Templates: ${known.join(', ')}`,
  }),
  TEMPLATE_BROKEN: entry<Place & { problem: string }>({
    title: 'A template that does not compile',
    exit: 'badConfig',
    message: (p) => `${where(p)}: ${p.problem}. ${nothingSent}`,
    hint: () => 'Mend that line of the template and look at it with: sec promo preview',
  }),
  PREVIEW_RECIPIENT_UNKNOWN: entry<{ list: string }>({
    title: 'Nobody with that address',
    exit: 'usage',
    message: ({ list }) => `The list "${list}" holds nobody with that address to be written to.`,
    hint: () => 'Check the spelling, or leave --for out: the first person on the list is shown then.',
  }),
  PORT_TAKEN: entry<{ port: number }>({
    title: 'The port is taken',
    exit: 'unavailable',
    message: ({ port }) => `Another program on this computer uses port ${port} already.`,
    hint: () => 'Leave --port out, and a free one is found.',
  }),
  SENDER_MISSING: entry<{ client: string; file: string }>({
    title: 'No sender',
    exit: 'badConfig',
    message: ({ client, file }) =>
      `${file}, field "sender": ${client} has no sender; every promotion must show its name and postal address. ${nothingSent}`,
    hint: () =>
      'Add: sender: {name: …, email: …, address: "street, town"}. The mail is sent in that name and shows that address.',
  }),
  PICTURES_NOT_LIVE: entry<{ client: string; campaign: string; pictures: readonly string[]; why?: string }>({
    title: 'Pictures that are not on the website',
    exit: 'badData',
    message: ({ campaign, pictures, why }) =>
      `The mails of "${campaign}" show ${pictures.length === 1 ? 'a picture' : `${pictures.length} pictures`} from the website, which ${why === undefined ? 'does not have' : 'could not be asked for'} ${pictures.slice(0, 3).join(', ')}${pictures.length > 3 ? ' …' : ''}.${why === undefined ? '' : ` ${why}`} ${nothingSent}`,
    hint: ({ client }) =>
      `Publish the site first: sec site publish ${client} (or write web: false into the brief: its pictures go with the mail then)`,
  }),
  PICTURE_UNUSABLE: entry<Place & { picture: string; problem: string }>({
    title: 'A picture that cannot go with a mail',
    exit: 'badData',
    message: (p) => `${where(p)}: the picture ${p.picture} ${p.problem}. ${nothingSent}`,
    hint: () => "Put a .jpg, .png or .gif of less than 1 MB into the campaign's folder and name it there.",
  }),
};
