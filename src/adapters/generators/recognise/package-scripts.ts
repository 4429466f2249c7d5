import { factsOf, group, textSetting } from './facts.ts';
import type { Project } from './project.ts';

/**
 * How a Node project builds its site: its own script where that runs the generator, else the generator itself.
 *
 * @param scripts names of scripts, the likeliest first
 */
export function nodeCommand(
  project: Project,
  generator: RegExp,
  fallback: readonly string[],
  scripts: readonly string[] = ['build'],
): string[] {
  const written = group(factsOf(project, 'package.json'), 'scripts');
  const script = scripts.find((name) => generator.test(textSetting(written, name) ?? ''));
  return script === undefined ? [...fallback] : ['npm', 'run', '--silent', script];
}

/** Whether a package is among those that a Node project names. */
export function dependsOn(project: Project, name: string): boolean {
  const facts = factsOf(project, 'package.json');
  return ['dependencies', 'devDependencies'].some((list) => Object.hasOwn(group(facts, list), name));
}

/** What brings a Node project's packages. */
export function nodePrepare(project: Project): string | undefined {
  if (project.isFile('pnpm-lock.yaml')) return 'pnpm install --frozen-lockfile';
  if (project.isFile('yarn.lock')) return 'yarn install';
  if (project.isFile('package-lock.json')) return 'npm ci';
  return project.isFile('package.json') ? 'npm install' : undefined;
}
