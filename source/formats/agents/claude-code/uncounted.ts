import type {Request} from '../../../request.js';
import {boundNames} from '../../../text/bound-names.js';
import type {FormatContext} from '../../format.js';
import {isEmpty} from '../../records/counts.js';

/** What a message is called, without its counts: those of one message may tell them in several lines. */
const messageOf = (id: string): string => id.slice(0, id.lastIndexOf('#'));

/**
 * Tells requests, but one without any count only when the next one shows that no line of it tells them: gateways write
 * the first lines of an answer before they know its counts.
 */
export class Uncounted {
	readonly #context: Pick<FormatContext, 'onRequest'>;
	#waiting: Request | undefined;

	/** @param waiting the one that waited when an earlier session ended */
	constructor(context: Pick<FormatContext, 'onRequest'>, waiting: Request | undefined) {
		this.#context = context;
		this.#waiting = waiting;
	}

	/** The latest answer without any count, if no line of the same message has come since. */
	get waiting(): readonly Request[] {
		return this.#waiting ? [this.#waiting] : [];
	}

	tell(request: Request): void {
		const waiting = this.#waiting;
		this.#waiting = undefined;
		if (waiting && messageOf(waiting.id) !== messageOf(request.id)) {
			this.#context.onRequest(waiting);
		}
		if (request.usage && isEmpty(request.usage)) {
			this.#waiting = boundNames(request);
		} else {
			this.#context.onRequest(request);
		}
	}
}
