/** Each part that a source calls, `{{> name}}` or `{{> "parts/top.mjml"}}`, and where it does. */
export function calledParts(source: string): { readonly name: string; readonly index: number }[] {
  return [...source.matchAll(/\{\{~?#?>\s*(?:"([^"]+)"|([^\s}~]+))/g)].map(
    ({ 1: quoted, 2: plain = '', index }) => ({
      name: quoted ?? plain,
      index,
    }),
  );
}
