import { type Outcome, success } from '../../compiler/for-runtime.js';
import type { Capture } from '../capture.js';
import type { CaptureFormat, Remark } from '../pcap/format.js';
import { hookInterface } from '../pcap/hook-interfaces.js';
import { keepLastPackets } from '../pcap/last-packets.js';
import { createPcapFormat } from '../pcap/pcap.js';
import { createPcapngFormat } from '../pcap/pcapng/pcapng.js';
import type { HookStatistics } from '../pcap/pcapng/statistics.js';
import { openWriter } from '../pcap/writer.js';
import type { PacketSink } from '../sink.js';
import type { Readings } from './readings.js';
import type { Reading } from './summary.js';
import type { WritePlan } from './write-options.js';

/** Begin the file or files of a capture. */
export async function openWrite(
  running: Capture,
  snaplenBytes: number,
  plan: WritePlan & { readonly path: string },
  remark: (reason: number, location: bigint) => Remark,
  readings: Readings,
): Promise<Outcome<PacketSink>> {
  const opened = await openWriter(
    plan.path,
    createFormat(running, snaplenBytes, plan, remark, readings),
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
  readings: Readings,
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
    statistics: () => statisticsOf(readings.take()),
    now: () => process.hrtime.bigint() + wallClockOffset,
  });
}

function statisticsOf({ hooks, processors, missed }: Reading): readonly HookStatistics[] {
  return hooks.map((total, index) => ({
    total,
    processors: processors[index] ?? [],
    missed: missed.find(({ hook }) => hook === index),
  }));
}
