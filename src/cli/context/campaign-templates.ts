import type { Brief } from '../../campaign/brief/brief.ts';
import type { Template } from '../../campaign/template/template.ts';
import { fail } from '../../core/errors/index.ts';
import { nearNames } from '../../core/near.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';

/** Names of the templates that a brief of this client can use. */
export async function templateNames(context: Context, client: Client): Promise<string[]> {
  const { openTemplates } = await import('../../adapters/briefs/templates.ts');
  return openTemplates(context.workspace().root, client).names();
}

/** Languages that the templates have words for. */
export async function templateLanguages(context: Context, client: Client): Promise<string[]> {
  const { openTemplates } = await import('../../adapters/briefs/templates.ts');
  return openTemplates(context.workspace().root, client).languages();
}

/** The template that a brief names. @throws TEMPLATE_UNKNOWN */
export async function readTemplate(context: Context, client: Client, brief: Brief): Promise<Template> {
  const { openTemplates } = await import('../../adapters/briefs/templates.ts');
  const templates = openTemplates(context.workspace().root, client);
  const wanted = brief.fields.template;
  const template = templates.read(wanted, brief.language);
  if (template) return template;
  const known = templates.names();
  throw fail('TEMPLATE_UNKNOWN', {
    ...brief.place(['template']),
    template: wanted,
    near: nearNames(wanted, known),
    known,
  });
}
