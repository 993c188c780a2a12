import { FaultLine } from "../../components/field.tsx";
import { t } from "../../language.ts";
import type { NotSent } from "./use-outbox.ts";

/** Why the copies wait still. */
export const NotSentLine = ({ notSent }: { readonly notSent: NotSent | undefined }) =>
  notSent === undefined ? undefined : <FaultLine>{t(`todo.outbox.${notSent.because}`)}</FaultLine>;
