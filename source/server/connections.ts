import type {Server, ServerResponse} from 'node:http';
import type {Socket} from 'node:net';

/** Limits the idle and busy connections of a server, so that slow clients cannot exhaust it. */
export type Connections = {
	/** Called when a request has arrived: the connection is no longer waiting. */
	begin(response: ServerResponse): void;
	/** Called when the response is ready. If more than `mostSending` are being sent, the oldest is dropped. */
	send(response: ServerResponse): void;
};

/** Maximum connections that wait for a request, or for the rest of one. */
const mostWaiting = 64;
/** Maximum responses being sent; each is held in memory until the client has taken it. */
const mostSending = 8;

/**
 * Limits a server by closing its oldest connections: one that is idle, slow or half-open, or a client that does not
 * read its response, makes room for a new one.
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
