import { linkTypes } from '../../packets/capture.js';
import { rawPackets } from '../../packets/packets.js';
import { assertSameVerdicts, ourVerdicts, withReference } from '../verdicts.js';
import { filters } from './filters.js';
import { packetsOf } from './packets.js';

// Compares netcapc with libpcap where both read the files of this folder's `etc`: names.test.ts starts it with that
// folder in the place of /etc, and reads its exit status.

const addresses4 = ['10.0.0.1', '10.0.0.2', '10.0.0.9', '10.0.0.3', '10.0.0.4', '200.0.0.1'];
const networks4 = [
  '10.1.2.0',
  '10.1.3.0',
  '10.0.0.0',
  '3.0.7.7',
  '4.5.6.7',
  '8.1.0.0',
  '10.11.0.0',
];
const others4 = ['127.0.0.0', '127.0.0.1', '10.0.0.5', '0.0.0.10', '8.0.0.1', '1.0.0.2', '1.2.3.4'];
const packets = packetsOf({
  ip4: [...addresses4, ...networks4, ...others4],
  ip6: ['fd00::1', 'fd00::2', 'fd00::9', 'fd00::4', 'fd00::5', '::1', 'fe80::1'],
  ports: [0, 2, 5, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 99],
  macs: [
    '0:11:22:33:44:55',
    '0:1:2:3:4:5',
    '0:11:22:33:44:66',
    '0:11:22:33:44:77',
    '0:11:22:33:44:88',
  ],
});
const numbered = filters.map((expression, index) => ({ id: String(index), expression }));

const captures = [
  [packets, linkTypes.ethernet],
  [rawPackets().slice(0, 300), linkTypes.raw],
] as const;
for (const [each, linkType] of captures)
  await withReference(each, linkType, numbered, async (judged) => {
    assertSameVerdicts(judged, await ourVerdicts(judged, ['--resolve']));
  });
