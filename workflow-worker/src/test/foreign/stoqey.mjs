// Runs the npm package @stoqey/ib, which nobody here wrote, through every message the simulator serves.
// Usage: node stoqey.mjs GATEWAY_PORT CONTROL_PORT SYNTHETIC_GATEWAY_PORT
//   the first two of a fresh simulator on deploy/bars at 2012-09-20T09:00-04:00, the third of one with --synthetic.
// Prints one line per step and exits 0 only without a decode error and with every value as expected.
import assert from "node:assert/strict";
import { createConnection } from "node:net";
import { EventName, IBApi } from "@stoqey/ib";

const [port, controlPort, syntheticPort] = process.argv.slice(2).map(Number);
const PATIENCE_MS = 15_000;
const ACCOUNT = "SIM0000001";
const AAPL = { conId: 265598, symbol: "AAPL", secType: "STK", exchange: "SMART", currency: "USD" };
const BY_NAME = { ...AAPL, conId: undefined };

const errors = [];
const notices = [];
let steps = 0;

/** A client that keeps whatever it is told is wrong. */
function client(port, clientId) {
  const made = new IBApi({ host: "127.0.0.1", port, clientId });
  made.on(EventName.error, (error, code, id) => errors.push({ message: error.message, code, id }));
  made.on(EventName.info, (_message, code) => notices.push(code));
  return made;
}

const ib = client(port, 7);

/** Sends, collects `each` events, resolves at the first `end` event that fits. */
function ask(name, send, { each = [], end, fits = () => true, on = ib }) {
  return new Promise((resolve, reject) => {
    const seen = [];
    const listeners = each.map((event) => [event, (...args) => seen.push([event, ...args])]);
    const timer = setTimeout(() => reject(new Error(`${name}: no ${end} in time; errors ${JSON.stringify(errors)}`)), PATIENCE_MS);
    const last = (...args) => {
      if (!fits(...args)) return;
      clearTimeout(timer);
      listeners.forEach(([event, listener]) => on.off(event, listener));
      on.off(end, last);
      console.log(`${String(++steps).padStart(2)} ${name}: ${seen.length} rows`);
      resolve({ seen, rows: (event) => seen.filter((row) => row[0] === event).map((row) => row.slice(1)), last: args });
    };
    listeners.forEach(([event, listener]) => on.on(event, listener));
    on.on(end, last);
    send();
  });
}

const refused = (name, send, wanted, id, on = ib) =>
  ask(name, send, { end: EventName.error, fits: (_error, code, about) => code === wanted && about === id, on });
/** This client calls an error that belongs to no request an information. */
const told = (name, send, wanted, on = ib) =>
  ask(name, send, { end: EventName.info, fits: (_message, code) => code === wanted, on });
const status = (name, send, orderId, word) =>
  ask(name, send, { each: [EventName.openOrder, EventName.orderStatus], end: EventName.orderStatus, fits: (id, state) => id === orderId && state === word });
/** Everything said before is answered when the clock answers. */
const settled = (name, send, each) =>
  ask(name, () => { send(); ib.reqCurrentTime(); }, { each, end: EventName.currentTime });

function command(line) {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host: "127.0.0.1", port: controlPort }, () => socket.write(`${line}\n`));
    socket.once("data", (data) => { socket.end(); resolve(data.toString().trim()); });
    socket.once("error", reject);
  });
}

const bars = (name, id, end, duration, size, format, { contract = AAPL, on = ib } = {}) =>
  ask(name, () => on.reqHistoricalData(id, contract, end, duration, size, "TRADES", 1, format, false),
    { each: [EventName.historicalData], end: EventName.historicalData, fits: (about, date) => about === id && date.startsWith("finished"), on })
    .then(({ seen }) => seen.filter(([, about, date]) => about === id && !date.startsWith("finished"))
      .map(([, , date, open, high, low, close, volume]) => ({ date, open, high, low, close, volume })));

const order = (ref, more) => ({ action: "BUY", totalQuantity: 10, orderType: "LMT", tif: "DAY", orderRef: ref, transmit: true, ...more });

// ---- handshake, startApi, ids, accounts, time
let version;
ib.once(EventName.server, (negotiated) => { version = negotiated; });
const hello = await ask("handshake and startApi", () => ib.connect(),
  { each: [EventName.managedAccounts, EventName.nextValidId], end: EventName.info, fits: (_message, code) => code === 2199 });
