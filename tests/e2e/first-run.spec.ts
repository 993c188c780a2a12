import {
  button,
  confirmButton,
  expect,
  expectScreen,
  openAt,
  openShop,
  practise,
  reasonChip,
  screen,
  taps,
  tapsOf,
  test,
  unlock,
} from "./support/app.ts";

/** The device key as it lies in the database: what it can do and what it cannot. */
const proveKey = async () => {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open("refund-desk");
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error));
  });
  const rows = await new Promise<unknown[]>((resolve) => {
    const request = db.transaction("keys").objectStore("keys").getAll();
    request.addEventListener("success", () => resolve(request.result));
  });
  db.close();
  const keys = rows
    .flatMap((row) => Object.values(row as object))
    .flatMap((value: unknown) =>
      value instanceof CryptoKey ? [value] : Object.values(value ?? {}),
    )
    .filter((value): value is CryptoKey => value instanceof CryptoKey);
  const secret = keys.find((key) => key.type === "private");
  if (secret === undefined) return undefined;
  const algorithm = { name: "ECDSA", hash: "SHA-256" };
  const signature = await crypto.subtle.sign(algorithm, secret, new Uint8Array(8));
  const refused = await crypto.subtle.exportKey("pkcs8", secret).then(
    () => undefined,
    (error: Error) => error.name,
  );
  return {
    extractable: secret.extractable,
    curve: (secret.algorithm as EcKeyAlgorithm).namedCurve,
    signature: signature.byteLength,
    refused,
  };
};

test("practice begins with one tap, offline; its first refund takes no more than 8 from the first screen", async ({
  app,
}) => {
  await practise(app);
  await expect(app.page.locator(".train-bar")).toHaveText(app.t("status.training"));
  const toBegin = 1; // the page is loaded anew after it
  const more = await tapsOf(app, async () => {
    await button(app, app.t("scan.sample")).click();
    await expectScreen(app, "R1");
    await reasonChip(app, "faulty").click();
    await confirmButton(app).click();
    await expectScreen(app, "R5");
  });
  await expect(screen(app, "R5")).toContainText(app.t("refund.recorded.training"));
  expect(toBegin + more).toBe(4);
});

test("a real shop opens offline: key proven, code shown once, locked after a reload", async ({
  app,
}) => {
  const code = await openShop(app);
  expect(code).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){5}$/);
  expect(await app.page.evaluate(proveKey)).toEqual({
    extractable: false,
    curve: "P-256",
    signature: 64,
    refused: "InvalidAccessError",
  });
  await app.page.reload();
  await unlock(app);
  await expectScreen(app, "T1");
  expect(await app.page.locator("body").textContent()).not.toContain(code);
});

test(
  "the language follows the browser, changes at once and stays",
  { tag: "@phone" },
  async ({ app }) => {
    await openAt(app);
    await expect(app.page.locator("html")).toHaveAttribute("lang", app.language);
    const [other, title] =
      app.language === "en"
        ? (["简体中文", "退款台"] as const)
        : (["English", "Refund Desk"] as const);
    await button(app, other).click();
    await expect(app.page.getByRole("heading", { level: 1 })).toHaveText(title);
    expect(await taps(app)).toBe(1);
    await app.page.reload();
    await expect(app.page.getByRole("heading", { level: 1 })).toHaveText(title);
  },
);
