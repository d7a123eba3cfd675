import {lstatSync} from 'node:fs';
import process from 'node:process';
import manifest from '../package.json' with {type: 'json'};
import {UserError} from './errors.js';
import {parseCommandLine} from './shell/command-line.js';

/** Dangling links count as well: the store may still have what they named. */
const exists = (path: string): boolean => lstatSync(path, {throwIfNoEntry: false}) !== undefined;

/**
 * Runs a command line; resolves with the exit code. Help and version load nothing else.
 * @param argv without the program's name
 */
export const run = async (argv: readonly string[]): Promise<number> => {
	try {
		const line = parseCommandLine(argv, exists);
		switch (line.kind) {
			case 'help': {
				const {helpText} = await import('./shell/help.js');
				process.stdout.write(helpText(line.verb));
				return 0;
			}
			case 'numbers': {
				const {numbersText} = await import('./shell/help-numbers.js');
				process.stdout.write(numbersText());
				return 0;
			}
			case 'version':
				process.stdout.write(`${manifest.version}\n`);
				return 0;
			case 'run':
				return await (await import('./commands/run-verb.js')).run(line);
		}
	} catch (error) {
		if (!(error instanceof UserError)) {
			throw error;
		}
		const {refuse} = await import('./commands/refuse.js');
		return refuse(error, argv.includes('check') && argv.includes('--nagios'));
	}
};
