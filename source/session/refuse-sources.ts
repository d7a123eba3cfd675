import {existsSync} from 'node:fs';
import process from 'node:process';
import {UsageError} from '../errors.js';

const address = /^[a-z][a-z\d+.-]*:\/\//i;

// Loading this module takes longer than everything else that is done with the names.
const isInputTerminal = (): boolean => process.getBuiltinModule('node:tty').isatty(0);

/**
 * Refuses names that stand for nothing that can be read: a terminal as standard input, and addresses of other kinds.
 * @param names files, folders, globs and `-`; no addresses of known servers
 * @param isTerminal true if standard input is one
 */
export const refuseSources = (names: readonly string[], isTerminal = isInputTerminal): void => {
	if (names.includes('-') && isTerminal()) {
		throw new UsageError(
			'- is standard input, which is this terminal. Pipe a log into it, as in: docker logs worker 2>&1 | hitrate -',
		);
	}
	const other = names.find(name => address.test(name) && !existsSync(name));
	if (other !== undefined) {
		throw new UsageError(
			`${other}: hitrate reads addresses that begin with postgres://, glitchtip+https:// or clickhouse+https://. For others pipe what a command fetches, as in: curl -s ADDRESS | hitrate report -`,
		);
	}
};
