import {parseBlockYaml} from './block-yaml.js';
import {type DumpEntry, type DumpReader, dumpFormat} from './dump.js';

/** The lines of the entry so far, with their line breaks. */
type State = {text: string};

/** Maximum characters of an entry: a longer one contains a whole conversation, and nothing after that is read. */
const longestEntry = 64 * 1024;

const flush = (state: State): readonly DumpEntry[] => {
	const {text} = state;
	state.text = '';
	return text === '' ? [] : [{record: parseBlockYaml(text.split('\n'))}];
};

const reader: DumpReader<State> = {
	name: 'gcloud-yaml',
	title: 'entries as gcloud prints them',
	signs: ['insertId: '],
	recognise: text => /(?:^|\n)insertId: /.test(text) && /\n(?:logName|timestamp): /.test(text),
	beginning: () => ({text: ''}),
	line: (line, state) => {
		if (/^---\s*$/.test(line)) {
			return flush(state);
		}
		if (line !== '' && state.text.length + line.length <= longestEntry) {
			state.text += `${line}\n`;
		}
		return [];
	},
	pending: flush,
};

/** The default output of `gcloud logging read`. */
export const gcloudYaml = dumpFormat(reader);
