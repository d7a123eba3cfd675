import {spawn} from 'node:child_process';
import process from 'node:process';
import {DeliveryError} from '../../network/delivery-error.js';
import {type Alert, type Channel, deliveryOf, headline, summaryText, titleText} from '../alert.js';
import {payloadOf} from './payload.js';

/** Milliseconds that a command may run by default. */
const defaultLimit = 15_000;

/** Variables with secrets of other channels, which are removed from the command's environment. */
const secrets = /^HITRATE_(?:.*_)?(?:WEBHOOK|WEBHOOK_URL|SECRET|SMTP_URL|DSN|TOKEN|PASSWORD|COMMAND)$/;

const environmentOf = (alert: Alert): NodeJS.ProcessEnv => ({
	...Object.fromEntries(Object.entries(process.env).filter(([name]) => !secrets.test(name))),
	HITRATE_ALERT_KIND: alert.kind,
	HITRATE_ALERT_INCIDENT: alert.incident,
	HITRATE_ALERT_DELIVERY: deliveryOf(alert),
	HITRATE_ALERT_TITLE: titleText(alert),
	HITRATE_ALERT_TEXT: `${headline(alert)}: ${summaryText(alert)}`,
});

/** Kills a process group: the command and everything it started. */
const kill = (group: number | undefined): void => {
	try {
		process.kill(-(group ?? Number.NaN), 'SIGKILL');
	} catch {
		// The command has just ended.
	}
};

/**
 * Runs a shell command, which gets the alert as JSON on standard input (see `payloadOf`) and in `HITRATE_ALERT_…`
 * variables. Any exit code but 0 is a failure. The command's output is discarded, since it may contain secrets.
 * @param limit milliseconds after which the command and everything it started are killed
 */
export const commandChannel = (name: string, command: string, limit = defaultLimit): Channel => ({
	name,
	send: alert =>
		new Promise((resolve, reject) => {
			const child = spawn('/bin/sh', ['-c', command], {
				detached: true,
				stdio: ['pipe', 'ignore', 'ignore'],
				env: environmentOf(alert),
			});
			const timer = setTimeout(() => {
				kill(child.pid);
				reject(new DeliveryError(`the command did not end within ${limit / 1000} s`));
			}, limit);
			child.once('error', error => {
				clearTimeout(timer);
				reject(new DeliveryError(`the command cannot be started (${(error as NodeJS.ErrnoException).code})`));
			});
			child.once('exit', (code, signal) => {
				clearTimeout(timer);
				const ended = signal === null ? `exit code ${code}` : signal;
				return code === 0 ? resolve() : reject(new DeliveryError(`the command ended with ${ended}`));
			});
			// The command may exit without reading its input.
			child.stdin.on('error', () => undefined);
			child.stdin.end(`${JSON.stringify(payloadOf(alert))}\n`);
		}),
});
