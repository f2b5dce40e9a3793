/**
 * Capturing packets from a program:
 *
 *     const started = capture({ object: await readFile('http.o'), hooks: 'tp_btf:netif_receive_skb', count: 10 });
 *     if (!started.ok) throw new Error(started.mistakes[0]?.message);
 *     for await (const batch of started.value) {
 *       for (const { record, bytes } of packetsOf(batch)) console.log(record.interface, bytes.length);
 *     }
 */

export type { Manifest } from '../compiler/for-runtime.js';
export { readManifest } from '../compiler/for-runtime.js';
export type { AttachKind } from './bpf/attach.js';
export type { BpfError } from './bpf/error.js';
export { isBpfError } from './bpf/error.js';
export type { AttachedHook } from './bpf/hook-set.js';
export type { Limits } from './bpf/limits.js';
export type { MissedRuns } from './bpf/missed.js';
export type { RingBatch } from './bpf/ring-batch.js';
export type { Capture, CaptureOptions, CaptureSummary } from './capture.js';
export { capture } from './capture.js';
export { recordFlags } from './events/flags.js';
export type { NetcapCounters, NetcapRecord } from './events/generated.js';
export type { Packet } from './packets.js';
export { packetsOf } from './packets.js';
export type { CaptureFormat } from './pcap/format.js';
export { hookInterface } from './pcap/hook-interfaces.js';
export type { PcapOptions } from './pcap/pcap.js';
export { createPcapFormat } from './pcap/pcap.js';
export type { PcapngOptions } from './pcap/pcapng/pcapng.js';
export { createPcapngFormat } from './pcap/pcapng/pcapng.js';
export type { RotationOptions } from './pcap/rotation.js';
export { openWriter } from './pcap/writer.js';
export type { PacketSink } from './sink.js';
