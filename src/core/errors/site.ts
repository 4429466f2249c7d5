import { entry, oneOf, type Place, where } from './entry.ts';

/** Failures of the room `site`: reading, rendering, editing. A failed build leaves the last good one as it was. */
export const siteErrors = {
  PAGE_INVALID: entry<Place & { problem: string; fits?: string | undefined }>({
    title: 'A page that cannot be read',
    exit: 'badData',
    message: (p) => `${where(p)}: ${p.problem}. Nothing was changed.`,
    hint: (p) => p.fits ?? 'Correct that line and try again.',
  }),
  ADDRESS_UNSAFE: entry<Place & { address: string }>({
    title: 'An address that leads out of the site',
    exit: 'badData',
    message: (p) => `${where(p)}: "${p.address}" cannot be an address on this site. Nothing was changed.`,
    hint: () =>
      'Use letters, digits and hyphens, with / between folders; no "..", no "\\", no control characters.',
  }),
  ADDRESS_TWICE: entry<{ address: string; files: readonly string[] }>({
    title: 'Two pages with one address',
    exit: 'badData',
    message: ({ address, files }) =>
      `The address ${address} belongs to more than one file: ${files.join(' and ')}. The last good build was kept.`,
    hint: () => 'Give one of them another file name, or a "slug:" of its own.',
  }),
  LINK_OUTSIDE: entry<Place & { path: string }>({
    title: 'A link out of the folder',
    exit: 'badData',
    message: (p) =>
      `${where(p)}: "${p.path}" leads out of the client's own folder, and was not followed. Nothing was changed.`,
    hint: () => "Copy the file into the client's folder, and link to it there.",
  }),
  SYMLINK_REFUSED: entry<{ file: string }>({
    title: 'A symbolic link',
    exit: 'badData',
    message: ({ file }) =>
      `${file} is a symbolic link: it stands for a file or folder somewhere else, and is not followed. Nothing was changed.`,
    hint: () => 'Put a copy of the real file in its place.',
  }),
  FILE_NOT_TEXT: entry<{ file: string }>({
    title: 'A text that is not UTF-8',
    exit: 'badData',
    message: ({ file }) =>
      `${file} is not saved as UTF-8, so its letters cannot be told apart. Nothing was changed.`,
    hint: () => 'Open it in your editor and save it again with the encoding UTF-8.',
  }),
  PAGE_LINK_BROKEN: entry<Place & { link: string; near: readonly string[] }>({
    title: 'A link to a page that does not exist',
    exit: 'badData',
    message: (p) => `${where(p)}: there is no page "${p.link}". The last good build was kept.`,
    hint: ({ near }) =>
      near.length > 0 ? `Did you mean ${oneOf(near)}?` : 'Correct the link, or write the page it leads to.',
  }),
  LAYOUT_MISSING: entry<Place & { layout: string; near: readonly string[]; known: readonly string[] }>({
    title: 'A layout that does not exist',
    exit: 'badConfig',
    message: (p) => `${where(p)}: there is no layout "${p.layout}". The last good build was kept.`,
    hint: ({ near, known }) =>
      near.length > 0 ? `Did you mean ${oneOf(near)}?` : `Layouts here: ${known.join(', ') || 'none'}`,
  }),
  PARTIAL_MISSING: entry<Place & { partial: string; near: readonly string[] }>({
    title: 'A partial that does not exist',
    exit: 'badConfig',
    message: (p) => `${where(p)}: there is no partial "${p.partial}". The last good build was kept.`,
    hint: ({ near, partial }) =>
      near.length > 0 ? `Did you mean ${oneOf(near)}?` : `Write it as partials/${partial}.hbs.`,
  }),
  TEMPLATE_FAILED: entry<Place & { problem: string; page?: string | undefined }>({
    title: 'A template that fails',
    exit: 'badConfig',
    message: (p) =>
      `${where(p)}: ${p.problem}${p.page ? ` (while making ${p.page})` : ''}. The last good build was kept.`,
    hint: () =>
      'Correct that line. What a layout may use stands in docs/layout-context.md; what may be absent is asked for with {{#if}} or {{default}}.',
  }),
  THEME_MISSING: entry<{ theme: string; client: string; known: readonly string[] }>({
    title: 'A theme that does not exist',
    exit: 'badConfig',
    message: ({ theme, client }) =>
      `The client "${client}" uses the theme "${theme}", and there is no such theme.`,
    hint: ({ known }) =>
      known.length > 0 ? `Themes here: ${known.join(', ')}` : 'Themes are folders in templates/site/.',
  }),
  BUILD_FOREIGN: entry<{ client: string; folder: string }>({
    title: 'A site of finished files',
    exit: 'badConfig',
    message: ({ client, folder }) =>
      `The site of "${client}" is made of finished files in ${folder}/, which sec publishes as they are: it has no Markdown pages to edit. Nothing was changed.`,
    hint: ({ client, folder }) =>
      `Change a file in sites/${client}/${folder}/ yourself, then: sec site publish ${client}`,
  }),
  SOURCE_CHANGED: entry<{ file: string }>({
    title: 'A file changed while the site was built',
    exit: 'stoppedPartWay',
    message: ({ file }) => `${file} changed while the site was being built. The last good build was kept.`,
    hint: () => 'Run it again once the file is saved.',
  }),
  BUILD_UNKNOWN: entry<{ release: string; client: string }>({
    title: 'A release that is not here',
    exit: 'badData',
    message: ({ release, client }) => `There is no build "${release}" of "${client}" on this machine.`,
    hint: ({ client }) => `Build it again with: sec site build ${client}`,
  }),
  OUT_NOT_EMPTY: entry<{ dir: string }>({
    title: 'A folder that holds other things',
    exit: 'cannotCreate',
    message: ({ dir }) => `${dir} holds files that sec did not put there. Nothing was written.`,
    hint: () => 'Name an empty folder, or a new one, with --out.',
  }),
  PAGE_UNKNOWN: entry<{ page: string; client: string; near: readonly string[] }>({
    title: 'Unknown page',
    exit: 'usage',
    message: ({ page, client }) => `"${client}" has no page "${page}". Nothing was changed.`,
    hint: ({ near, client }) =>
      near.length > 0
        ? `Did you mean ${oneOf(near)}?`
        : `Without a page's name, a terminal offers them all: sec site update ${client}`,
  }),
  PAGE_EXISTS: entry<{ file: string }>({
    title: 'The page exists already',
    exit: 'cannotCreate',
    message: ({ file }) => `${file} is there already. Nothing was changed.`,
    hint: () => 'Change it with sec site update, or choose another title.',
  }),
  KIND_UNKNOWN: entry<{ kind: string; client: string; known: readonly string[] }>({
    title: 'Unknown kind of page',
    exit: 'usage',
    message: ({ kind, client }) => `"${client}" has no kind of page called "${kind}". Nothing was changed.`,
    hint: ({ known }) => `Kinds here: ${known.join(', ')}`,
  }),
  SET_INVALID: entry<{ text: string; problem: string }>({
    title: 'A --set that was not understood',
    exit: 'usage',
    message: ({ text, problem }) => `--set ${text}: ${problem}. Nothing was changed.`,
    hint: () =>
      "Write it as --set title='New title', --set intro.heading=Hello or --set 'prices[2].amount=4.50'.",
  }),
  VALUE_UNFIT: entry<Place & { problem: string; fits: string }>({
    title: 'A value that does not fit its field',
    exit: 'badData',
    message: (p) => `${where(p)}: ${p.problem}. Nothing was changed.`,
    hint: ({ fits }) => fits,
  }),
  EDIT_CONFLICT: entry<{ file: string }>({
    title: 'The page changed in the meantime',
    exit: 'stoppedPartWay',
    message: ({ file }) =>
      `${file} was changed by somebody else after you had opened it. Their text was kept, and nothing was written.`,
    hint: () => 'Open the page again, look at what is new, and make your change once more.',
  }),
  EDIT_NOTHING: entry<{ client: string }>({
    title: 'Nothing to change was named',
    exit: 'usage',
    message: () =>
      'There is no change to make: neither --set, nor --from, nor --edit was given. Nothing was changed.',
    hint: ({ client }) => `For example: sec site update ${client} contact --set title='Where to find us'`,
  }),
  EDITOR_FAILED: entry<{ editor: string; problem: string }>({
    title: 'The editor could not be used',
    exit: 'unavailable',
    message: ({ editor, problem }) => `${editor}: ${problem}. The page was left as it was.`,
    hint: () => 'Set EDITOR to the program you write with, such as: export EDITOR=nano',
  }),
  UNDO_NOTHING: entry<{ client: string; page?: string | undefined }>({
    title: 'There is no edit to take back',
    exit: 'usage',
    message: ({ client, page }) =>
      `No edit of ${page ? `"${page}"` : `a page of "${client}"`} was made with sec here. Nothing was changed.`,
    hint: ({ client }) => `The edits that sec knows of: sec site edits ${client}`,
  }),
  UNDO_UNKNOWN: entry<{ client: string; edit: number }>({
    title: 'Unknown edit',
    exit: 'usage',
    message: ({ client, edit }) => `"${client}" has no edit number ${edit}. Nothing was changed.`,
    hint: ({ client }) => `The edits with their numbers: sec site edits ${client}`,
  }),
  UNDO_CONFLICT: entry<{ file: string; client: string }>({
    title: 'The page changed after the edit',
    exit: 'stoppedPartWay',
    message: ({ file }) =>
      `${file} was changed after that edit by something other than sec. Taking the edit back would lose that change, so nothing was written.`,
    hint: ({ client, file }) =>
      `Look at the page, and change it yourself: sec site update ${client} ${file} --edit`,
  }),
  HISTORY_LOST: entry<{ file: string }>({
    title: 'An earlier text is not here',
    exit: 'badData',
    message: ({ file }) =>
      `The text that ${file} had before is not in the history any more. Nothing was changed.`,
    hint: () => 'Look for it in a backup of the workspace.',
  }),
  IMAGE_UNUSABLE: entry<{ picture: string; problem: string }>({
    title: 'A picture that cannot be used',
    exit: 'badData',
    message: ({ picture, problem }) => `${picture}: ${problem}. Nothing was changed.`,
    hint: () => 'Take a photo as JPEG, PNG, WebP or AVIF, of at most 50 MB.',
  }),
  PICTURE_BROKEN: entry<{ file: string; problem: string }>({
    title: 'A picture that cannot be made ready for the site',
    exit: 'badData',
    message: ({ file, problem }) => `${file}: ${problem}. The last good build was kept.`,
    hint: () =>
      'Save the picture anew as JPEG or PNG, with 4000 pixels or less on the longer side, and put it in the place of this file.',
  }),
};
