package dev.signalwright.worker.order;

import dev.signalwright.worker.broker.AccountSnapshot;
import dev.signalwright.worker.signal.RiskRule;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How many shares. A BUY risks at most 1 % of the net liquidation value between entry and stop; the position after it
 * costs at most 10 % of that value, what is already held included; and it is paid from the cash that is there. A SELL
 * closes the whole long position that is there and nothing more: this program never sells short. Whole shares, rounded
 * down. Account and instrument are in one currency (US stocks).
 */
final class OrderSize {
    private OrderSize() {}

    /** Shares to buy; 0 when not even one fits. */
    static BigDecimal toBuy(AccountSnapshot account, int conid, BigDecimal entry, BigDecimal stop) {
        BigDecimal rule = RiskRule.shares(account.netLiquidation(), entry, stop);
        BigDecimal room = account.netLiquidation()
                .multiply(RiskRule.NOTIONAL)
                .subtract(held(account, conid).max(BigDecimal.ZERO).multiply(entry));
        return rule.min(shares(room, entry)).min(shares(account.cash(), entry));
    }

    /** Whole shares held; 0 when none are, or the position is short. */
    static BigDecimal toSell(AccountSnapshot account, int conid) {
        return held(account, conid).setScale(0, RoundingMode.DOWN).max(BigDecimal.ZERO);
    }

    private static BigDecimal held(AccountSnapshot account, int conid) {
        return account.positions().stream()
                .filter(position -> position.conid() == conid)
                .map(AccountSnapshot.Position::quantity)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal shares(BigDecimal money, BigDecimal price) {
        return money.max(BigDecimal.ZERO).divide(price, 0, RoundingMode.DOWN);
    }
}
