import { SecCommand } from '../cli/base-command.ts';
import { diagnose } from '../cli/context/doctor.ts';
import { wordArg } from '../cli/flags.ts';
import { doctorView } from '../cli/views/doctor.ts';

export default class Doctor extends SecCommand {
  static override summary = 'look whether everything is as it should be: hosts, mail, the sender’s domain';
  static override examples = ['<%= config.bin %> doctor', '<%= config.bin %> doctor kaldi --json'];
  static override args = {
    client: wordArg('one client; all of them where none is named'),
  };

  async run() {
    const { args, flags } = await this.parse(Doctor);
    const diagnosis = await this.follow(diagnose(this.open(flags), args.client));
    return this.result(diagnosis, doctorView(diagnosis), diagnosis.problems > 0 ? 1 : 0);
  }
}
