import { arrive, button, expect, goTo, owner } from "./app.ts";
import type { Phone } from "./phones.ts";

const heading = (phone: Phone, name: string) =>
  phone.page.getByRole("heading", { name, exact: true });

const groups = async (phone: Phone): Promise<string> =>
  ((await phone.page.locator("main .code-groups").last().textContent()) ?? "").replace(/\s/g, "");

type Post = { readonly role: "device" | "approver"; readonly recovery: string };

/** A phone joins the shop: invitation, request, comparison, certificate, comparison; all by camera. */
export const enrol = async (till: Phone, fresh: Phone, { role, recovery }: Post): Promise<void> => {
  const { t } = till;
  await goTo(till, "#/devices/add");
  await expect(heading(till, t("devices.add.step_show"))).toBeVisible();
  await arrive(fresh);
  await goTo(fresh, "#/join");
  await fresh.lookAt(till, heading(fresh, t("devices.join.step_show")));
  await till.lookAt(fresh, heading(till, t("devices.compare.title")));
  await Promise.all([till.lookAway(), fresh.lookAway()]);
  expect(await groups(till)).toBe(await groups(fresh));
  await till.page
    .getByRole("radiogroup", { name: t("devices.role") })
    .getByRole("radio", { name: t(`devices.role.${role}`) })
    .click();
  await till.page.locator("input[name=recovery]").fill(recovery);
  await button(till, t("devices.compare.same")).click();
  await expect(heading(till, t("devices.answer.title"))).toBeVisible();
  await fresh.lookAt(till, heading(fresh, t("devices.join.confirm")));
  await fresh.lookAway();
  expect(await groups(till)).toBe(await groups(fresh));
  if (role === "device") await fresh.page.locator("input[name=owner]").fill(owner.name);
  await fresh.page.locator("input[name=pin]").fill(owner.pin);
  await fresh.page.locator("input[name=again]").fill(owner.pin);
  await button(fresh, t("devices.join.submit")).click();
};
