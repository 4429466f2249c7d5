import { fail } from '../../core/errors/index.ts';
import { bodyOf, replaceIncludes } from './include.ts';
import { calledParts } from './parts.ts';
import type { Template, TemplateFile } from './template.ts';

/**
 * A template as sec reads it, whoever wrote it, with the parts that it uses: MJML's includes are parts,
 * `{{FirstName}}` as other programs write it is the list's column `first_name`, and a template that shows no
 * postal address or no way out gets the foot that has both.
 *
 * @param address the sender's postal address
 * @throws TEMPLATE_BROKEN for an include that cannot be had, and for parts without end
 */
export function prepareTemplate(template: Template, address: string): Template {
  const prepare = (file: TemplateFile, folder: string): TemplateFile => ({
    file: file.file,
    source: columnsOfOthers(replaceIncludes(file, folder, (path) => template.partials.has(path))),
  });
  const partials = new Map<string, TemplateFile>();
  const open = [template.file];
  const follow = (source: string) => {
    for (const { name } of calledParts(source)) {
      const part = template.partials.get(name);
      if (part && open.includes(part.file)) throw endless(part.file);
      if (!part || partials.has(name)) continue;
      const prepared = prepare({ file: part.file, source: bodyOf(part) }, folderOf(name));
      partials.set(name, prepared);
      open.push(part.file);
      follow(prepared.source);
      open.pop();
    }
  };
  const { source } = prepare(template, '');
  follow(source);
  const text = [source, ...[...partials.values()].map((part) => part.source)].join('\n');
  if (hasFoot(text, address)) return { ...template, source, partials };
  const whole = withFoot(source);
  follow(whole);
  return { ...template, source: whole, partials };
}

const endless = (file: string) =>
  fail('TEMPLATE_BROKEN', { file, line: 1, problem: 'it is put into itself without end' });

/** Of a part, below the folder of templates: a short name stands for a file in `partials`. */
const folderOf = (name: string) =>
  name.includes('/') ? name.slice(0, name.lastIndexOf('/')) : name.includes('.') ? '' : 'partials';

/** A name with a capital is nothing that sec fills; in other programs it is a column. */
const columnsOfOthers = (source: string) =>
  source.replace(
    /(?<![\\{])\{\{\s*([A-Z][A-Za-z0-9]*)\s*\}\}(?!\})/g,
    (_, name: string) => `\\{{${snakeCase(name)}}}`,
  );

const snakeCase = (name: string) =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();

const hasFoot = (text: string, address: string) =>
  text.includes('unsubscribe_url') && (text.includes('sender.address') || text.includes(address));

/** On the line of the last tag, so that no line moves. */
function withFoot(source: string): string {
  const end = source.lastIndexOf('</mj-body>');
  return end < 0 ? source : `${source.slice(0, end)}{{> legal}}${source.slice(end)}`;
}
