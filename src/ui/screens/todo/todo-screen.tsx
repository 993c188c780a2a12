import { latestAttempt } from "../../../domain/refund/case.ts";
import type { TodoItem, TodoKind } from "../../../domain/todo.ts";
import type { TodoGroup } from "../../../usecases/list-tasks.ts";
import { CaseBadge } from "../../components/badge.tsx";
import { ButtonLink } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { DayGroup, Row } from "../../components/row.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { readyValue } from "../../live.ts";
import { linkTo } from "../../routes.ts";
import { useShell } from "../../shell-context.tsx";
import { goodsOf } from "../new-refund/order.tsx";
import { reasonText } from "../refund/case-words.ts";
import { EraseAsked } from "../refund/erase-asked.tsx";
import { hrefOf, sayOf, stepText } from "./todo-words.ts";
import { useTodo } from "./use-todo.ts";

const TodoRow = ({ item }: { readonly item: TodoItem }) => {
  const format = useFormat();
  const { now } = useShell();
  const { refundCase, payment } = item;
  return (
    <Row
      title={
        payment?.lines === undefined ? reasonText(refundCase.reason) : <bdi>{goodsOf(payment)}</bdi>
      }
      facts={[
        sayOf(item, format, now()),
        stepText(item),
        t("word.tail", { tail: format.tail(latestAttempt(refundCase).refundNo) }),
      ]}
      amount={refundCase.amount}
      end={<CaseBadge refundCase={refundCase} short />}
      href={hrefOf(item)}
    />
  );
};

/** What is one line for all of it, with the page on which it is done. */
const wholes = {
  backup: ["shield-check", "backup"],
  overpaid: ["hand", "overpaid"],
  merchant_copy: ["send", "outbox"],
} as const;

type WholeKind = keyof typeof wholes;

const isWhole = (kind: TodoKind): kind is WholeKind => kind in wholes;

const Whole = ({ kind, total }: { readonly kind: WholeKind; readonly total: number }) => {
  const [icon, page] = wholes[kind];
  return kind === "backup" ? (
    <Row icon={icon} title={t("todo.say.backup")} href={linkTo(page)} chevron />
  ) : (
    <Row
      icon={icon}
      title={t("word.count", { n: total })}
      facts={[t(`todo.say.${kind}`)]}
      href={linkTo(page)}
      chevron
    />
  );
};

const Group = ({ group: { kind, total, items } }: { readonly group: TodoGroup }) => {
  const left = isWhole(kind) ? 0 : total - items.length;
  return (
    <>
      <DayGroup title={t("todo.head", { what: t(`todo.kind.${kind}`), n: total })}>
        {isWhole(kind) ? (
          <Whole kind={kind} total={total} />
        ) : (
          items.map((item) => <TodoRow key={item.refundCase.caseId} item={item} />)
        )}
      </DayGroup>
      {kind === "deadline" && (
        <ButtonLink icon="clock" href={linkTo("plan")}>
          {t("plan.title")}
        </ButtonLink>
      )}
      {left > 0 && <p class="u-small">{t("todo.more", { n: left })}</p>}
    </>
  );
};

/** T2a: everything that needs a person, the most urgent kind first; each line opens its page. */
export const TodoScreen = () => {
  const list = readyValue(useTodo());
  return (
    <>
      <PageHeader title={t("todo.title")} back={linkTo("records")} />
      <EraseAsked />
      {list?.groups.map((group) => (
        <Group key={group.kind} group={group} />
      ))}
      {list?.groups.length === 0 && <Empty icon="check" text={t("todo.empty")} />}
    </>
  );
};
