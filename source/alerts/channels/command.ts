import {spawn} from 'node:child_process';
import process from 'node:process';
import {DeliveryError} from '../../network/delivery-error.js';
import {type Alert, type Channel, deliveryOf, headline, summaryText, titleText} from '../alert.js';
import {payloadOf} from './payload.js';

/** Milliseconds that a command may run. */
const defaultLimit = 15_000;

/** Variables that hold secrets of other channels: the command does not get them. */
const secrets = /^HITRATE_(?:.*_)?(?:WEBHOOK|WEBHOOK_URL|SECRET|SMTP_URL|DSN|TOKEN|PASSWORD|COMMAND)$/;

const environmentOf = (alert: Alert): NodeJS.ProcessEnv => ({
	...Object.fromEntries(Object.entries(process.env).filter(([name]) => !secrets.test(name))),
	HITRATE_ALERT_KIND: alert.kind,
	HITRATE_ALERT_INCIDENT: alert.incident,
	HITRATE_ALERT_DELIVERY: deliveryOf(alert),
	HITRATE_ALERT_TITLE: titleText(alert),
	HITRATE_ALERT_TEXT: `${headline(alert)}: ${summaryText(alert)}`,
});

/** Ends a command and what it started. */
const kill = (group: number | undefined): void => {
	try {
		process.kill(-(group ?? Number.NaN), 'SIGKILL');
	} catch {
		// It has ended just now.
	}
};

/**
 * A shell command that gets the alert as JSON on standard input (see `payloadOf`) and in `HITRATE_ALERT_…` variables.
 * It fails with any exit code but 0. What it prints is dropped: it may quote its secrets.
 * @param limit milliseconds after which it is ended, with all that it started
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
			// A command need not read what it gets.
			child.stdin.on('error', () => undefined);
			child.stdin.end(`${JSON.stringify(payloadOf(alert))}\n`);
		}),
});
