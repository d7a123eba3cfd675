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
	/** `hitrate@` and this machine's name unless told otherwise. */
	readonly from?: string | undefined;
};

const domainOf = (address: string): string => /@([\w.-]+)>?\s*$/.exec(address)?.[1] ?? 'localhost';

/** Ids derived from the incident: mail programs show its messages as one thread, and a repeated one once. */
const threadOf = ({kind, incident, verdicts}: Alert, domain: string) => {
	const messageId = `<${deliveryOf({kind, incident, verdicts})}@${domain}>`;
	const failure = `<${deliveryOf({kind: 'failed', incident, verdicts})}@${domain}>`;
	return kind === 'recovered' ? {messageId, inReplyTo: failure, references: failure} : {messageId};
};

/** Robots that answer mail leave this one alone (RFC 3834; the second is for Exchange). */
const headers = {'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All'};

/**
 * Mail over SMTP, as text and as HTML.
 * @throws UsageError for an address of a server that is not valid
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
