/**
 * Pointers that libbpf hands out. They carry no type at run time and a wrong one crashes the process, so each kind has
 * its brand and the signatures in libbpf.ts only take the right one.
 */
type Handle<Brand extends string> = bigint & { readonly __brand: Brand };

/** `struct bpf_object *`. */
export type BpfObjectHandle = Handle<'bpf_object'>;
/** `struct bpf_program *`. */
export type BpfProgramHandle = Handle<'bpf_program'>;
/** `struct bpf_map *`. */
export type BpfMapHandle = Handle<'bpf_map'>;
/** `struct bpf_link *`. */
export type BpfLinkHandle = Handle<'bpf_link'>;
/** What `mmap` returned. */
export type Mapping = Handle<'mapping'>;
