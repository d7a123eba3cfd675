import {createServer, type IncomingHttpHeaders, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';

export type Received = {readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: string};

export type Answer = {readonly status: number; readonly headers?: Readonly<Record<string, string>>};

/** An HTTP server of this machine that keeps what it gets. */
export class Receiver {
	readonly received: Received[] = [];
	/** What it answers; undefined leaves the request hanging. */
	answer: Answer | undefined = {status: 200};
	readonly #server: Server;

	private constructor(server: Server) {
		this.#server = server;
		server.on('request', (request, response) => {
			let body = '';
			request.setEncoding('utf8').on('data', (text: string) => {
				body += text;
			});
			request.on('end', () => {
				this.received.push({path: request.url ?? '', headers: request.headers, body});
				if (this.answer) {
					response.writeHead(this.answer.status, this.answer.headers).end('said');
				}
			});
		});
	}

	static async start(): Promise<Receiver> {
		const server = createServer();
		const receiver = new Receiver(server);
		await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
		return receiver;
	}

	get port(): number {
		return (this.#server.address() as AddressInfo).port;
	}

	url(path = '/hook'): string {
		return `http://127.0.0.1:${this.port}${path}`;
	}

	bodies(): readonly Record<string, unknown>[] {
		return this.received.map(({body}) => JSON.parse(body) as Record<string, unknown>);
	}

	/** What kinds of alerts have come, in their order. */
	kinds(): readonly unknown[] {
		return this.bodies().map(({kind}) => kind);
	}

	async stop(): Promise<void> {
		this.#server.closeAllConnections();
		await new Promise(resolve => this.#server.close(resolve));
	}
}
