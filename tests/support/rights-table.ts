import type { Role } from "../../src/domain/journal-event.ts";

/**
 * What happens when a person asks, word for word and not derived from any rule of the app: `yes` it is recorded in their
 * name · `waits` it is recorded and waits for approval · `no` they are not entitled to that action, or to the one named
 * behind it · another word is the fault. Amounts are fen: a clerk decides ¥200.00 alone, a lead ¥2,000.00.
 */
const table = `
| action           | what is asked                      | clerk | lead | owner | auditor |
| look_up          | find a payment                     | yes | yes | yes | yes |
| look_up          | read a refund and check its slip   | yes | yes | yes | yes |
| look_up          | read the policy and the list       | yes | yes | yes | yes |
| record_payment   | record a payment                   | yes | yes | yes | no |
| record_payment   | look an unknown payment up         | yes | yes | yes | no |
| import_file      | import a statement                 | yes | yes | yes | no |
| import_file      | import a portal's results          | yes | yes | yes | no |
| manage_policy    | explain a portal's words           | no | no | yes | no import_file |
| refund           | refund 0                           | yes | yes | yes | no |
| refund           | refund 20000                       | yes | yes | yes | no |
| refund           | refund 20001                       | waits | yes | yes | no |
| refund           | refund 200000                      | waits | yes | yes | no |
| refund           | refund 200001                      | waits | waits | yes | no |
| refund           | refund 5000000                     | waits | waits | yes | no |
| refund           | return 20001                       | waits | yes | yes | no |
| refund           | exchange 20001                     | waits | yes | yes | no |
| refund           | void 20001                         | waits | yes | yes | no |
| refund_elsewhere | cash 0                             | waits | waits | yes | no |
| refund_elsewhere | cash 20000                         | waits | waits | yes | no |
| refund_elsewhere | cash 20001                         | waits | waits | yes | no |
| refund_elsewhere | cash 200000                        | waits | waits | yes | no |
| refund_elsewhere | cash 200001                        | waits | waits | yes | no |
| refund_elsewhere | store credit 100                   | waits | waits | yes | no |
| refund_elsewhere | other way 100                      | waits | waits | yes | no |
| refund_elsewhere | unreferenced 100                   | waits | waits | yes | no |
| refund_elsewhere | unreferenced 20001                 | waits | waits | yes | no |
| refund_elsewhere | unreferenced 200001                | waits | waits | yes | no |
| decline          | decline                            | yes | yes | yes | no |
| approve          | approve 0                          | no | yes | yes | no |
| approve          | reject 0                           | no | yes | yes | no |
| approve          | approve 20000                      | no | yes | yes | no |
| approve          | reject 20000                       | no | yes | yes | no |
| approve          | approve 20001                      | no | yes | yes | no |
| approve          | reject 20001                       | no | yes | yes | no |
| approve          | approve 200000                     | no | yes | yes | no |
| approve          | reject 200000                      | no | yes | yes | no |
| approve          | approve 200001                     | no | no | yes | no |
| approve          | reject 200001                      | no | no | yes | no |
| approve          | approve cash 100                   | no | no | yes | no |
| approve          | approve my own 100                 | no | own_request | not_allowed_now | no |
| approve          | reopen 20001                       | no | yes | yes | no |
| approve          | reopen 200001                      | no | no | yes | no |
| override         | waive goods 0                      | no | yes | yes | no receive_goods |
| override         | waive goods 20000                  | no | yes | yes | no receive_goods |
| override         | waive goods 20001                  | no | yes | yes | no receive_goods |
| override         | waive goods 200000                 | no | yes | yes | no receive_goods |
| override         | waive goods 200001                 | no | no | yes | no receive_goods |
| override         | goods received spoiled 20000       | no | yes | yes | no receive_goods |
| override         | goods received short 20000         | no | yes | yes | no receive_goods |
| receive_goods    | goods received                     | yes | yes | yes | no |
| receive_goods    | goods lost                         | yes | yes | yes | no |
| receive_goods    | replacement given                  | yes | yes | yes | no |
| withdraw_own     | withdraw my own                    | yes | yes | yes | no |
| withdraw_other   | withdraw another's                 | no | yes | yes | no |
| export           | make an upload file                | no | yes | yes | no |
| export           | hand an upload file out            | no | yes | yes | no |
| export           | report an upload                   | no | yes | yes | no |
| export           | resend under the same number       | no | yes | yes | no |
| export_unproven  | make an upload file with grade D   | no | no | yes | no |
| recall           | take back a file that never left   | no | yes | yes | no |
| recall           | take back a file that left 20000   | no | yes | yes | no |
| recall           | take back a file that left 20001   | no | yes | yes | no |
| recall           | take back a file that left 200000  | no | yes | yes | no |
| recall           | take back a file that left 200001  | no | no | yes | no |
| recall           | take back my own file that left    | no | own_request | own_request | no |
| result_seen      | result from the portal             | no | yes | yes | no |
| result_seen      | result from a slip                 | no | yes | yes | no |
| result_seen      | result by telephone                | no | yes | yes | no |
| result_seen      | refusal from the portal            | no | yes | yes | no |
| result_seen      | answer of the portal to a file     | no | yes | yes | no |
| result_heard     | result from the customer           | yes | yes | yes | no |
| retract          | take a result back                 | no | yes | yes | no |
| new_attempt      | new attempt 20000                  | no | yes | yes | no |
| new_attempt      | new attempt 20001                  | no | yes | yes | no |
| new_attempt      | new attempt 200000                 | no | yes | yes | no |
| new_attempt      | new attempt 200001                 | no | waits | yes | no |
| new_attempt      | refund instead of a refused void   | no export | yes | yes | no export |
| tell             | tell the customer                  | yes | yes | yes | no |
| tell             | note a merchant copy               | yes | yes | yes | no |
| tell             | share a merchant copy              | yes | yes | yes | no |
| log_contact      | log a call                         | yes | yes | yes | no |
| log_contact      | note an invoice                    | yes | yes | yes | no |
| log_contact      | note a customer's score            | yes | yes | yes | no |
| reconcile        | settle a difference                | no | yes | yes | no |
| reconcile        | count a refund made outside        | no | yes | yes | no |
| reconcile        | give a row to a refund             | no | yes | yes | no |
| reconcile        | take an import back                | no | yes | yes | no |
| reconcile        | register an over-payment           | no | yes | yes | no |
| reconcile        | ask a claimant                     | no | yes | yes | no |
| manage_policy    | change the policy                  | no | no | yes | no |
| manage_policy    | edit an acquirer                   | no | no | yes | no |
| manage_policy    | add an acquirer                    | no | no | yes | no |
| manage_policy    | confirm a fact of an acquirer      | no | no | yes | no |
| manage_policy    | reset an acquirer                  | no | no | yes | no |
| manage_policy    | change the shop's setting          | no | no | yes | no |
| manage_policy    | set where copies go                | no | no | yes | no |
| manage_policy    | send no copies any more            | no | no | yes | no |
| manage_staff     | add a person                       | no | no | yes | no |
| manage_staff     | change a person                    | no | no | yes | no |
| manage_staff     | switch a person off                | no | no | yes | no |
| manage_staff     | switch a person on                 | no | no | yes | no |
| manage_staff     | reset a person's PIN               | no | no | yes | no |
| manage_staff     | switch an owner off                | no | no | yes | no |
| manage_staff     | make an owner                      | no | no | yes | no |
| manage_staff     | change myself                      | no | no | yes | no |
| erase            | erase a customer's data            | no | no | yes | no |
| erase            | erase a declined customer's data   | no | no | yes | no |
| close_day        | close a shift                      | yes | yes | yes | no |
| audit_export     | export the signed journal          | no | yes | yes | yes |
| audit_export     | make a dispute pack                | no | yes | yes | yes |
`;

