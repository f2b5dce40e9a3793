import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type NamespacePair, within } from '../../examples/namespaces.js';

const run = promisify(execFile);

/** TCP segments with data that the client sends at least; the handshake comes on top. */
export const tcpSegments = 1000;
export const pings = 1000;
export const tcpPort = 8080;

/**
 * The exchange: echo requests, one TCP connection of many small segments and a few large ones, and UDP datagrams that
 * no filter asks for.
 */
export async function makeTraffic(pair: NamespacePair): Promise<void> {
  const node = (name: string, code: string) =>
    run('ip', within(name, process.execPath, '--input-type=module', '-e', code), {
      timeout: 240_000,
    });
  const server = node(pair.far, serverCode(pair.farAddress));
  await Promise.all([
    server,
    node(pair.near, clientCode(pair.farAddress)),
    run('ip', within(pair.near, 'ping', '-q', '-A', '-c', `${pings}`, pair.farAddress), {
      timeout: 240_000,
    }),
  ]);
}

/** Takes one connection to its end, and answers what comes. */
function serverCode(address: string): string {
  return `
    import { createServer } from 'node:net';
    const server = createServer((socket) => {
      socket.setNoDelay(true);
      socket.on('data', () => socket.write('.'));
      socket.on('end', () => socket.end());
      server.close();
    });
    server.listen(${tcpPort}, '${address}');`;
}

/** Waits for the answer to each small write before the next, so that each is a segment of its own. */
function clientCode(address: string): string {
  return `
    import { createConnection } from 'node:net';
    import { once } from 'node:events';
    import { createSocket } from 'node:dgram';
    import { setTimeout as sleep } from 'node:timers/promises';
    const connect = async () => {
      for (let tries = 0; tries < 200; tries++) {
        const socket = createConnection(${tcpPort}, '${address}');
        const connected = await new Promise((resolve) => {
          socket.once('connect', () => resolve(true));
          socket.once('error', () => resolve(false));
        });
        if (connected) return socket;
        await sleep(50);
      }
      throw new Error('no server');
    };
    const noise = createSocket('udp4');
    const socket = await connect();
    socket.setNoDelay(true);
    for (let index = 0; index < ${tcpSegments}; index++) {
      const answered = once(socket, 'data');
      socket.write(Buffer.alloc(1 + index % 400, index));
      if (index % 10 === 0) noise.send(Buffer.alloc(index % 500), 9999, '${address}');
      await answered;
    }
    socket.resume();
    for (let index = 0; index < 5; index++)
      await new Promise((resolve) => socket.write(Buffer.alloc(100_000, index), resolve));
    await new Promise((resolve) => socket.end(resolve));
    noise.close();`;
}