assert.equal(version, 178);
assert.deepEqual(hello.rows(EventName.managedAccounts), [[ACCOUNT]]);
let orderId = hello.rows(EventName.nextValidId)[0][0];
assert.equal(orderId, 1);
assert.deepEqual(notices, [2104, 2106, 2158, 2199]);
const ids = await ask("reqIds", () => ib.reqIds(), { end: EventName.nextValidId });
assert.equal(ids.last[0], orderId);
const accounts = await ask("reqManagedAccts", () => ib.reqManagedAccts(), { end: EventName.managedAccounts });
assert.equal(accounts.last[0], ACCOUNT);
const time = await ask("currentTime", () => ib.reqCurrentTime(), { end: EventName.currentTime });
assert.equal(new Date(time.last[0] * 1000).toISOString(), "2012-09-20T13:00:00.000Z");

// ---- contracts
const details = await ask("contractDetails", () => ib.reqContractDetails(9001, BY_NAME),
  { each: [EventName.contractDetails], end: EventName.contractDetailsEnd });
const apple = details.seen[0][2];
assert.equal(apple.contract.conId, AAPL.conId);
assert.equal(apple.contract.primaryExch, "NASDAQ");
assert.equal(apple.minTick, 0.01);
assert.equal(apple.timeZoneId, "US/Eastern");
assert.ok(apple.longName.toUpperCase().includes("APPLE"), apple.longName);
assert.ok(apple.liquidHours.startsWith("20120920:0930-20120920:1600;20120921:0930-20120921:1600;20120922:CLOSED"), apple.liquidHours);
const byId = await ask("contractDetails by conId", () => ib.reqContractDetails(9002, { conId: 265598, exchange: "SMART" }),
  { each: [EventName.contractDetails], end: EventName.contractDetailsEnd });
assert.equal(byId.seen[0][2].contract.symbol, "AAPL");
await refused("unknown symbol", () => ib.reqContractDetails(9003, { ...BY_NAME, symbol: "NOPE" }), 200, 9003);

// ---- historical data
const daily = await bars("daily bars", 9010, "20120920-13:00:00", "8 Y", "1 day", 2);
assert.ok(daily.length > 2000, `only ${daily.length} bars`);
assert.deepEqual(daily.at(-1), { date: "20120919", open: 700.26, high: 703.99, low: 699.57, close: 702.1, volume: 11674100 });
const weekly = await bars("weekly bars", 9011, "", "1 Y", "1 week", 1);
assert.equal(weekly.at(-1).date, "20120914");
assert.ok(weekly.length >= 51 && weekly.length <= 53, `${weekly.length} weeks`);
await refused("bars within a day of real history", () => ib.reqHistoricalData(9012, AAPL, "", "1 D", "1 hour", "TRADES", 1, 2, false), 162, 9012);
await refused("bars before there are any", () => ib.reqHistoricalData(9013, AAPL, "19700101-00:00:00", "1 D", "1 day", "TRADES", 1, 2, false), 162, 9013);
await refused("cancelHistoricalData", () => ib.cancelHistoricalData(9014), 366, 9014);
const head = await ask("headTimestamp as text", () => ib.reqHeadTimestamp(9015, AAPL, "TRADES", true, 1), { end: EventName.headTimestamp });
assert.match(head.last[1], /^\d{8}-\d{2}:\d{2}:\d{2}$/);
const epoch = await ask("headTimestamp as epoch", () => ib.reqHeadTimestamp(9016, AAPL, "TRADES", true, 2), { end: EventName.headTimestamp });
assert.equal(new Date(Number(epoch.last[1]) * 1000).toISOString().slice(0, 10).replaceAll("-", ""), head.last[1].slice(0, 8));
ib.cancelHeadTimestamp(9016);

// ---- snapshot with the delayed data type
ib.reqMarketDataType(3);
const quote = await ask("snapshot, delayed", () => ib.reqMktData(9020, AAPL, "", true, false),
  { each: [EventName.marketDataType, EventName.tickReqParams, EventName.tickPrice, EventName.tickSize, EventName.tickString], end: EventName.tickSnapshotEnd });
