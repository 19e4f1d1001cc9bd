// Runs the npm package @stoqey/ib through the messages the simulator serves.
// Usage: npm ci; node stoqey.mjs GATEWAY_PORT CONTROL_PORT   (a fresh simulator on 2012-09-20; ForeignClientTest does it)
// Prints one line per step and exits 0 only without a decode error and with every answer as expected.
import assert from "node:assert/strict";
import { createConnection } from "node:net";
import { EventName, IBApi } from "@stoqey/ib";

const [port, controlPort] = process.argv.slice(2).map(Number);
const PATIENCE_MS = 15_000;
const REF = "foreign-0001";
const AAPL = { conId: 265598, symbol: "AAPL", secType: "STK", exchange: "SMART", currency: "USD" };
const LIMIT = { action: "BUY", totalQuantity: 10, orderType: "LMT", lmtPrice: 699.5, tif: "DAY", orderRef: REF, transmit: true };

const ib = new IBApi({ host: "127.0.0.1", port, clientId: 7 });
const errors = [];
ib.on(EventName.error, (error, code, id) => errors.push({ message: error.message, code, id }));

/** Sends, collects `each` events, resolves at the first `end` event that fits. */
function ask(name, send, { each = [], end, fits = () => true }) {
  return new Promise((resolve, reject) => {
    const seen = [];
    const listeners = each.map((event) => [event, (...args) => seen.push([event, ...args])]);
    const timer = setTimeout(() => reject(new Error(`${name}: no ${end} in time`)), PATIENCE_MS);
    const last = (...args) => {
      if (!fits(...args)) return;
      clearTimeout(timer);
      listeners.forEach(([event, listener]) => ib.off(event, listener));
      ib.off(end, last);
      console.log(`${name}: ${seen.length} rows`);
      resolve({ seen, last: args });
    };
    listeners.forEach(([event, listener]) => ib.on(event, listener));
    ib.on(end, last);
    send();
  });
}

function command(line) {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host: "127.0.0.1", port: controlPort }, () => socket.write(`${line}\n`));
    socket.once("data", (data) => { socket.end(); resolve(data.toString().trim()); });
    socket.once("error", reject);
  });
}

const hello = await ask("connect", () => ib.connect(), { each: [EventName.managedAccounts], end: EventName.nextValidId });
let orderId = hello.last[0];

const time = await ask("currentTime", () => ib.reqCurrentTime(), { end: EventName.currentTime });
assert.equal(new Date(time.last[0] * 1000).toISOString(), "2012-09-20T13:00:00.000Z");

const details = await ask("contractDetails", () => ib.reqContractDetails(9001, { ...AAPL, conId: undefined }),
  { each: [EventName.contractDetails], end: EventName.contractDetailsEnd });
assert.equal(details.seen[0][2].contract.conId, AAPL.conId);

const bars = await ask("historicalData",
  () => ib.reqHistoricalData(9002, AAPL, "20120920-13:00:00", "8 Y", "1 day", "TRADES", 1, 2, false),
  { each: [EventName.historicalData], end: EventName.historicalData, fits: (_id, date) => date.startsWith("finished") });
assert.ok(bars.seen.length > 2000, `only ${bars.seen.length} bars`);

const weeks = await ask("historicalData, weeks",
  () => ib.reqHistoricalData(9012, AAPL, "", "1 Y", "1 week", "TRADES", 1, 1, false),
  { each: [EventName.historicalData], end: EventName.historicalData, fits: (_id, date) => date.startsWith("finished") });
assert.ok(weeks.seen.length >= 51, `only ${weeks.seen.length} weeks`);
assert.ok(weeks.seen.some(([, id, date, , , , close]) => id === 9012 && date === "20120914" && close === 691.28));
await ask("bars within a day of real history", () => ib.reqHistoricalData(9013, AAPL, "", "1 D", "1 hour", "TRADES", 1, 2, false),
  { end: EventName.error, fits: (_error, code, id) => code === 162 && id === 9013 });

const head = await ask("headTimestamp", () => ib.reqHeadTimestamp(9003, AAPL, "TRADES", true, 1), { end: EventName.headTimestamp });
assert.match(String(head.last[1]), /^20000301/);
ib.cancelHeadTimestamp(9003);

const ticks = await ask("snapshot, delayed", () => { ib.reqMarketDataType(3); ib.reqMktData(9014, AAPL, "", true, false); },
  { each: [EventName.tickPrice, EventName.tickSize, EventName.marketDataType], end: EventName.tickSnapshotEnd });
assert.ok(ticks.seen.some(([event, , type]) => event === EventName.marketDataType && type === 3));
assert.ok(ticks.seen.some(([event, , type, price]) => event === EventName.tickPrice && type === 68 && price === 702.1));

const placed = await ask("placeOrder", () => ib.placeOrder(orderId, AAPL, LIMIT),
  { each: [EventName.openOrder], end: EventName.orderStatus, fits: (id, status) => id === orderId && status === "PreSubmitted" });
assert.equal(placed.seen[0][3].orderRef, REF);
await ask("cancelOrder", () => { ib.placeOrder(++orderId, AAPL, { ...LIMIT, orderRef: "foreign-0002" }); ib.cancelOrder(orderId); },
  { end: EventName.orderStatus, fits: (id, status) => id === orderId && status === "Cancelled" });

await ask("change", () => ib.placeOrder(hello.last[0], AAPL, { ...LIMIT, lmtPrice: 699.6 }),
  { end: EventName.openOrder, fits: (id, _contract, order) => id === hello.last[0] && order.lmtPrice === 699.6 });
await ask("change back", () => ib.placeOrder(hello.last[0], AAPL, LIMIT),
  { end: EventName.openOrder, fits: (id, _contract, order) => id === hello.last[0] && order.lmtPrice === LIMIT.lmtPrice });

