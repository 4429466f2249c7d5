import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { type BareRepository, bareRepository } from '../support/bare-repository.ts';
import { kaldiWorkspace, write } from '../support/kaldi.ts';
import { isLeftOutWithout } from '../support/programs.ts';
import { sec } from '../support/sec.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** What runs on many a git host after a push: a tool that makes the pages smaller, in a commit of its own. */
const makesSmaller = `#!/bin/sh
set -e
page=$(echo '<p>smaller' | git hash-object -w --stdin)
git read-tree pages
git update-index --add --cacheinfo 100644,$page,about/index.html
commit="git -c user.name=Tool -c user.email=tool@example.org commit-tree"
git update-ref refs/heads/pages $($commit -p pages -m Smaller $(git write-tree))
`;

describe.skipIf(isLeftOutWithout('git', 'git'))(
  'a host that makes something else of what it is given',
  () => {
    let cwd: string;
    let repository: BareRepository;
    beforeEach(() => {
      repository = bareRepository(join(temporaryFolder(), 'site.git'));
      cwd = kaldiWorkspace({ host: `git+file://${repository.path}#pages` });
      write(repository.path, 'hooks/post-receive', makesSmaller);
      chmodSync(join(repository.path, 'hooks/post-receive'), 0o755);
    });
    const run = (line: string) => sec(line.split(' '), { cwd });
    const live = () => repository.files('pages')['about/index.html'];

    it('is told of by file, and what was published is put back when the tool is gone', async () => {
      const failed = await run('site publish kaldi --yes --json');
      const { error } = failed.json<{ error: { code: string; message: string; hint: string } }>();
      expect({ exit: failed.code, code: error.code }).toEqual({ exit: 74, code: 'VERIFY_FAILED' });
      expect(error.message).toContain('did not read back as published: about/index.html');
      expect(error.hint).toContain('sec site rollback kaldi');
      expect(live()).toContain('smaller');

      rmSync(join(repository.path, 'hooks'), { recursive: true });
      const status = await run('site status kaldi');
      expect(status.stdout).toMatch(/changed +about\/index\.html/);
      const [, mend = ''] = /: sec (site publish kaldi .*)$/m.exec(status.stdout) ?? [];
      const again = await run(`${mend} --yes`);
      expect(again.stdout).toMatch(/~ +1 changed page +\/about\//);
      expect(live()).toContain('We roast.');
      expect(repository.madeWay('pages')).toEqual(['<p>smaller\n']);
    }, 120_000);
  },
);
