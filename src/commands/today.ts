import { SecCommand } from '../cli/base-command.ts';
import { today } from '../cli/context/desk.ts';
import { wordArg } from '../cli/flags.ts';
import { todayView } from '../cli/views/today.ts';

export default class TodayCommand extends SecCommand {
  static override summary = 'what is due, waiting or failing, at all of your clients';
  static override examples = ['<%= config.bin %> today', '<%= config.bin %> today kaldi'];
  static override args = {
    client: wordArg('one client; all of them where none is named'),
  };

  async run() {
    const { args, flags } = await this.parse(TodayCommand);
    const board = await this.follow(today(this.open(flags), args.client));
    return this.result(board, todayView(board));
  }
}
