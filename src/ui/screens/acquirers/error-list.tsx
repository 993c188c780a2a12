import { useSignal } from "@preact/signals";

import { portalErrors, type AcquirerError } from "../../../domain/acquirers/error-catalogue.ts";
import type { AcquirerProfile } from "../../../domain/acquirers/profile.ts";
import { StateBadge, Tag } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Row, Rows } from "../../components/row.tsx";
import { t } from "../../language.ts";
import { actionText } from "./acquirer-words.ts";
import { AddErrorSheet, OwnErrorSheet } from "./own-error-sheet.tsx";

const ErrorRow = ({
  error,
  own = false,
  onClick,
}: {
  readonly error: AcquirerError;
  readonly own?: boolean;
  readonly onClick?: () => void;
}) => (
  <Row
    title={<bdi class="u-mono">{error.codes.join(t("word.separator"))}</bdi>}
    facts={[
      t(`acquirers.error.${error.meaning}`),
      ...error.actions.map((action) => actionText(action)),
      own && t("acquirers.own_error.tag"),
    ]}
    end={
      <>
        <StateBadge state={error.state} short />
        {!error.verified && (
          <Tag icon="circle-alert" tone="warn">
            {t("acquirers.unverified")}
          </Tag>
        )}
      </>
    }
    onClick={onClick}
  />
);

/** What an answer of this acquirer means, the owner's own entries first. */
export const ErrorList = ({ profile }: { readonly profile: AcquirerProfile }) => {
  const open = useSignal<AcquirerError | "new" | undefined>(undefined);
  const close = (): void => {
    open.value = undefined;
  };
  const error = open.value;
  return (
    <section class="u-tight">
      <h2>{t("acquirers.group.errors")}</h2>
      <Rows>
        {profile.ownErrors.map((own) => (
          <ErrorRow
            key={own.codes.join()}
            error={own}
            own
            onClick={() => {
              open.value = own;
            }}
          />
        ))}
        {[...profile.errors, ...portalErrors].map((one) => (
          <ErrorRow key={one.codes.join()} error={one} />
        ))}
      </Rows>
      <Button
        icon="plus"
        onClick={() => {
          open.value = "new";
        }}
      >
        {t("acquirers.own_error.add")}
      </Button>
      {error === "new" && <AddErrorSheet profile={profile} onClose={close} />}
      {error !== undefined && error !== "new" && (
        <OwnErrorSheet profile={profile} error={error} onClose={close} />
      )}
    </section>
  );
};