assert.deepEqual(quote.rows(EventName.marketDataType), [[9020, 3]]);
assert.deepEqual(quote.rows(EventName.tickReqParams)[0].slice(2), ["9c0001", 3]); // this client reads the smallest tick as a whole number
const ticks = Object.fromEntries([...quote.rows(EventName.tickPrice), ...quote.rows(EventName.tickSize)].map(([, type, value]) => [type, value]));
assert.deepEqual([ticks[66], ticks[67], ticks[68], ticks[72], ticks[73], ticks[75], ticks[76], ticks[74]],
  [702.09, 702.11, 702.1, 703.99, 699.57, 702.1, 700.26, 11674100]);
await refused("generic ticks in a snapshot", () => ib.reqMktData(9021, AAPL, "233", true, false), 414, 9021);

// ---- orders
const limit = orderId++;
const placed = await status("LMT with orderRef", () => ib.placeOrder(limit, AAPL, order("foreign-limit", { lmtPrice: 690 })), limit, "PreSubmitted");
const [[, , taken]] = placed.rows(EventName.openOrder);
assert.deepEqual([taken.orderRef, taken.lmtPrice, taken.totalQuantity, taken.clientId], ["foreign-limit", 690, 10, 7]);
assert.ok(taken.permId > 2 ** 31, `permId ${taken.permId}`);
const modified = await status("modify", () => ib.placeOrder(limit, AAPL, order("foreign-limit", { lmtPrice: 699.5 })), limit, "PreSubmitted");
assert.equal(modified.rows(EventName.openOrder)[0][2].lmtPrice, 699.5);
assert.equal(modified.rows(EventName.openOrder)[0][2].permId, taken.permId);

const cancelled = orderId++;
await status("another order", () => ib.placeOrder(cancelled, AAPL, order("foreign-cancelled", { lmtPrice: 600 })), cancelled, "PreSubmitted");
await status("cancelOrder", () => ib.cancelOrder(cancelled), cancelled, "Cancelled");
await refused("cancel of an unknown order", () => ib.cancelOrder(999), 10147, 999);
await refused("cancel of a finished order", () => ib.cancelOrder(cancelled), 10148, cancelled);
await refused("used order id", () => ib.placeOrder(cancelled, AAPL, order("foreign-twice", { lmtPrice: 600 })), 103, cancelled);

const imagined = await settled("whatIf", () => ib.placeOrder(orderId, AAPL, order("foreign-what-if", { lmtPrice: 600, whatIf: true })),
  [EventName.openOrder, EventName.orderStatus]);
assert.equal(imagined.rows(EventName.orderStatus).length, 0);
assert.equal(imagined.rows(EventName.openOrder).length, 1);
assert.equal(imagined.rows(EventName.openOrder)[0][3].commission, 1);

// A market order, and a bracket that is silent until its last child.
const market = orderId++;
await status("MKT", () => ib.placeOrder(market, AAPL, order("foreign-market", { orderType: "MKT", totalQuantity: 5 })), market, "PreSubmitted");
const [parent, profit, stop] = [orderId++, orderId++, orderId++];
const silent = await settled("bracket without its last child", () => {
  ib.placeOrder(parent, AAPL, order("foreign-parent", { lmtPrice: 698, totalQuantity: 4, transmit: false }));
  ib.placeOrder(profit, AAPL, order("foreign-profit", { action: "SELL", lmtPrice: 900, totalQuantity: 4, parentId: parent, tif: "GTC", transmit: false }));
}, [EventName.openOrder, EventName.orderStatus]);
assert.equal(silent.seen.length, 0);
const released = await settled("bracket's last child", () =>
  ib.placeOrder(stop, AAPL, order("foreign-stop", { action: "SELL", orderType: "STP", auxPrice: 600, totalQuantity: 4, parentId: parent, tif: "GTC" })),
  [EventName.openOrder, EventName.orderStatus]);
assert.deepEqual(released.rows(EventName.orderStatus).map(([id, word]) => [id, word]),
  [[parent, "PreSubmitted"], [profit, "PreSubmitted"], [stop, "PreSubmitted"]]);
assert.deepEqual(released.rows(EventName.openOrder).map(([, , row]) => row.parentId), [0, parent, parent]);

