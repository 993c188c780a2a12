import type { Deps } from "../../../usecases/deps.ts";
import type { AckReview, ReviewedAck, ReviewedRevocation } from "../../../usecases/review-ack.ts";
import { casesOfRefunds } from "../../../storage/queries.ts";
import { Tag } from "../../components/badge.tsx";
import { Card, KeyValues } from "../../components/key-values.tsx";
import { DayGroup, Row } from "../../components/row.tsx";
import { useDeps } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { language, t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { linkTo } from "../../routes.ts";
import { sayCode } from "../verify/finding-groups.ts";

const AckFacts = ({ ack }: { readonly ack: ReviewedAck }) => {
  const format = useFormat();
  const { by, role, seq, at } = ack;
  return (
    <Card>
      <KeyValues
        pairs={[
          [
            t("proof.ack.by"),
            <bdi key="by">
              {role === "root" ? t("proof.ack.root") : (by.label ?? t("proof.ack.office"))}
            </bdi>,
          ],
          [t("proof.ack.upto"), t("proof.seen.record", { seq })],
          [t("proof.ack.at"), format.fullTime(at)],
          [
            t("proof.seen.fingerprint"),
            <span key="key" class="u-mono">
              {by.fingerprint}
            </span>,
          ],
        ]}
      />
      {ack.isClockBehind && <p class="u-strong">{t("proof.ack.clock")}</p>}
      {ack.isKnown && (
        <p>
          <Tag icon="circle-check" tone="neutral">
            {t("proof.ack.known")}
          </Tag>
        </p>
      )}
    </Card>
  );
};

/** The page of a flagged record, where it belongs to a refund. */
const loadCases = async (
  { journal, device }: Deps,
  { flags }: ReviewedAck,
): Promise<ReadonlyMap<number, string>> => {
  const found = await Promise.all(
    flags.map(async ({ seq }) => {
      const [refundCase] = await casesOfRefunds(journal.db, [{ device, seq }]);
      return refundCase === undefined ? [] : [[seq, refundCase.caseId] as const];
    }),
  );
  return new Map(found.flat());
};

const Flags = ({ ack }: { readonly ack: ReviewedAck }) => {
  const deps = useDeps();
  const live = useLive(
    () => ack,
    (wanted) => loadCases(deps, wanted),
  );
  const cases = readyValue(live.value);
  if (ack.flags.length === 0) return <p class="u-small">{t("proof.ack.no_flags")}</p>;
  return (
    <DayGroup title={t("proof.ack.flags", { n: ack.flags.length })}>
      {ack.flags.map(({ seq, code }) => {
        const id = cases?.get(seq);
        return (
          <Row
            key={`${seq} ${code}`}
            icon="hand"
            title={sayCode(code, language.value)}
            facts={[t("proof.seen.record", { seq })]}
            {...(id === undefined ? {} : { href: linkTo("refund", { id }), chevron: true })}
          />
        );
      })}
    </DayGroup>
  );
};

const Revoked = ({ revocations }: { readonly revocations: readonly ReviewedRevocation[] }) => (
  <DayGroup title={t("proof.ack.revoked", { n: revocations.length })}>
    {revocations.map(({ key, seq, why }) => (
      <Row
        key={key.kid}
        icon="circle-slash"
        title={key.label ?? key.fingerprint}
        facts={[
          t(`proof.ack.why.${why}`),
          seq < 0 ? t("proof.ack.from_start") : t("proof.ack.after", { seq }),
        ]}
      />
    ))}
  </DayGroup>
);

/** What an acknowledgement says before it applies: who, how far, what to look at, whose key ends. */
export const AckView = ({ review }: { readonly review: AckReview }) => (
  <>
    {review.acks.map((ack) => (
      <section class="u-tight" key={ack.hash}>
        <AckFacts ack={ack} />
        <Flags ack={ack} />
      </section>
    ))}
    {review.revocations.length > 0 && <Revoked revocations={review.revocations} />}
  </>
);
