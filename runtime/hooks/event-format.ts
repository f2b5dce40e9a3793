/** A field of a tracepoint's event, from its `format` file in tracefs. */
export interface EventField {
  readonly name: string;
  /** As C writes it: `void *`, `enum skb_drop_reason`. */
  readonly type: string;
  readonly offset: number;
  readonly size: number;
}

/** Parse lines such as `field:void * skbaddr;	offset:8;	size:8;	signed:0;`. */
export function parseEventFormat(text: string): readonly EventField[] {
  const line = /^\s*field:([^;]*?)(\w+)(\[[^\]]*\])?;\s*offset:(\d+);\s*size:(\d+);/gm;
  return [...text.matchAll(line)].map(([, type = '', name = '', array = '', offset, size]) => ({
    name,
    type: (type.trim() + array).trim(),
    offset: Number(offset),
    size: Number(size),
  }));
}
