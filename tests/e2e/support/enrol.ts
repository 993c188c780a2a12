import { arrive, button, expect, goTo, openShop, owner, screen } from "./app.ts";
import type { Phone } from "./phones.ts";

/** The heading of a screen or of a part of it. */
export const heading = (phone: Phone, name: string) =>
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

/** An open shop with a second till that joined it by codes. */
export const twoTills = async (phone: () => Promise<Phone>): Promise<readonly [Phone, Phone]> => {
  const till = await phone();
  const recovery = await openShop(till);
  const other = await phone();
  await enrol(till, other, { role: "device", recovery });
  await expect(screen(other, "T1")).toBeVisible({ timeout: 60_000 }); // the PIN's key is slow on purpose
  return [till, other];
};

/** Opens this till's own key card: the first code on the page of devices. */
export const showKeyCard = async (till: Phone): Promise<void> => {
  await goTo(till, "#/devices");
  await till.page
    .locator("main .fold summary")
    .filter({ hasText: till.t("devices.card") })
    .click();
  await expect(till.page.locator(".qr svg").first()).toBeVisible();
};
