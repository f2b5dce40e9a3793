/**
 * Waiting for a ring. The programs wake us, and only when as much is in the ring as we want to be woken for: see
 * netcap_wake_up() in bpf-templates. Looking whether there is anything, as poll(2) does, would end a wait at the first
 * packet, and with many packets every one; so the wait is for the edge, which is the programs' doing.
 */
import { writeSync } from 'node:fs';
import { lastErrno, libc } from '../ffi/libbpf.js';
import { createBpfError } from './error.js';
import { openMapMemory } from './map-memory.js';

/** As NETCAP_WAKE_NEVER of bpf-templates. */
const wakeNever = 0xffff_ffff;

/** EPOLL_CLOEXEC and EFD_CLOEXEC. */
const closeOnExec = 0x8_0000;
/** EPOLL_CTL_ADD. */
const epollAdd = 1;
/** EPOLLIN | EPOLLET. */
const inputEdge = 0x8000_0001;
/** `struct epoll_event`: its first word is the events; the rest is ours, and packed or not. */
const epollEventBytes = 16;

/** What the programs know of the consumer of their rings. */
export interface RingWait {
  /** From now on the programs wake us when so many bytes are in a ring. */
  want(bytes: number): void;
  /** Until they do, or so long. From then on they do not. */
  wait(milliseconds: number): Promise<void>;
  close(): void;
}

/** `consumerFd` is the map of the section `.data.consumer`. Throws BpfError. */
export function openRingWait(ringFds: readonly number[], consumerFd: number): RingWait {
  const pageBytes = libc().getpagesize();
  const part = { offset: 0, length: pageBytes, isWritable: true };
  const memory = openMapMemory(consumerFd, 'what programs know of the consumer', part);
  const wakeBytes = new Uint32Array(memory.bytes, 0, 1);
  let edge: Edge;
  try {
    edge = openEdge(ringFds);
  } catch (cause) {
    memory.unmap();
    throw cause;
  }
  // Written to while nothing else holds it: memory that is collected meanwhile would be somebody else's by then.
  const events = new Uint8Array(epollEventBytes);
  let isOpen = true;
  /** A store that no later load overtakes: what was there before the programs could know is seen afterwards. */
  const want = (bytes: number) => {
    if (isOpen) Atomics.store(wakeBytes, 0, bytes);
  };
  want(wakeNever);
  let waiting = Promise.resolve();
  return {
    want,
    wait: async (milliseconds) => {
      waiting = new Promise((resolve) =>
        libc().epoll_wait.async(edge.epollFd, events, 1, milliseconds, () => resolve()),
      );
      await waiting;
      want(wakeNever);
    },
    close: () => {
      if (!isOpen) return;
      isOpen = false;
      memory.unmap();
      edge.end();
      // Not before: a descriptor that is closed is no event any more, and the wait would go on.
      void waiting.then(edge.close);
    },
  };
}

/** What can be waited for. */
interface Edge {
  readonly epollFd: number;
  /** End a wait: until then its thread would keep the process from ending. */
  end(): void;
  close(): void;
}

function openEdge(ringFds: readonly number[]): Edge {
  const epollFd = libc().epoll_create1(closeOnExec);
  const endFd = libc().eventfd(0, closeOnExec);
  const event = new Uint8Array(epollEventBytes);
  new Uint32Array(event.buffer)[0] = inputEdge;
  const add = (fd: number) => fd >= 0 && libc().epoll_ctl(epollFd, epollAdd, fd, event) === 0;
  const isOpen = epollFd >= 0 && [...ringFds, endFd].every(add);
  const errno = lastErrno();
  const end = () => void writeSync(endFd, new Uint8Array(BigUint64Array.of(1n).buffer));
  const close = () => {
    for (const fd of [epollFd, endFd]) if (fd >= 0) libc().close(fd);
  };
  if (isOpen) return { epollFd, end, close };
  close();
  throw createBpfError({ operation: 'wait for the ring buffer', errno });
}
