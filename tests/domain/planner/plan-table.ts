/** One line of the table: how the acquirer settles, what is known, what waits, and by hand what the plan says and why. */
export type Line = readonly [
  name: string,
  facts: readonly [mode: string, known: string, queue: string],
  plan: readonly [steps: string, money: string],
];

/*
 * Now is 22 November 2026, 14:00, in Shanghai.
 * mode: settlement, source of refunds, then d0=…, hours=…, apart=… (seconds between refunds of one payment), day=… and most=… (refunds and yuan a day).
 * known: balance <yuan> [@time] · takings <yuan> · statement <yuan> · way <yuan> [void] · sent <payment> @time · left <yuan> · cut.
 * queue: name yuan [void] [of payment] [kind-of-date @time] [since time].
 * plan: each refund in its order with its step and its reasons; then top-up, first failure, what ends today.
 * money: what is there, and why.
 */
const table = `
| name | mode | known | queue | plan | money |
| nothing waits | T1 account | balance 100 |  |  | 100 = balance 100, takings_apart |
| nothing is known | T1 account |  | a 50 | a now (no_promise) | ? = no_balance, takings_apart |
| one fits | T1 account | balance 100 | a 50 | a now (fits 50) | 100 = balance 100, takings_apart |
| one fits to the last fen | T1 account | balance 50 | a 50 | a now (fits 0) | 50 = balance 50, takings_apart |
| one fen is missing | T1 account | balance 49.99 | a 50 | a wait (short 49.99) · top=0.01 first=a | 49.99 = balance 49.99, takings_apart |
| an empty account | T1 account | balance 0 | a 50; b 30 | b wait (short 0), a wait (short 0) · top=80 first=b | 0 = balance 0, takings_apart |
| takings are not counted for an account | T1 account | balance 10; takings 500 | a 50 | a wait (short 10) · top=40 first=a | 10 = balance 10, takings_apart |
| takings alone promise nothing for an account | T1 account | takings 500 | a 50 | a now (no_promise) | ? = no_balance, takings_apart |
| what is on its way is taken off | T1 account | balance 100; way 60 | a 50 | a wait (short 40) · top=10 first=a | 40 = balance 100, takings_apart, under_way 60 ×1 |
| two are on their way | T1 account | balance 100; way 30; way 20 | a 50 | a now (fits 0) | 50 = balance 100, takings_apart, under_way 50 ×2 |
| more is on its way than there is | T1 account | balance 100; way 130 | a 50 | a wait (short -30) · top=80 first=a | -30 = balance 100, takings_apart, under_way 130 ×1 |
| a void on its way asks no account | T1 account | balance 100; way 60 void | a 50 | a now (fits 50) | 100 = balance 100, takings_apart |
| an old balance still counts and is called old | T1 account | balance 100 @11-20 09:00 | a 50 | a now (fits 50) | 100 = balance 100, balance_old, takings_apart |
| a balance of a minute ago | T1 account | balance 100 @13:59 | a 50 | a now (fits 50) | 100 = balance 100, takings_apart |
| not everything since was found | T1 account | balance 100; way 10; cut | a 50 | a now (no_promise) | ? = balance 100, takings_apart, not_counted |
| the next day counts as an account too | D1 account | balance 60 | a 50 | a now (fits 10) | 60 = balance 60, takings_apart |
| the smaller first without any date | T1 account | balance 60 | a 50; b 30 | b now (fits 30), a wait (short 30) · top=20 first=a | 60 = balance 60, takings_apart |
| the earlier end before the smaller amount | T1 account | balance 60 | a 50 law @11-23 23:59; b 30 law @11-24 23:59 | a now (fits 10), b wait (short 10) · top=20 first=b | 60 = balance 60, takings_apart |
| a date before none | T1 account | balance 60 | a 50 law @12-30 23:59; b 30 | a now (fits 10), b wait (short 10) · top=20 first=b | 60 = balance 60, takings_apart |
| of equal amounts the older | T1 account | balance 50 | a 50 since 12:00; b 50 since 11:00 | b now (fits 0), a wait (short 0) · top=50 first=a | 50 = balance 50, takings_apart |
| of equal age by name | T1 account | balance 50 | b 50; a 50 | a now (fits 0), b wait (short 0) · top=50 first=b | 50 = balance 50, takings_apart |
| what was missed first of all | T1 account | balance 50 | a 50 law @11-23 23:59; b 50 shop @11-21 23:59 | b now (fits 0), a wait (short 0) · top=50 first=a | 50 = balance 50, takings_apart |
| later ones that fit go by | T1 account | balance 100 | a 60 law @11-23 10:00; b 50 law @11-23 11:00; c 30 law @11-23 12:00 | a now (fits 40), b wait (short 40), c now (fits 10) · top=40 first=b | 100 = balance 100, takings_apart |
| two that do not fit | T1 account | balance 100 | a 60 law @11-23 10:00; b 50 law @11-23 11:00; c 45 law @11-23 12:00 | a now (fits 40), b wait (short 40), c wait (short 40) · top=55 first=b | 100 = balance 100, takings_apart |
| the third of four would fail | T1 takings | balance 250 | a 100 law @11-22 20:00; b 80 void @11-22 22:30; c 120 law @11-23 23:59; d 36 window @11-24 10:00 | a now (fits 70), b now (void), c wait (short 70), d now (fits 34) · top=86 first=c today=a,b tomorrow | 170 = balance 250, takings 0, voids 80 |
| all fit | T1 account | balance 100 | a 20; b 30; c 50 | a now (fits 80), b now (fits 50), c now (fits 0) | 100 = balance 100, takings_apart |
| none fits though their sum is small | T1 account | balance 5 | a 6; b 7 | a wait (short 5), b wait (short 5) · top=8 first=a | 5 = balance 5, takings_apart |
| today's takings pay | T1 takings | takings 100 | a 50 | a now (fits 50) | 100 = takings 100 |
| no takings yet | T1 takings |  | a 50 | a wait (short 0) · top=50 first=a tomorrow | 0 = takings 0 |
| the next day's settlement too | D1 takings | takings 40 | a 50 | a wait (short 40) · top=10 first=a tomorrow | 40 = takings 40 |
| a statement shows more than was recorded | T1 takings | takings 40; statement 90 | a 50 | a now (fits 40) | 90 = takings 90 |
| a statement shows less than was recorded | T1 takings | takings 90; statement 40 | a 50 | a now (fits 40) | 90 = takings 90 |
| two statements overlap and are not added | T1 takings | takings 10; statement 40; statement 30 | a 50 | a wait (short 40) · top=10 first=a tomorrow | 40 = takings 40 |
| takings since a balance of today | T1 takings | balance 30 @13:00; takings 25 | a 50 | a now (fits 5) | 55 = balance 30, takings 25 |
| a balance of yesterday was settled | T1 takings | balance 500 @11-21 20:00; takings 25 | a 50 | a wait (short 25) · top=25 first=a tomorrow | 25 = balance_settled, takings 25 |
| a balance of tomorrow's clock is no balance of today | T1 takings | balance 500 @11-23 09:00 | a 50 | a wait (short 0) · top=50 first=a tomorrow | 0 = balance_settled, takings 0 |
| refunds of today are taken off | T1 takings | takings 100; way 70 | a 50 | a wait (short 30) · top=20 first=a tomorrow | 30 = takings 100, under_way 70 ×1 |
| a void on its way takes its payment away | T1 takings | takings 100; way 70 void | a 50 | a wait (short 30) · top=20 first=a tomorrow | 30 = takings 100, under_way 70 ×1 |
| a void that waits takes its payment away | T1 takings | takings 100 | a 50; b 70 void | a wait (short 30), b now (void) · top=20 first=a tomorrow | 30 = takings 100, voids 70 |
| what ends today cannot wait for tomorrow | T1 takings | takings 10 | a 50 law @11-22 23:59 | a wait (short 10) · top=40 first=a today=a | 10 = takings 10 |
| what ends tomorrow can | T1 takings | takings 10 | a 50 law @11-23 00:00 | a wait (short 10) · top=40 first=a tomorrow | 10 = takings 10 |
| one of two ends today | T1 takings | takings 10 | a 50 law @11-22 23:59; b 60 law @11-29 23:59 | a wait (short 10), b wait (short 10) · top=100 first=a today=a | 10 = takings 10 |
| takings are not all found | T1 takings | takings 100; cut | a 50 | a now (no_promise) | ? = takings 100, not_counted |
| nobody said when it is settled | unknown takings | takings 100 | a 50 | a now (no_promise) | ? = no_balance, settlement_unknown |
| nobody said when, but what was there | unknown takings | balance 60 @13:00; takings 100 | a 50 | a now (fits 10) | 60 = balance 60, settlement_unknown |
| nobody said when, and it is of yesterday | unknown takings | balance 60 @11-21 13:00 | a 50 | a now (no_promise) | ? = balance_settled, settlement_unknown |
| nobody said from where | T1 unknown | takings 100 | a 50 | a now (no_promise) | ? = no_balance, source_unknown |
| nobody said from where, but what was there | T1 unknown | balance 60; takings 100 | a 50 | a now (fits 10) | 60 = balance 60, source_unknown |
| nobody said anything | unknown unknown | takings 100; statement 500 | a 50 | a now (no_promise) | ? = no_balance, source_unknown |
| settled at once nothing is left | D0 takings d0=needs_float | takings 500 | a 50 | a wait (short 0) · top=50 first=a | 0 = no_float, takings_gone |
| settled at once a float pays | D0 takings d0=needs_float | balance 60; takings 500 | a 50 | a now (fits 10) | 60 = balance 60, takings_gone |
| a float of last week stays | D0 takings d0=needs_float | balance 60 @11-15 09:00 | a 50 | a now (fits 10) | 60 = balance 60, balance_old, takings_gone |
| settled at once from an account | D0 account d0=needs_float |  | a 50 | a wait (short 0) · top=50 first=a | 0 = no_float, takings_gone |
| settled at once, whether refunds work is not known | D0 account d0=unknown | balance 60 | a 50 | a now (fits 10) | 60 = balance 60, takings_gone, ask_first |
| settled at once, refunds do not work | D0 account d0=blocked | balance 60 | a 50; b 10 | b never (d0_blocked), a never (d0_blocked) · first=b | 60 = balance 60, takings_gone |
| settled at once, voids do not work either | D0 takings d0=blocked |  | a 50 void | a never (d0_blocked) · first=a | 0 = no_float, takings_gone |
| a rule for D0 is none for T1 | T1 account d0=blocked | balance 60 | a 50 | a now (fits 10) | 60 = balance 60, takings_apart |
| a void asks no money | T1 account | balance 0 | a 50 void @11-22 22:30 | a now (void) · today=a | 0 = balance 0, takings_apart |
| a void is over | T1 account | balance 100 | a 50 void @11-22 13:59 | a never (too_late) · first=a | 100 = balance 100, takings_apart |
| a void in its last second | T1 account | balance 0 | a 50 void @11-22 14:00 | a now (void) · today=a | 0 = balance 0, takings_apart |
| a void with nothing known | T1 account |  | a 50 void @11-22 22:30; b 20 | a now (void), b now (no_promise) · today=a | ? = no_balance, takings_apart |
| the acquirer's window is over | T1 account | balance 100 | a 50 window @11-22 13:00; b 20 | a never (too_late), b now (fits 80) · first=a | 100 = balance 100, takings_apart |
| the law's date was missed and it goes all the same | T1 account | balance 100 | a 50 law @11-20 23:59 | a now (fits 50) | 100 = balance 100, takings_apart |
| a window in its last second | T1 account | balance 100 | a 50 window @11-22 14:00 | a now (fits 50) · today=a | 100 = balance 100, takings_apart |
| two of one payment are spaced | T1 account apart=60 | balance 100 | a 20 of P; b 30 of P | a now (fits 80), b later 14:01 (fits 50 spacing) | 100 = balance 100, takings_apart |
| three of one payment are spaced twice | T1 account apart=60 | balance 100 | a 20 of P; b 30 of P; c 40 of P | a now (fits 80), b later 14:01 (fits 50 spacing), c later 14:02 (fits 10 spacing) | 100 = balance 100, takings_apart |
| others are not spaced | T1 account apart=60 | balance 100 | a 20 of P; b 30 of Q | a now (fits 80), b now (fits 50) | 100 = balance 100, takings_apart |
| one that does not fit keeps nobody waiting | T1 account apart=60 | balance 40 | a 50 of P law @11-23 10:00; b 30 of P | a wait (short 40), b now (fits 10) · top=40 first=a | 40 = balance 40, takings_apart |
| one was handed in a moment ago | T1 account apart=180 | balance 100; sent P @13:58 | a 20 of P | a later 14:01 (fits 80 spacing) | 100 = balance 100, takings_apart |
| one was handed in long ago | T1 account apart=180 | balance 100; sent P @13:00 | a 20 of P | a now (fits 80) | 100 = balance 100, takings_apart |
| a stamp of a clock that was days ahead holds nothing back | T1 account apart=180 | balance 100; sent P @11-27 13:00 | a 20 of P | a now (fits 80) | 100 = balance 100, takings_apart |
| a clock a little ahead is believed | T1 account apart=180 | balance 100; sent P @14:02 | a 20 of P | a later 14:05 (fits 80 spacing) | 100 = balance 100, takings_apart |
| two of a payment stay apart when the first waits for hours | T1 account apart=180 hours=15:00-20:00 | balance 100 | a 20 of P; b 30 of P | a later 15:00 (fits 80 hours), b later 15:03 (fits 50 spacing) | 100 = balance 100, takings_apart |
| one alone over the day's sum never goes whole, a void has no such limit | T1 account most=40 | balance 100 | a 41; b 40; c 50 void | b now (fits 60), a never (above_daily), c now (void) · first=a | 100 = balance 100, takings_apart |
| no interval, no spacing | T1 account | balance 100 | a 20 of P; b 30 of P | a now (fits 80), b now (fits 50) | 100 = balance 100, takings_apart |
| more than a day's number goes tomorrow | T1 account day=1 | balance 100 | a 20; b 30 | a now (fits 80), b later 11-23 00:00 (fits 50 daily_refunds) | 100 = balance 100, takings_apart |
| what left today counts for the day | T1 account day=2 | balance 100; left 10 | a 20; b 30 | a now (fits 80), b later 11-23 00:00 (fits 50 daily_refunds) | 100 = balance 100, takings_apart |
| over a day's amount goes tomorrow, a smaller one today | T1 account most=45 | balance 100; left 4 | a 20 law @11-23 10:00; b 30 law @11-23 11:00; c 21 law @11-23 12:00 | a now (fits 80), b later 11-23 00:00 (fits 50 daily_amount), c now (fits 29) | 100 = balance 100, takings_apart |
| tomorrow means its hours | T1 account day=1 hours=09:00-20:00 | balance 100 | a 20; b 30 | a now (fits 80), b later 11-23 09:00 (fits 50 daily_refunds hours) | 100 = balance 100, takings_apart |
| tomorrow is too late | T1 account day=1 | balance 100 | a 20 window @11-22 19:00; b 30 window @11-22 20:00 | a now (fits 80), b never (too_late) · first=b today=a | 100 = balance 100, takings_apart |
| a void asks nothing of the day | T1 account day=1 | balance 100 | a 20 void; b 30 | a now (void), b now (fits 70) | 100 = balance 100, takings_apart |
| within the hours | T1 account hours=09:00-20:00 | balance 100 | a 50 | a now (fits 50) | 100 = balance 100, takings_apart |
| before the hours | T1 account hours=15:00-20:00 | balance 100 | a 50 | a later 15:00 (fits 50 hours) | 100 = balance 100, takings_apart |
| after the hours | T1 account hours=09:00-14:00 | balance 100 | a 50 | a later 11-23 09:00 (fits 50 hours) | 100 = balance 100, takings_apart |
| the hours end before the date | T1 account hours=09:00-20:00 | balance 100 | a 50 law @11-22 23:59; b 10 window @11-22 21:00 | b now (fits 90), a now (fits 40) · today=b,a | 100 = balance 100, takings_apart |
| the window ends before the hours begin | T1 account hours=15:00-20:00 | balance 100 | a 50 window @11-22 14:30 | a never (too_late) · first=a | 100 = balance 100, takings_apart |
| a void knows no hours | T1 account hours=15:00-20:00 | balance 0 | a 50 void @11-22 14:30 | a now (void) · today=a | 0 = balance 0, takings_apart |
| a date in the night ends with yesterday's hours | T1 account hours=09:00-20:00 | balance 100 | a 50 law @11-23 03:00; b 10 law @11-22 21:00 | b now (fits 90), a now (fits 40) · today=b,a | 100 = balance 100, takings_apart |
| later and short at once is short | T1 account hours=15:00-20:00 | balance 10 | a 50 | a wait (short 10) · top=40 first=a | 10 = balance 10, takings_apart |
| what goes later keeps its money | T1 account apart=60 | balance 60 | a 20 of P law @11-23 09:00; b 30 of P law @11-23 10:00; c 40 law @11-23 11:00 | a now (fits 40), b later 14:01 (fits 10 spacing), c wait (short 10) · top=30 first=c | 60 = balance 60, takings_apart |
| one order is spaced over the end of the hours | T1 account hours=09:00-14:01 apart=60 | balance 100 | a 20 of P; b 30 of P | a now (fits 80), b later 11-23 09:00 (fits 50 spacing hours) | 100 = balance 100, takings_apart |
`;

const [, ...rows] = table.trim().split("\n");

/** Every line, in its order. */
export const lines: readonly Line[] = rows.map((row) => {
  const [, name = "", mode = "", known = "", queue = "", steps = "", money = ""] = row
    .split("|")
    .map((cell) => cell.trim());
  return [name, [mode, known, queue], [steps, money]];
});
