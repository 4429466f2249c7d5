import { fail } from '../../core/errors/index.ts';

type Place = (line: number) => { file: string; line: number };

/**
 * MJML to HTML with strict validation: anything that MJML does not know is an error with the template's line,
 * and nothing is read from the disk.
 *
 * @throws TEMPLATE_BROKEN
 */
export async function renderMjml(mjml: string, placeOf: Place): Promise<string> {
  const include = mjml.indexOf('<mj-include');
  if (include >= 0)
    throw broken(placeOf(mjml.slice(0, include).split('\n').length), 'mj-include cannot stand here');
  checkTags(mjml, placeOf);
  const { default: mjml2html } = await import('mjml');
  try {
    const { html } = await mjml2html(mjml, {
      validationLevel: 'strict',
      ignoreIncludes: true,
      keepComments: false,
      fonts: {},
    });
    return html
      .replace(/^[ \t]+/gm, '')
      .replace(/\n{2,}/g, '\n')
      .trim();
  } catch (error) {
    const first = (error as { errors?: { line: number; message: string; tagName: string }[] }).errors?.[0];
    if (first) throw broken(placeOf(first.line), `<${first.tagName}>: ${first.message}`, error);
    throw broken(placeOf(1), (error as Error).message.split('\n')[0] ?? '', error);
  }
}

/** MJML mends a tag that is not closed, and not as its author meant: that is an error here. */
function checkTags(mjml: string, placeOf: Place): void {
  const open: { name: string; line: number }[] = [];
  const text = mjml.replace(/<!--[\s\S]*?-->/g, (comment) => comment.replace(/[^\n]/g, ' '));
  for (const match of text.matchAll(/<(\/?)(mj[a-z-]*)((?:"[^"]*"|'[^']*'|[^"'>])*)>/g)) {
    const [, closing, name = '', attributes = ''] = match;
    const line = text.slice(0, match.index).split('\n').length;
    if (closing) {
      if (!open.some((tag) => tag.name === name)) throw broken(placeOf(line), `</${name}> closes nothing`);
      const last = open.pop();
      if (last && last.name !== name) throw broken(placeOf(last.line), `<${last.name}> is not closed`);
    } else if (!attributes.endsWith('/')) open.push({ name, line });
  }
  const [left] = open;
  if (left) throw broken(placeOf(left.line), `<${left.name}> is not closed`);
}

const broken = (place: { file: string; line: number }, problem: string, cause?: unknown) =>
  fail('TEMPLATE_BROKEN', { ...place, problem: problem.replace(/\.$/, '') }, cause);
