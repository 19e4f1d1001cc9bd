// Runs the npm package @stoqey/ib through the messages the simulator serves.
// Usage: node stoqey.mjs GATEWAY_PORT CONTROL_PORT   (a fresh simulator on 2012-09-20)
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

await ask("headTimestamp", () => ib.reqHeadTimestamp(9003, AAPL, "TRADES", true, 1), { end: EventName.headTimestamp });

const placed = await ask("placeOrder", () => ib.placeOrder(orderId, AAPL, LIMIT),
  { each: [EventName.openOrder], end: EventName.orderStatus, fits: (id, status) => id === orderId && status === "PreSubmitted" });
assert.equal(placed.seen[0][3].orderRef, REF);
await ask("cancelOrder", () => { ib.placeOrder(++orderId, AAPL, { ...LIMIT, orderRef: "foreign-0002" }); ib.cancelOrder(orderId); },
  { end: EventName.orderStatus, fits: (id, status) => id === orderId && status === "Cancelled" });

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
assert.deepEqual(completed.seen.map(([, , order]) => order.orderRef).sort(), [REF, "foreign-0002"]);

const positions = await ask("positions", () => ib.reqPositions(), { each: [EventName.position], end: EventName.positionEnd });
assert.equal(positions.seen[0][3], 10);
const summary = await ask("accountSummary", () => ib.reqAccountSummary(9005, "All", "NetLiquidation,TotalCashValue"),
  { each: [EventName.accountSummary], end: EventName.accountSummaryEnd });
assert.equal(summary.seen.length, 2);
await ask("accountUpdates", () => ib.reqAccountUpdates(true, "SIM0000001"),
  { each: [EventName.updateAccountValue, EventName.updatePortfolio], end: EventName.accountDownloadEnd });
await ask("unknown symbol", () => ib.reqContractDetails(9006, { ...AAPL, conId: undefined, symbol: "NOPE" }),
  { end: EventName.error, fits: (_error, code, id) => code === 200 && id === 9006 });

ib.disconnect();
// 200: the unknown symbol; 202: the cancelled order; 2104 and up: notices. Anything else would be a fault of the wire.
const faults = errors.filter(({ code }) => code !== 200 && code !== 202 && !(code >= 2100 && code < 2200));
assert.deepEqual(faults, []);
console.log(`ok: 0 decode errors, ${errors.length} expected notices`);
process.exit(0);
