import Handlebars from 'handlebars';

/**
 * Tells of every partial that a template calls by name, with the line. Calls with a block bring their own
 * fallback, and names that are worked out while the template runs are known only then.
 */
export function checkPartials(
  ast: ReturnType<typeof Handlebars.parse>,
  found: (name: string, line: number) => void,
): void {
  class Calls extends Handlebars.Visitor {
    override PartialStatement(partial: { name: unknown; loc: { start: { line: number } } }): void {
      const { original } = partial.name as { original?: unknown };
      if (typeof original === 'string' && original !== '@partial-block')
        found(original, partial.loc.start.line);
      super.PartialStatement(partial as Parameters<Handlebars.Visitor['PartialStatement']>[0]);
    }
  }
  new Calls().accept(ast);
}