/** One line of the table. */
export type Expected = {
  readonly action: string;
  readonly row: string;
  readonly by: Readonly<Record<Role, string>>;
};

const [, ...lines] = table.trim().split("\n");

/** Every line, in its order. */
export const expected: readonly Expected[] = lines.map((line) => {
  const [, action = "", row = "", clerk = "", lead = "", owner = "", auditor = ""] = line
    .split("|")
    .map((cell) => cell.trim());
  return { action, row, by: { clerk, lead, owner, auditor } };
});

/** What the lines of an action prove. */
export const proves: Readonly<Record<string, string>> = {
  look_up: "R13 R36",
  record_payment: "R1 R34",
  import_file: "X11",
  refund: "R4 R41 X28",
  refund_elsewhere: "R30 X31",
  decline: "R24",
  approve: "R14 X28",
  override: "R19 R38 X28",
  receive_goods: "R19 R51",
  withdraw_own: "M6",
  withdraw_other: "M6 X28",
  export: "R15 X16",
  export_unproven: "R34 X26",
  recall: "M9 X28",
  result_seen: "R6 X6",
  result_heard: "R6 X6",
  retract: "M24",
  new_attempt: "X4",
  tell: "R42 R50",
  log_contact: "R11 R54 X42",
  close_day: "X35",
  reconcile: "X11 X24 X25",
  manage_policy: "R25 R31",
  manage_staff: "X28",
  audit_export: "R52",
  erase: "X41",
};

/** Actions that no use case does yet. */
export const withoutUseCase: readonly string[] = ["restore"];

/** What leaves no record: backup.test.ts and insights.test.tsx ask every role. */
export const withoutRecord: readonly string[] = ["back_up", "report_own", "report_staff"];

/** What needs another device to be done in full: rights-devices.test.ts asks everybody as far as their right goes. */
export const withAnotherDevice: readonly string[] = ["decide_conflict", "manage_devices"];

