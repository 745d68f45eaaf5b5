import { createServer, type AddressInfo, type Socket } from 'node:net';

/** A server of this process, on a port of its own. */
export interface LocalServer {
  readonly port: number;
  /** Ends every connection too. */
  close(): Promise<void>;
}

/** Listens on this machine alone and hands each connection to `serve`. */
export async function startServer(serve: (socket: Socket) => void): Promise<LocalServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    serve(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
