import { type Outcome, success } from '../../compiler/for-runtime.js';
import type { Capture } from '../capture.js';
import type { NetcapCounters } from '../events/generated.js';
import type { CaptureFormat, Remark } from '../pcap/format.js';
import { hookInterface } from '../pcap/hook-interfaces.js';
import { keepLastPackets } from '../pcap/last-packets.js';
import { createPcapFormat } from '../pcap/pcap.js';
import { createPcapngFormat } from '../pcap/pcapng/pcapng.js';
import type { HookStatistics } from '../pcap/pcapng/statistics.js';
import { openWriter } from '../pcap/writer.js';
import type { PacketSink } from '../sink.js';
import type { WritePlan } from './write-options.js';

/** Begin the file or files of a capture. */
export async function openWrite(
  running: Capture,
  snaplenBytes: number,
  plan: WritePlan & { readonly path: string },
  remark: (reason: number, location: bigint) => Remark,
): Promise<Outcome<PacketSink>> {
  const opened = await openWriter(
    plan.path,
    createFormat(running, snaplenBytes, plan, remark),
    plan.rotation,
  );
  if (!opened.ok || plan.lastPackets === undefined) return opened;
  return success(keepLastPackets(opened.value, plan.lastPackets));
}

function createFormat(
  running: Capture,
  snaplenBytes: number,
  { format }: WritePlan,
  remark: (reason: number, location: bigint) => Remark,
): CaptureFormat {
  const { wallClockOffset, target } = running;
  if (format === 'pcap') return createPcapFormat({ snaplenBytes, wallClockOffset });
  return createPcapngFormat({
    hooks: running.hooks.map(({ way }) => hookInterface(way, target)),
    filter: running.expression,
    target,
    snaplenBytes,
    wallClockOffset,
    remark,
    statistics: () => running.summary().hooks.map(statisticsOf),
    now: () => process.hrtime.bigint() + wallClockOffset,
  });
}

function statisticsOf({ seen, matched, ringFull, readFailed }: NetcapCounters): HookStatistics {
  return { received: seen, accepted: matched, lost: ringFull + readFailed };
}
