import type {Readable} from 'node:stream';
import {Delivery} from './delivery.js';
import {LineSplitter} from './line-splitter.js';
import type {Log, Source, SourceSink} from './source.js';

/** Milliseconds without bytes after which a stream that is followed counts as caught up. */
const idle = 50;

/** Milliseconds after which one that never rests is told of all the same. */
const longest = 1000;

/** Standard input, or any other stream of bytes. It can be read or followed once. */
export class StreamSource implements Source {
	readonly name: string;

	constructor(
		readonly log: Log,
		private readonly open: () => Readable,
	) {
		this.name = log.name;
	}

	async read(sink: SourceSink): Promise<void> {
		await this.#start(sink).ended;
	}

	async follow(sink: SourceSink): Promise<() => Promise<void>> {
		const {stream, ended, settled} = this.#start(sink);
		await Promise.race([ended, settled]);
		return async () => {
			stream.destroy();
			await ended;
		};
	}

	#start(sink: SourceSink) {
		const delivery = new Delivery(this.log, sink);
		const stream = this.open();
		let size = 0;
		let head = true;
		const splitter = new LineSplitter(
			bytes => {
				delivery.lines(bytes, head);
				head = false;
			},
			() => delivery.lineTooLong(),
		);
		let ready = () => {};
		const settled = new Promise<void>(resolve => {
			ready = resolve;
		});
		let told = Date.now();
		const tell = () => {
			told = Date.now();
			delivery.caughtUp(size, undefined);
			ready();
		};
		let timer: NodeJS.Timeout | undefined = setTimeout(tell, idle);
		stream.on('data', (chunk: Buffer | string) => {
			const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
			size += bytes.length;
			splitter.push(bytes);
			clearTimeout(timer);
			timer = setTimeout(tell, Math.max(0, Math.min(idle, told + longest - Date.now())));
		});
		const ended = new Promise<void>(resolve => {
			// Standard input from a file ends but is never closed; one that is destroyed is closed without an end.
			const end = () => {
				clearTimeout(timer);
				tell();
				resolve();
				stream.off('close', end);
			};
			stream.once('end', () => {
				splitter.end();
				end();
			});
			stream.once('close', end);
			stream.on('error', error => {
				delivery.problem('unreadable', `could not be read further (${error.message})`);
			});
		});
		return {stream, ended, settled};
	}
}