const REFS = ["foreign-limit", "foreign-market", "foreign-parent", "foreign-profit", "foreign-stop"];
const own = await ask("open orders, own", () => ib.reqOpenOrders(), { each: [EventName.openOrder], end: EventName.openOrderEnd });
assert.deepEqual(own.seen.map(([, , , row]) => row.orderRef), REFS);
const other = client(port, 8);
await ask("a second client", () => other.connect(), { end: EventName.nextValidId, on: other });
const all = await ask("open orders, all, by another client", () => other.reqAllOpenOrders(), { each: [EventName.openOrder], end: EventName.openOrderEnd, on: other });
assert.deepEqual(all.seen.map(([, , , row]) => row.orderRef), REFS);
const none = await ask("open orders, own, of another client", () => other.reqOpenOrders(), { each: [EventName.openOrder], end: EventName.openOrderEnd, on: other });
assert.equal(none.seen.length, 0);
const same = client(port, 7);
await told("a client id in use", () => same.connect(), 326, same);

// ---- the session is played: AAPL opens 699.16, goes to 700.06 and 693.62, closes 698.70
const played = await ask("fills after next-session", () => command("next-session"),
  { each: [EventName.execDetails, EventName.commissionReport, EventName.orderStatus], end: EventName.orderStatus, fits: (id, word) => id === profit && word === "Submitted" });
assert.deepEqual(played.rows(EventName.execDetails).map(([id, , row]) => [id, row.orderId, row.side, row.shares, row.price, row.orderRef]), [
  [-1, limit, "BOT", 10, 699.16, "foreign-limit"],
  [-1, market, "BOT", 5, 699.16, "foreign-market"],
  [-1, parent, "BOT", 4, 698, "foreign-parent"],
]);
assert.deepEqual(played.rows(EventName.orderStatus).filter(([, word]) => word === "Filled").map(([id, , filled, left]) => [id, filled, left]),
  [[limit, 10, 0], [market, 5, 0], [parent, 4, 0]]);
const moved = await ask("the clock moved", () => ib.reqCurrentTime(), { end: EventName.currentTime });
assert.equal(new Date(moved.last[0] * 1000).toISOString(), "2012-09-21T13:00:00.000Z");

const executions = await ask("executions and commissions", () => ib.reqExecutions(9030, {}),
  { each: [EventName.execDetails, EventName.commissionReport], end: EventName.execDetailsEnd });
assert.deepEqual(executions.rows(EventName.execDetails).map(([id, , row]) => [id, row.price, row.acctNumber]),
  [[9030, 699.16, ACCOUNT], [9030, 699.16, ACCOUNT], [9030, 698, ACCOUNT]]);
assert.deepEqual(executions.rows(EventName.commissionReport).map(([row]) => [row.commission, row.currency]), [[1, "USD"], [1, "USD"], [1, "USD"]]);
assert.deepEqual(executions.rows(EventName.commissionReport).map(([row]) => row.execId), executions.rows(EventName.execDetails).map(([, , row]) => row.execId));
const sold = await ask("executions, filtered", () => ib.reqExecutions(9031, { side: "SELL" }), { each: [EventName.execDetails], end: EventName.execDetailsEnd });
assert.equal(sold.seen.length, 0);

const completed = await ask("completedOrders", () => ib.reqCompletedOrders(false),
  { each: [EventName.completedOrder], end: EventName.completedOrdersEnd });
assert.deepEqual(completed.seen.map(([, , row, state]) => [row.orderRef, state.status]).sort(), [
  ["foreign-cancelled", "Cancelled"], ["foreign-limit", "Filled"], ["foreign-market", "Filled"], ["foreign-parent", "Filled"]]);

// 10 and 5 at 699.16, 4 at 698, three dollars of commission; the last close is 698.70.
const CASH = "86717.60";
const NET = "99992.90";
const positions = await ask("positions", () => ib.reqPositions(), { each: [EventName.position], end: EventName.positionEnd });
assert.deepEqual(positions.seen.map(([, account, contract, size]) => [account, contract.symbol, size]), [[ACCOUNT, "AAPL", 19]]);
assert.ok(Math.abs(positions.seen[0][4] - 13282.4 / 19) < 1e-6, `average cost ${positions.seen[0][4]}`);
ib.cancelPositions();
const summary = await ask("accountSummary", () => ib.reqAccountSummary(9032, "All", "NetLiquidation,TotalCashValue"),
  { each: [EventName.accountSummary], end: EventName.accountSummaryEnd });
