import type { DeviceId, Hash } from "../../domain/ids.ts";
import type { ClaimsOf } from "../kinds/index.ts";
import type { RecordHash, RecordKind } from "../record.ts";

/** Where a record stands and which digests it fixes, beside what it claims. */
export type Place = {
  readonly seq: number;
  readonly hash: RecordHash;
  readonly device: DeviceId;
  readonly iat: number;
  readonly training: boolean;
  /** Digest of `det`, of `ctx` and `cust` where they are carried, and of everything that `det` names. */
  readonly digests: {
    readonly det: string;
    readonly ctx: string | undefined;
    readonly cust: string | undefined;
    readonly below: readonly Hash[];
  };
};

/** One record of a kind as the rules read it; `det` and `ctx` are undefined where they are withheld. */
export type FactOf<K extends RecordKind> = ClaimsOf<K> & Place;

export type Fact = { [K in RecordKind]: FactOf<K> }[RecordKind];
