import process from 'node:process';
import type {UserError} from '../errors.js';
import {sanitize} from '../text/sanitize.js';

/**
 * Prints the error that prevents a command from running.
 * @param isPlugin true for `check --nagios`: monitoring plugins print errors on standard output
 * @returns the exit code
 */
export const refuse = async ({message, exitCode}: UserError, isPlugin: boolean): Promise<number> => {
	if (isPlugin) {
		const {pluginUnknown} = await import('../alerts/nagios.js');
		const {line, code} = pluginUnknown(message);
		process.stdout.write(`${sanitize(line)}\n`);
		return code;
	}
	process.stderr.write(`hitrate: ${sanitize(message)}\n`);
	return exitCode;
};
