import { stat } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Who works on a data folder: process number and what it does. */
export interface Holder {
  pid: number;
  purpose: string;
}

export type Claim =
  | {
      kind: 'owner';
      /** Resolves once no guest is left. */
      guestsGone(): Promise<void>;
      release(): void;
    }
  | { kind: 'guest'; holder: Holder; release(): void };

/**
 * One process owns a data folder; later ones become its guests. The mark is a socket in Linux's abstract
 * namespace: it needs no file, the kernel removes it even after `kill -9`, and two processes can't both get
 * it. It carries no secret.
 */
export async function claimDataDir(dataDir: string, purpose: string): Promise<Claim> {
  const { dev, ino } = await stat(dataDir);
  // The folder itself and not its name: containers may use one path for different folders.
  const address = `\0yiping-${dev}-${ino}`;
  for (;;) {
    const claim = (await own(address, purpose)) ?? (await visit(address));
    if (claim) return claim;
    // The owner left between the two attempts.
    await sleep(20);
  }
}

function own(address: string, purpose: string): Promise<Claim | undefined> {
  const guests = new Set<Socket>();
  const server: Server = createServer((guest) => {
    guests.add(guest);
    guest.on('error', () => guest.destroy());
    guest.once('close', () => {
      guests.delete(guest);
      if (guests.size === 0) server.emit('alone');
    });
    guest.write(`${JSON.stringify({ pid: process.pid, purpose })}\n`);
    guest.resume();
    guest.unref();
  });
  const claim: Claim = {
    kind: 'owner',
    guestsGone: () =>
      new Promise((done) => (guests.size === 0 ? done() : server.once('alone', () => done()))),
    release: () => {
      server.close();
      for (const guest of guests) guest.destroy();
    },
  };
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    server.listen(address, () => {
      server.unref();
      resolve(claim);
    });
  });
}

function visit(address: string): Promise<Claim | undefined> {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.once('error', () => resolve(undefined));
    socket.once('close', () => resolve(undefined));
    socket.setEncoding('utf8').once('data', (line: string) => {
      socket.unref();
      resolve({ kind: 'guest', holder: JSON.parse(line) as Holder, release: () => socket.destroy() });
    });
  });
}
