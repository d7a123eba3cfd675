import type {AddressInfo} from 'node:net';
import {SMTPServer, type SMTPServerOptions} from 'smtp-server';

export type Mail = {
	readonly from: string;
	readonly to: readonly string[];
	/** As it came, with the lines of its headers unfolded. */
	readonly source: string;
	readonly secure: boolean;
	readonly user: string | undefined;
};

/** A mail server of this machine that keeps what it gets. */
export class MailReceiver {
	readonly mails: Mail[] = [];
	/** Refuses recipients with this code. */
	refusal: number | undefined;
	readonly #server: SMTPServer;

	private constructor(options: SMTPServerOptions) {
		this.#server = new SMTPServer({
			authOptional: true,
			onAuth: ({username, password}, _session, done) =>
				password === 'right'
					? done(null, {user: username ?? ''})
					: done(Object.assign(new Error('535 wrong: is it "hunter2"?'), {responseCode: 535})),
			onRcptTo: (_address, _session, done) =>
				done(this.refusal === undefined ? undefined : Object.assign(new Error('no'), {responseCode: this.refusal})),
			onData: (stream, session, done) => {
				let source = '';
				stream.setEncoding('utf8').on('data', (text: string) => {
					source += text;
				});
				stream.on('end', () => {
					const {mailFrom, rcptTo} = session.envelope;
					this.mails.push({
						from: mailFrom ? mailFrom.address : '',
						to: rcptTo.map(({address}) => address),
						source: source.replace(/\r\n[ \t]+/g, ' '),
						secure: session.secure,
						user: session.user,
					});
					done();
				});
			},
			...options,
		});
		// A client that does not trust its certificate breaks off.
		this.#server.on('error', () => undefined);
	}

	static async start(options: SMTPServerOptions = {}): Promise<MailReceiver> {
		const receiver = new MailReceiver(options);
		await new Promise<void>(resolve => {
			receiver.#server.listen(0, '127.0.0.1', () => resolve());
		});
		return receiver;
	}

	get port(): number {
		return (this.#server.server.address() as AddressInfo).port;
	}

	stop(): Promise<void> {
		return new Promise(resolve => this.#server.close(() => resolve()));
	}
}

/** The value of a header. */
export const header = ({source}: Mail, name: string): string | undefined =>
	new RegExp(`^${name}: (.*)$`, 'im').exec(source)?.[1]?.trim();
