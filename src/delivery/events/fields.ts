/** Fields of a message, or of a report about one, by their names in small letters; the first one counts. */
export type Fields = Readonly<Record<string, string>>;

/** Groups of fields that blank lines part; folded lines are joined (RFC 5322 §2.2.3, RFC 3464 §2.1). */
export function fieldGroups(text: string): Fields[] {
  return text
    .replaceAll('\r\n', '\n')
    .split(/\n[ \t]*\n/)
    .map(fieldsOf)
    .filter((fields) => Object.keys(fields).length > 0);
}

function fieldsOf(group: string): Fields {
  const fields: Record<string, string> = Object.create(null);
  for (const line of group.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    if (colon > 0 && !(name in fields)) fields[name] = line.slice(colon + 1).trim();
  }
  return fields;
}
