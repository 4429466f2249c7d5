import { entry, oneOf, where } from './entry.ts';

const headersFound = (headers: readonly string[]) =>
  headers.length > 0 ? `The headers found: ${headers.map((name) => `"${name}"`).join(', ')}.` : '';
const unchanged = 'The list was left as it is.';

/** Failures of the room `audience`. */
export const audienceErrors = {
  CSV_MISSING: entry<{ file: string; problem: string }>({
    title: 'The list file cannot be opened',
    exit: 'badData',
    message: ({ file, problem }) => `${file} cannot be opened: ${problem}. ${unchanged}`,
    hint: () => 'Check the name and the folder; a name with spaces in it needs quotes around it.',
  }),
  CSV_NOT_TEXT: entry<{ file: string; found: string }>({
    title: 'The file is not a CSV',
    exit: 'badData',
    message: ({ file, found }) => `${file} is not a CSV file: it is ${found}. ${unchanged}`,
    hint: () =>
      'Open it in Excel or LibreOffice and save it with: Save as, "CSV UTF-8 (comma delimited)". Changing the ending of its name is not enough.',
  }),
  CSV_ENCODING_MIXED: entry<{ file: string; line: number }>({
    title: 'A file with damaged letters',
    exit: 'badData',
    message: ({ file, line }) =>
      `${file}, line ${line}: letters are damaged here, while others in the file are whole (it is UTF-8 with parts of another encoding). ${unchanged}`,
    hint: () =>
      'Save it anew from where it came from as "CSV UTF-8", or retype the damaged word on that line, and import it again.',
  }),
  CSV_EMPTY: entry<{ file: string; headers: readonly string[] }>({
    title: 'An empty list file',
    exit: 'badData',
    message: ({ file, headers }) =>
      `${file} has ${headers.length > 0 ? 'headers and not a single row below them' : 'nothing in it'}. ${headersFound(headers)} ${unchanged}`.replace(
        '  ',
        ' ',
      ),
    hint: () => 'Check that it is the right file and that it was saved with its rows.',
  }),
  CSV_NO_ADDRESS_COLUMN: entry<{
    file: string;
    headers: readonly string[];
    looksLikeData: boolean;
    separator?: string;
  }>({
    title: 'No column with e-mail addresses',
    exit: 'badData',
    message: ({ file, headers, looksLikeData, separator }) => {
      if (separator !== undefined)
        return `${file} has its cells separated by "${separator}", as it seems, and sec does not read that. ${unchanged}`;
      return looksLikeData
        ? `${file} has no line of headers: its first line holds a person already. ${unchanged}`
        : `${file} has no column that is known to hold e-mail addresses. ${headersFound(headers)} ${unchanged}`;
    },
    hint: ({ headers, looksLikeData, separator }) => {
      if (separator !== undefined)
        return 'Save it anew with commas, semicolons, tabs or upright bars between the cells.';
      return looksLikeData
        ? 'Put a first line above it that names the columns, such as: email,first_name'
        : `Name the column, for example: --map "${headers[0] ?? 'Column'}=email"`;
    },
  }),
  CSV_HEADER_TWICE: entry<{ file: string; field: string; headers: readonly string[] }>({
    title: 'Two columns for one thing',
    exit: 'badData',
    message: ({ file, field, headers }) =>
      `${file} has ${headers.length} columns that all mean "${field}": ${headers.map((name) => `"${name}"`).join(', ')}. ${unchanged}`,
    hint: ({ headers, field }) =>
      new Set(headers).size === 1
        ? 'Give the columns different names in the file; only one of them can be meant.'
        : `Leave one out with --map "${headers[1]}=-", or give it another name with --map "${headers[1]}=other_${field}".`,
  }),
  CSV_HEADER_RESERVED: entry<{ file: string; header: string; field: string }>({
    title: 'A column with a name that sec uses itself',
    exit: 'badData',
    message: ({ file, header, field }) =>
      `${file}: the column "${header}" would become the field "${field}", which sec fills in by itself. ${unchanged}`,
    hint: ({ header }) => `Leave the column out with: --map "${header}=-"`,
  }),
  CSV_MAP_INVALID: entry<{ map: string; problem: string }>({
    title: 'A --map that cannot be understood',
    exit: 'usage',
    message: ({ map, problem }) => `--map "${map}": ${problem}. ${unchanged}`,
    hint: () =>
      'Write it as --map "Column=field", such as --map "Kontakts=email"; --map "Column=-" leaves one out.',
  }),
  CSV_MAP_UNKNOWN: entry<{
    file: string;
    column: string;
    headers: readonly string[];
    near: readonly string[];
  }>({
    title: 'A --map for a column that is not there',
    exit: 'usage',
    message: ({ file, column, headers }) =>
      `${file} has no column "${column}". ${headersFound(headers)} ${unchanged}`,
    hint: ({ near }) =>
      near.length > 0 ? `Did you mean ${oneOf(near)}?` : 'Write the header as it stands in the file.',
  }),
  CSV_BROKEN: entry<{ file: string; line: number; problem: string }>({
    title: 'A CSV file that breaks off in the middle',
    exit: 'badData',
    message: ({ file, line, problem }) => `${file}, line ${line}: ${problem}. ${unchanged}`,
    hint: () =>
      'Look at that line in a text editor: usually a quotation mark is missing or stands there alone. Mend it and import the file again.',
  }),
  CSV_CHANGED: entry<{ file: string }>({
    title: 'The file changed while it was read',
    exit: 'stoppedPartWay',
    message: ({ file }) => `${file} was changed by another program while it was read. ${unchanged}`,
    hint: () => 'Close it where else it is open, and import it again.',
  }),
  CSV_OTHER_CLIENT: entry<{ file: string; client: string; owner: string }>({
    title: "Another client's file",
    exit: 'refused',
    message: ({ file, client, owner }) =>
      `${file} belongs to the client ${owner}, and its people may not become those of ${client}. ${unchanged}`,
    hint: ({ client }) =>
      `Take a file of ${client}. If this one is, it lies in the wrong folder: move it first.`,
  }),
  LIST_BASIS_MISSING: entry<{ choices: readonly string[] }>({
    title: 'Why may these people be written to?',
    exit: 'usage',
    message: () =>
      'A list needs the reason why this client may write to these people, and none was given. Nothing was imported.',
    hint: () =>
      'Add --basis consent where each of them asked for it, or --basis customer where they bought something and were told; add --source "…" to say where that is recorded.',
  }),
  LIST_UNKNOWN: entry<{ client: string; list: string; near: readonly string[]; known: readonly string[] }>({
    title: 'Unknown list',
    exit: 'usage',
    message: ({ client, list }) => `${client} has no list "${list}". Nothing was changed.`,
    hint: ({ client, near, known }) => {
      if (near.length > 0) return `Did you mean ${oneOf(near)}?`;
      return known.length > 0
        ? `Lists of ${client}: ${known.join(', ')}`
        : `Import one first: sec list import ${client} customers FILE.csv --basis consent`;
    },
  }),
  LIST_NAME_INVALID: entry<{ list: string }>({
    title: 'A list name that cannot be used',
    exit: 'usage',
    message: ({ list }) =>
      `"${list}" cannot be a list's name: it may hold small letters a–z, digits, hyphens and underscores, 64 at most, and begins with a letter or digit.`,
    hint: () => 'Try a short word such as: customers',
  }),
  LIST_NOTHING_IMPORTED: entry<{
    file: string;
    rows: number;
    rejects: string | null;
    reasons: readonly string[];
  }>({
    title: 'Not one row could be imported',
    exit: 'badData',
    message: ({ file, rows, reasons }) =>
      `Not one of the ${rows} rows of ${file} could be imported. Most often: ${reasons.join('; ')}. ${unchanged}`,
    hint: ({ rejects }) =>
      rejects === null
        ? 'Mend the file and try again.'
        : `Each row stands with its reason in ${rejects}. Mend it there and import that file.`,
  }),
  ADDRESS_INVALID: entry<{ reason: string }>({
    title: 'This is not an e-mail address',
    exit: 'usage',
    message: ({ reason }) => `That is not an e-mail address: ${reason}. Nothing was changed.`,
    hint: () => 'Write it as anna@example.com.',
  }),
  ADDRESS_NOT_LISTED: entry<{ list: string }>({
    title: 'Nobody with that address',
    exit: 'problems',
    message: ({ list }) => `Nobody with that address is on the list "${list}".`,
    hint: () => 'Check the spelling; small and capital letters make no difference.',
  }),
  LISTS_KEY_LOST: entry<{ client: string; problem: string; variable?: string }>({
    title: "The key of a client's lists does not fit",
    exit: 'badConfig',
    message: ({ client, problem }) =>
      `The lists of ${client} cannot be used: ${problem}. Without the right key it cannot be known who must not be written to. Nothing was changed.`,
    hint: ({ client, variable }) =>
      variable === undefined
        ? "Bring the client's folder below .sec/clients back from a backup, all files of one day together. Never copy one from another client."
        : `With the code of the client's recovery sheet they open again: sec vault restore ${client}. In CI and on other computers, set ${variable} (sec vault ci-key ${client} prints it where they open).`,
  }),
  LISTS_BUSY: entry<{ client: string }>({
    title: "A client's lists are in use",
    exit: 'stoppedPartWay',
    message: ({ client }) =>
      `Another sec is writing to the lists of ${client} just now, most likely an import. Nothing was changed.`,
    hint: () => 'Wait until it is done, then run this again.',
  }),
  LISTS_BROKEN: entry<{ client: string; problem: string }>({
    title: "A client's lists cannot be read",
    exit: 'io',
    message: ({ client, problem }) => `The stored lists of ${client} cannot be read: ${problem}.`,
    hint: () => "Bring the client's folder below .sec/clients back from a backup.",
  }),
  EXPORT_PUBLIC: entry<{ file: string }>({
    title: 'A list in a folder that is published',
    exit: 'refused',
    message: ({ file }) =>
      `${file} lies in the folder of a website, where the whole list would be published. Nothing was written.`,
    hint: () => 'Write it somewhere else, for example: --out customers.csv',
  }),
  EXPORT_EXISTS: entry<{ file: string }>({
    title: 'The file is there already',
    exit: 'cannotCreate',
    message: ({ file }) => `${file} is there already, and was left as it is.`,
    hint: () => 'Give another name with --out, or replace it with --yes.',
  }),
  SEGMENT_INVALID: entry<{ where: string; problem: string; at: number }>({
    title: 'An expression that cannot be understood',
    exit: 'usage',
    message: ({ where, problem, at }) =>
      `The expression ${where} cannot be understood: ${problem} (sign ${at}). Nobody was chosen, and nothing was changed.`,
    hint: () =>
      `Write it like: city == "Rīga" && orders >= 3 (docs/reference/segments.md). On a command line, single quotes go round it: --where 'city == "Rīga"'`,
  }),
  SEGMENT_COLUMN_UNKNOWN: entry<{
    where: string;
    list: string;
    column: string;
    near: readonly string[];
    columns: readonly string[];
  }>({
    title: 'An expression over a column that is not there',
    exit: 'usage',
    message: ({ where, list, column }) =>
      `The list "${list}" has no column "${column}", which the expression ${where} speaks of. Nothing was changed.`,
    hint: ({ near, columns }) =>
      near.length > 0
        ? `Did you mean ${oneOf(near)}?`
        : `Its columns: ${columns.join(', ')}. If it is meant as a text, it needs quotation marks: "…"`,
  }),
  SEGMENT_LATE: entry<{ campaign: string; where: string }>({
    title: 'The campaign has its audience already',
    exit: 'refused',
    message: ({ campaign, where }) =>
      `"${campaign}" has its people since its first send, and ${where} cannot choose among them any more. Nothing was sent.`,
    hint: () => 'Leave out --where to go on with those who have not had it; cancel it where that is wrong.',
  }),
  SEGMENT_VALUE: entry<{
    where: string;
    list: string;
    column: string;
    wanted: string;
    file: string;
    line?: number | undefined;
  }>({
    title: 'A cell that an expression cannot read',
    exit: 'badData',
    message: ({ where: expression, list, column, wanted, ...place }) =>
      `${where({ ...place, field: column })}: the expression ${expression} needs it to be ${wanted}, and it is not. Nobody of "${list}" was chosen, so that nobody is left out by mistake, and nothing was changed.`,
    hint: ({ column }) =>
      `Correct the cell and import the file again, or compare the column as text: ${column} == "…"`,
  }),
};
