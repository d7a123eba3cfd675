import {hostname} from 'node:os';
import type * as Nodemailer from 'nodemailer';
import {DeliveryError, reasonOf} from '../../network/delivery-error.js';
import {lazy} from '../../system/lazy.js';
import {type Alert, type Channel, deliveryOf} from '../alert.js';
import {mailHtml, mailSubject, mailText} from './mail-text.js';
import {smtpServer} from './smtp-server.js';

const nodemailer = lazy<typeof Nodemailer>('nodemailer');

type EmailOptions = {
	/** See `smtpServer`. */
	readonly url: string;
	readonly user?: string | undefined;
	readonly password?: string | undefined;
	readonly to: readonly string[];
	/** Sender address. Default: `hitrate@` and this machine's name. */
	readonly from?: string | undefined;
};

const domainOf = (address: string): string => /@([\w.-]+)>?\s*$/.exec(address)?.[1] ?? 'localhost';

/**
 * Message ids derived from the incident: mail programs then show its messages as a thread, and a repeated message once.
 */
const threadOf = ({kind, incident, verdicts}: Alert, domain: string) => {
	const messageId = `<${deliveryOf({kind, incident, verdicts})}@${domain}>`;
	const failure = `<${deliveryOf({kind: 'failed', incident, verdicts})}@${domain}>`;
	return kind === 'recovered' ? {messageId, inReplyTo: failure, references: failure} : {messageId};
};

/** Tells auto-responders not to answer (RFC 3834; the second header is for Exchange). */
const headers = {'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All'};

/**
 * Sends mail over SMTP, as text and HTML.
 * @throws UsageError if the server's address is not valid
 */
export const emailChannel = (name: string, {url, to, from, ...login}: EmailOptions): Channel => {
	const server = smtpServer(url, name, login);
	const sender = from ?? `hitrate@${hostname()}`;
	return {
		name,
		send: async alert => {
			const transport = nodemailer().createTransport({...server, disableFileAccess: true, disableUrlAccess: true});
			try {
				await transport.sendMail({
					from: sender,
					to: [...to],
					subject: mailSubject(alert),
					text: mailText(alert),
					html: mailHtml(alert),
					date: new Date(alert.time),
					headers,
					...threadOf(alert, domainOf(sender)),
				});
			} catch (error) {
				const {responseCode} = error as {responseCode?: unknown};
				const isFinal = typeof responseCode === 'number' && responseCode >= 500;
				throw new DeliveryError(reasonOf(error), {isFinal});
			} finally {
				transport.close();
			}
		},
	};
};
