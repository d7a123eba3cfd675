import {serve} from '../../source/commands/serve/serve.js';
import {UserError} from '../../source/errors.js';
import {parseOptions} from '../../source/session/options.js';

/** A process that serves: `node … LISTEN SOURCE…`. */
const [listen, ...sources] = process.argv.slice(2);
try {
	process.exitCode = await serve({
		...parseOptions(sources, {}, Date.now()),
		listen,
		alerting: undefined,
		shipping: undefined,
	});
} catch (error) {
	if (!(error instanceof UserError)) {
		throw error;
	}
	process.stderr.write(`${error.message}\n`);
	process.exitCode = error.exitCode;
}