assert.deepEqual(summary.seen.map(([, , account, tag, value, currency]) => [account, tag, value, currency]),
  [[ACCOUNT, "NetLiquidation", NET, "USD"], [ACCOUNT, "TotalCashValue", CASH, "USD"]]);
ib.cancelAccountSummary(9032);
const updates = await ask("accountUpdates", () => ib.reqAccountUpdates(true, ACCOUNT),
  { each: [EventName.updateAccountValue, EventName.updatePortfolio, EventName.updateAccountTime], end: EventName.accountDownloadEnd });
assert.equal(updates.rows(EventName.updateAccountValue).find(([key]) => key === "TotalCashValue")[1], CASH);
const [[held, size, price, value, , unrealized]] = updates.rows(EventName.updatePortfolio);
assert.deepEqual([held.symbol, size, price, value], ["AAPL", 19, 698.7, 13275.3]);
assert.ok(Math.abs(unrealized + 7.1) < 1e-6, `unrealised ${unrealized}`);
assert.match(updates.rows(EventName.updateAccountTime)[0][0], /^\d{2}:\d{2}$/);
ib.reqAccountUpdates(false, ACCOUNT);
const multi = await ask("accountUpdatesMulti", () => ib.reqAccountUpdatesMulti(9033, ACCOUNT, "", false),
  { each: [EventName.accountUpdateMulti], end: EventName.accountUpdateMultiEnd });
assert.ok(multi.seen.some(([, , , , key, amount]) => key === "NetLiquidation" && amount === NET));
await told("a request nobody serves", () => ib.reqMatchingSymbols(9034, "AAPL"), 320);

// ---- global cancel, and what is left for the same client when it comes back
const swept = await settled("globalCancel", () => ib.reqGlobalCancel(), [EventName.orderStatus]);
assert.deepEqual(swept.rows(EventName.orderStatus).map(([id, word]) => [id, word]), [[profit, "Cancelled"], [stop, "Cancelled"]]);
other.disconnect();
await ask("disconnect", () => ib.disconnect(), { end: EventName.disconnected });
const back = client(port, 7);
const again = await ask("connect again", () => back.connect(), { end: EventName.nextValidId, on: back });
assert.equal(again.last[0], orderId);
const kept = await ask("executions after connecting again", () => back.reqExecutions(9040, {}), { each: [EventName.execDetails], end: EventName.execDetailsEnd, on: back });
assert.deepEqual(kept.rows(EventName.execDetails).map(([, , row]) => row.execId), executions.rows(EventName.execDetails).map(([, , row]) => row.execId));
back.disconnect();

// ---- bars within a day, of a made-up series
const SIMA = { symbol: "SIMA", secType: "STK", exchange: "SMART", currency: "USD" };
const madeUp = client(syntheticPort, 9);
await ask("a simulator with made-up series", () => madeUp.connect(), { end: EventName.nextValidId, on: madeUp });
const one = { contract: SIMA, on: madeUp };
const days = await bars("daily bars, made up", 9050, "20260304-22:00:00", "3 D", "1 day", 2, one);
const hours = await bars("hourly bars, made up", 9051, "20260304-22:00:00", "1 D", "1 hour", 2, one);
assert.equal(hours.length, 7);
assert.equal(new Date(Number(hours[0].date) * 1000).toISOString(), "2026-03-04T14:30:00.000Z");
const day = days.at(-1);
assert.equal(day.date, "20260304");
assert.deepEqual([hours[0].open, Math.max(...hours.map((hour) => hour.high)), Math.min(...hours.map((hour) => hour.low)), hours.at(-1).close],
  [day.open, day.high, day.low, day.close]);
const named = await bars("hourly bars with dates as text", 9052, "20260304-22:00:00", "1 D", "1 hour", 1, one);
assert.equal(named[0].date, "20260304 09:30:00 US/Eastern");
madeUp.disconnect();

// Errors that were asked for and cancels (202). Anything else would be a fault of the wire.
const asked = new Set([103, 162, 200, 202, 366, 414, 10147, 10148]);
const faults = errors.filter(({ code }) => !asked.has(code));
assert.deepEqual(faults, []);
assert.deepEqual([...new Set(notices)].sort((a, b) => a - b), [320, 326, 2104, 2106, 2158, 2199]);
console.log(`ok: ${steps} steps, 0 decode errors`);
process.exit(0);
