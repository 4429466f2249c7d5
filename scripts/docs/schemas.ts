import { toJSONSchema, type ZodType } from 'zod';
import { briefSchema } from '../../src/campaign/brief/schema.ts';
import { siteSchema, workspaceSchema } from '../../src/workspace/schema.ts';

/** JSON Schemas of the YAML files and of the fields of a brief, so that editors complete and check them. */
export function schemaFiles(): [string, string][] {
  const schemas: [string, string, ZodType][] = [
    ['sec', 'sec.yaml: the office', workspaceSchema],
    ['site', 'site.yaml: a client', siteSchema],
    ['campaign', 'campaign.md: the fields of a campaign', briefSchema],
  ];
  return schemas.map(([name, title, schema]) => {
    const json = {
      title,
      ...toJSONSchema(schema, { io: 'input', target: 'draft-07', unrepresentable: 'any' }),
    };
    return [`docs/schemas/${name}.schema.json`, `${JSON.stringify(json, null, 2)}\n`];
  });
}
