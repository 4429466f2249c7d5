/** `layouts/page.hbs` is `page`. */
export const templateName = (path: string): string => path.replace(/\.(hbs|handlebars)$/, '');
