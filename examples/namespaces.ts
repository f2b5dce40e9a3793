import { execFileSync } from 'node:child_process';

/** Two network namespaces joined by a veth pair; `near` sends, `far` is where captures run. */
export interface NamespacePair {
  readonly near: string;
  readonly far: string;
  /** The interface's name, the same in both. */
  readonly device: string;
  readonly nearAddress: string;
  readonly farAddress: string;
  readonly remove: () => void;
}

/** Make the pair; names carry the process id, so that runs side by side do not meet. */
export function createNamespaces(): NamespacePair {
  const near = `netcap-near-${process.pid}`;
  const far = `netcap-far-${process.pid}`;
  const device = 'veth0';
  const pair: NamespacePair = {
    near,
    far,
    device,
    nearAddress: '10.77.0.1',
    farAddress: '10.77.0.2',
    remove: () => {
      for (const name of [near, far]) {
        try {
          ip('netns', 'del', name);
        } catch {
          // It was not made: creation failed half-way.
        }
      }
    },
  };
  try {
    for (const name of [near, far]) {
      ip('netns', 'add', name);
      // Nothing but the exchange's own packets: no router solicitations, no duplicate address detection.
      inNamespace(name, 'sysctl', '-qw', 'net.ipv6.conf.all.disable_ipv6=1');
      inNamespace(name, 'sysctl', '-qw', 'net.ipv6.conf.default.disable_ipv6=1');
    }
    ip('link', 'add', device, 'netns', near, 'type', 'veth', 'peer', 'name', device, 'netns', far);
    for (const [name, address] of [
      [near, pair.nearAddress],
      [far, pair.farAddress],
    ] as const) {
      ip('-n', name, 'addr', 'add', `${address}/24`, 'dev', device);
      ip('-n', name, 'link', 'set', 'lo', 'up');
      ip('-n', name, 'link', 'set', device, 'up');
    }
    return pair;
  } catch (error) {
    pair.remove();
    throw error;
  }
}

/** Arguments that run a command in a namespace: `spawn('ip', within(name, 'ping', …))`. */
export function within(name: string, ...command: readonly string[]): readonly string[] {
  return ['netns', 'exec', name, ...command];
}

/**
 * The same for commands that attach, for `unshare`: `ip netns exec` mounts a /sys of its own, without tracefs, so they
 * enter the network namespace alone, and tracefs is mounted where no one else sees it.
 */
export function withinTraced(name: string, ...command: readonly string[]): readonly string[] {
  const script = `
    mountpoint -q /sys/kernel/tracing || mount -t tracefs tracefs /sys/kernel/tracing
    exec nsenter --net=/run/netns/${name} "$@"`;
  return ['--mount', 'sh', '-c', script, 'sh', ...command];
}

/** Run a command in a namespace and wait for it. */
export function inNamespace(name: string, ...command: readonly string[]): void {
  ip(...within(name, ...command));
}

function ip(...args: readonly string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
