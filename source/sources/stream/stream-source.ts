import type {Readable} from 'node:stream';
import type {Log} from '../../log.js';
import {LogSink} from '../log-sink.js';
import type {Source, SourceSink} from '../source.js';
import {readStream} from './stream-reading.js';

/** Standard input, or another stream of bytes, which can be read or followed once. */
export class StreamSource implements Source {
	readonly name: string;
	readonly progress = {done: 0, total: 0};

	constructor(
		readonly log: Log,
		private readonly open: () => Readable,
	) {
		this.name = log.name;
	}

	/** A stream cannot be continued. */
	positionOf(): undefined {
		return undefined;
	}

	async read(sink: SourceSink): Promise<void> {
		await readStream(this.open(), new LogSink(this.log, sink)).ended;
	}

	async follow(sink: SourceSink): Promise<() => Promise<void>> {
		const stream = this.open();
		const {ended, settled} = readStream(stream, new LogSink(this.log, sink));
		await Promise.race([ended, settled]);
		return async () => {
			stream.destroy();
			await ended;
		};
	}
}
