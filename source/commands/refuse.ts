import process from 'node:process';
import type {UserError} from '../errors.js';
import {sanitize} from '../text/sanitize.js';

/**
 * Says in one line what keeps a command from running.
 * @param isPlugin true for `check --nagios`: a monitoring plugin prints its errors on standard output
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
