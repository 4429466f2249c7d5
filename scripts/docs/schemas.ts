import { toJSONSchema, type ZodType } from 'zod';
import { siteSchema, workspaceSchema } from '../../src/workspace/schema.ts';

/** JSON Schemas of the YAML files, so that editors complete and check them. */
export function schemaFiles(): [string, string][] {
  const schemas: [string, string, ZodType][] = [
    ['sec', 'sec.yaml: the office', workspaceSchema],
    ['site', 'site.yaml: a client', siteSchema],
  ];
  return schemas.map(([name, title, schema]) => {
    const json = {
      title,
      ...toJSONSchema(schema, { io: 'input', target: 'draft-07', unrepresentable: 'any' }),
    };
    return [`docs/schemas/${name}.schema.json`, `${JSON.stringify(json, null, 2)}\n`];
  });
}
