import { describe, expect, it } from "vitest";

import { linkTo, parseRoute, routes, type RouteName } from "../../src/ui/routes.ts";

describe("an address", () => {
  it.each([
    ["#/scan", { name: "scan", args: {} }],
    ["#/r/new?c=4200%20%2F7", { name: "new_refund", args: { c: "4200 /7" } }],
    ["#/r/new?p=ABC&x=1", { name: "new_refund", args: { p: "ABC" } }],
    ["#/r/01JD", { name: "refund", args: { id: "01JD" } }],
    ["#/records?f=to_export", { name: "records", args: { f: "to_export" } }],
    ["#/recon/import", { name: "import_statement", args: {} }],
    ["#/v/aaa.bbb.ccc", { name: "slip", args: { jwt: "aaa.bbb.ccc" } }],
    ["#v=aaa.bbb.ccc", { name: "slip", args: { jwt: "aaa.bbb.ccc" } }],
    ["#/train", { name: "train", args: {} }],
  ])("%s is its page", (hash, route) => {
    expect(parseRoute(hash)).toEqual(route);
  });

  it.each(["#/nowhere", "#/r/", "#/r/a/b", "#scan?"])("%s opens no wrong page", (hash) => {
    expect(["scan", undefined]).toContain(parseRoute(hash)?.name);
  });

  it("survives a broken escape", () => {
    expect(parseRoute("#/r/%E0%A4%A")).toEqual({ name: "refund", args: { id: "%E0%A4%A" } });
  });

  it("round-trips arguments with any characters", () => {
    const odd = "a/b?c#d&e=f 付 ‮";
    expect(parseRoute(linkTo("new_refund", { c: odd }))).toEqual({
      name: "new_refund",
      args: { c: odd },
    });
    expect(parseRoute(linkTo("refund", { id: odd }))?.args).toEqual({ id: odd });
  });

  it("is different for every page", () => {
    const paths = Object.values(routes).map((route) => route.path.replace(/:\w+/g, "x"));
    expect(new Set(paths).size).toBe(paths.length);
    for (const name of Object.keys(routes) as RouteName[])
      expect(parseRoute(`#/${routes[name].path.replace(/:\w+/g, "x")}`)?.name).toBe(name);
  });
});
