import * as assert from 'uvu/assert';
import { noOffset } from '../../../runtime/events/flags.js';
import { findFields } from '../../../runtime/hooks/arguments.js';
import { parseEventFormat } from '../../../runtime/hooks/event-format.js';
import { describe } from '../../support/suite.js';

/** skb:kfree_skb of Linux 6.18, shortened. */
const kfreeSkb = `name: kfree_skb
ID: 2310
format:
	field:unsigned short common_type;	offset:0;	size:2;	signed:0;

	field:void * skbaddr;	offset:8;	size:8;	signed:0;
	field:void * location;	offset:16;	size:8;	signed:0;
	field:unsigned short protocol;	offset:32;	size:2;	signed:0;
	field:enum skb_drop_reason reason;	offset:36;	size:4;	signed:0;
	field:__data_loc char[] name;	offset:40;	size:4;	signed:0;
	field:__u8 saddr[4];	offset:44;	size:4;	signed:0;

print fmt: "skbaddr=%p", REC->skbaddr
`;

describe('parseEventFormat', (test) => {
  test('fields have type, name and place', () => {
    const fields = parseEventFormat(kfreeSkb);
    assert.is(fields.length, 7);
    assert.equal(fields[1], { name: 'skbaddr', type: 'void *', offset: 8, size: 8 });
    assert.equal(fields[6], { name: 'saddr', type: '__u8[4]', offset: 44, size: 4 });
  });

  test('the packet, its place and the reason are found by name', () => {
    assert.equal(findFields(parseEventFormat(kfreeSkb), 'struct sk_buff *'), {
      packet: 8,
      location: 16,
      reason: 36,
      payload: noOffset,
    });
  });

  test('an event without a packet has none', () => {
    const { packet } = findFields(parseEventFormat('\tfield:int a;\toffset:8;\tsize:4;'), 'x');
    assert.is(packet, noOffset);
  });
});