// A bracket: silent until its last child, then parent, target and stop in one go.
const [parent, target, stop] = [++orderId, ++orderId, ++orderId];
const bracket = await ask("bracket", () => {
  ib.placeOrder(parent, AAPL, { ...LIMIT, lmtPrice: 600, orderRef: "foreign-b", tif: "GTC", transmit: false });
  ib.placeOrder(target, AAPL, { ...LIMIT, action: "SELL", lmtPrice: 800, orderRef: "foreign-b", tif: "GTC", parentId: parent, transmit: false });
  ib.placeOrder(stop, AAPL, { ...LIMIT, action: "SELL", orderType: "STP", auxPrice: 500, lmtPrice: undefined, orderRef: "foreign-b", tif: "GTC", parentId: parent });
}, { each: [EventName.openOrder], end: EventName.orderStatus, fits: (id) => id === stop });
assert.deepEqual(bracket.seen.map(([, id]) => id), [parent, target, stop]);
assert.equal(bracket.seen[2][3].auxPrice, 500);
assert.equal(bracket.seen[2][3].parentId, parent);
const own = await ask("own open orders", () => ib.reqOpenOrders(), { each: [EventName.openOrder], end: EventName.openOrderEnd });
assert.equal(own.seen.length, 4);
await ask("cancelling the parent takes its children", () => ib.cancelOrder(parent),
  { end: EventName.orderStatus, fits: (id, status) => id === stop && status === "Cancelled" });
await ask("cancel of an unknown order", () => ib.cancelOrder(777),
  { end: EventName.error, fits: (_error, code, id) => code === 10147 && id === 777 });

const open = await ask("openOrders", () => ib.reqAllOpenOrders(), { each: [EventName.openOrder], end: EventName.openOrderEnd });
assert.deepEqual(open.seen.map(([, , , order]) => order.orderRef), [REF]);

const filled = await ask("fill after next-session", () => command("next-session"),
  { each: [EventName.execDetails, EventName.orderStatus], end: EventName.commissionReport });
assert.equal(filled.seen[0][3].price, 699.16);

const executions = await ask("executions", () => ib.reqExecutions(9004, {}),
  { each: [EventName.execDetails, EventName.commissionReport], end: EventName.execDetailsEnd });
assert.equal(executions.seen.length, 2);
const completed = await ask("completedOrders", () => ib.reqCompletedOrders(false),
  { each: [EventName.completedOrder], end: EventName.completedOrdersEnd });
assert.deepEqual(completed.seen.map(([, , order]) => order.orderRef).sort(),
  [REF, "foreign-0002", "foreign-b", "foreign-b", "foreign-b"].sort());

const positions = await ask("positions", () => ib.reqPositions(), { each: [EventName.position], end: EventName.positionEnd });
assert.equal(positions.seen[0][3], 10);
ib.cancelPositions();

const market = ++orderId;
await ask("market order", () => ib.placeOrder(market, AAPL, { ...LIMIT, action: "SELL", orderType: "MKT", lmtPrice: undefined, orderRef: "foreign-m" }),
  { end: EventName.orderStatus, fits: (id) => id === market });
const sold = await ask("market order's fill", () => command("next-session"),
  { each: [EventName.execDetails, EventName.commissionReport], end: EventName.commissionReport });
assert.equal(sold.seen[0][3].orderRef, "foreign-m");
assert.ok(sold.seen.some(([event, report]) => event === EventName.commissionReport && report.realizedPNL !== undefined));
await ask("order for all to be cancelled", () => ib.placeOrder(++orderId, AAPL, { ...LIMIT, lmtPrice: 500, orderRef: "foreign-g" }),
  { end: EventName.orderStatus, fits: (id) => id === orderId });
await ask("global cancel", () => ib.reqGlobalCancel(),
  { end: EventName.orderStatus, fits: (id, status) => id === orderId && status === "Cancelled" });
const summary = await ask("accountSummary", () => ib.reqAccountSummary(9005, "All", "NetLiquidation,TotalCashValue"),
  { each: [EventName.accountSummary], end: EventName.accountSummaryEnd });
assert.equal(summary.seen.length, 2);
await ask("accountUpdates", () => ib.reqAccountUpdates(true, "SIM0000001"),
  { each: [EventName.updateAccountValue, EventName.updatePortfolio], end: EventName.accountDownloadEnd });
ib.reqAccountUpdates(false, "SIM0000001");
await ask("next order id", () => ib.reqIds(), { end: EventName.nextValidId });
await ask("a used order id", () => ib.placeOrder(market, AAPL, LIMIT),
  { end: EventName.error, fits: (_error, code, id) => code === 103 && id === market });
const second = new IBApi({ host: "127.0.0.1", port, clientId: 7 });
await new Promise((resolve, reject) => {
  setTimeout(() => reject(new Error("a second client with the same id: no 326 in time")), PATIENCE_MS).unref();
  // This client reports errors that name no request as information.
  second.on(EventName.info, (_text, code) => { if (code === 326) resolve(); });
  second.connect();
});
second.disconnect();
await ask("unknown symbol", () => ib.reqContractDetails(9006, { ...AAPL, conId: undefined, symbol: "NOPE" }),
  { end: EventName.error, fits: (_error, code, id) => code === 200 && id === 9006 });

ib.disconnect();
// What was provoked above, and notices. Anything else would be a fault of the wire.
const expected = new Set([103, 162, 200, 202, 10147]);
const faults = errors.filter(({ code }) => !expected.has(code) && !(code >= 2100 && code < 2200));
assert.deepEqual(faults, []);
console.log(`ok: 0 decode errors, ${errors.length} expected notices`);
process.exit(0);
