import type {Server, ServerResponse} from 'node:http';
import type {Socket} from 'node:net';

/** Limits how many connections of one server wait or are being answered, so that slow clients cannot exhaust it. */
export type Connections = {
	/** A request has come over it: it does not wait any more. */
	begin(response: ServerResponse): void;
	/** Its answer is on its way; of more than `mostSending` the one that has taken longest is given up. */
	send(response: ServerResponse): void;
};

/** Connections that wait for a request, or for the rest of one. */
const mostWaiting = 64;
/** Answers that clients have not taken yet; each is held in memory until then. */
const mostSending = 8;

/**
 * Bounds what a server holds by what has waited longest: a connection that is idle, slow or half-open, and a client
 * that takes nothing of its answer, give way to a new one and keep nobody out.
 */
export const boundConnections = (server: Server): Connections => {
	const waiting = new Set<Socket>();
	const sending = new Set<ServerResponse>();
	const wait = (socket: Socket): void => {
		waiting.add(socket);
		const [longest] = waiting;
		if (longest && waiting.size > mostWaiting) {
			waiting.delete(longest);
			longest.destroy();
		}
	};
	server.on('connection', socket => {
		socket.once('close', () => waiting.delete(socket));
		wait(socket);
	});
	return {
		begin: response => {
			const {socket} = response;
			if (!socket) {
				return;
			}
			waiting.delete(socket);
			response.once('close', () => {
				sending.delete(response);
				if (!socket.destroyed) {
					wait(socket);
				}
			});
		},
		send: response => {
			sending.add(response);
			response.once('finish', () => sending.delete(response));
			const [longest] = sending;
			if (longest && sending.size > mostSending) {
				sending.delete(longest);
				longest.destroy();
			}
		},
	};
};