/** Who may be asked to do one step by their PIN, so that "not entitled" is no dead end. */
export const entitled: Readonly<Record<string, string>> = {
  look_up: "clerk lead owner auditor",
  record_payment: "clerk lead owner",
  import_file: "clerk lead owner",
  refund: "clerk lead owner",
  refund_elsewhere: "clerk lead owner",
  decline: "clerk lead owner",
  approve: "lead owner",
  override: "lead owner",
  withdraw_own: "clerk lead owner",
  withdraw_other: "lead owner",
  export: "lead owner",
  export_unproven: "owner",
  recall: "lead owner",
  result_seen: "lead owner",
  result_heard: "clerk lead owner",
  retract: "lead owner",
  decide_conflict: "lead owner",
  new_attempt: "lead owner",
  tell: "clerk lead owner",
  log_contact: "clerk lead owner",
  receive_goods: "clerk lead owner",
  close_day: "clerk lead owner",
  reconcile: "lead owner",
  manage_policy: "owner",
  manage_staff: "owner",
  manage_devices: "owner",
  back_up: "clerk lead owner",
  restore: "owner",
  erase: "owner",
  report_own: "clerk lead owner auditor",
  report_staff: "lead owner auditor",
  audit_export: "lead owner auditor",
};

/** Lines that end otherwise than the role alone. */
export type Otherwise = Readonly<Record<string, string>>;

const decides: Otherwise = {
  "approve 0": "yes",
  "reject 0": "yes",
  "approve 20000": "yes",
  "reject 20000": "yes",
  "approve 20001": "above_own_limit",
  "reject 20001": "above_own_limit",
  "approve 200000": "above_own_limit",
  "reject 200000": "above_own_limit",
  "approve my own 100": "own_request",
  "reopen 20001": "above_own_limit",
  "waive goods 0": "yes",
  "waive goods 20000": "yes",
  "goods received spoiled 20000": "yes",
  "goods received short 20000": "yes",
};

const exports: Otherwise = {
  "make an upload file": "yes",
  "hand an upload file out": "yes",
  "report an upload": "yes",
  "resend under the same number": "yes",
  "refund instead of a refused void": "no result_seen",
};

const reports: Otherwise = {
  "result from the portal": "yes",
  "result from a slip": "yes",
  "result by telephone": "yes",
  "refusal from the portal": "yes",
  "answer of the portal to a file": "yes",
};

const takesBack: Otherwise = {
  "take a result back": "yes",
  "new attempt 20000": "yes",
  "new attempt 20001": "waits",
  "new attempt 200000": "waits",
  "new attempt 200001": "waits",
};

const managesPeople: Otherwise = {
  "add a person": "yes",
  "change a person": "yes",
  "switch a person off": "yes",
  "switch a person on": "yes",
  "reset a person's PIN": "yes",
};

const managesPolicy: Otherwise = {
  "change the policy": "yes",
  "explain a portal's words": "yes",
  "edit an acquirer": "yes",
  "add an acquirer": "yes",
  "confirm a fact of an acquirer": "yes",
  "reset an acquirer": "yes",
  "change the shop's setting": "yes",
  "set where copies go": "yes",
  "send no copies any more": "yes",
};

const erases: Otherwise = {
  "erase a customer's data": "yes",
  "erase a declined customer's data": "yes",
};

/** What a single permission adds to a role; what is not named here adds nothing. */
export const granted: Readonly<Partial<Record<Role, Readonly<Record<string, Otherwise>>>>> = {
  clerk: {
    approve: decides,
    export: exports,
    result: reports,
    retract: takesBack,
    staff: managesPeople,
    policy: managesPolicy,
    erase: erases,
  },
  lead: { staff: managesPeople, policy: managesPolicy, erase: erases },
};

/** A clerk and a lead whose own limit is ¥50.00, not that of the role. */
export const withOwnLimit: Readonly<Partial<Record<Role, Otherwise>>> = {
  clerk: { "refund 20000": "waits" },
  lead: {
    "refund 20000": "waits",
    "refund 20001": "waits",
    "refund 200000": "waits",
    "return 20001": "waits",
    "exchange 20001": "waits",
    "void 20001": "waits",
    "approve 20000": "above_own_limit",
    "reject 20000": "above_own_limit",
    "approve 20001": "above_own_limit",
    "reject 20001": "above_own_limit",
    "approve 200000": "above_own_limit",
    "reject 200000": "above_own_limit",
    "reopen 20001": "above_own_limit",
    "waive goods 20000": "no",
    "waive goods 20001": "no",
    "waive goods 200000": "no",
    "goods received spoiled 20000": "no",
    "goods received short 20000": "no",
    "take back a file that left 20000": "no",
    "take back a file that left 20001": "no",
    "take back a file that left 200000": "no",
    "new attempt 20000": "waits",
    "new attempt 20001": "waits",
    "new attempt 200000": "waits",
  },
};
