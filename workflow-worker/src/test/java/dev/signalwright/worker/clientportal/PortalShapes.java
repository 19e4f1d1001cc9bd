package dev.signalwright.worker.clientportal;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import dev.signalwright.worker.market.SessionCalendar;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Answers in the shapes that IBKR's pages and public recordings show. Account numbers and values are placeholders.
 */
final class PortalShapes {
    static final String STOCKS = """
            {"AAPL":[{"name":"APPLE INC","chineseName":"x","assetClass":"STK","contracts":[
            {"conid":265598,"exchange":"NASDAQ","isUS":true},{"conid":38708077,"exchange":"MEXI","isUS":false}]},
            {"name":"LS 1X AAPL","assetClass":"STK","contracts":[{"conid":493546048,"exchange":"LSEETF","isUS":false}]}]}
            """;

    static final String HISTORY = """
            {"serverId":"20477","symbol":"AAPL","text":"APPLE INC","priceFactor":100,"startTime":"20240410-13:30:00",
            "high":"17510/472117.45/0","low":"16710/472117.45/0","timePeriod":"1w","barLength":86400,
            "mdAvailability":"S","mktDataDelay":0,"outsideRth":false,"tradingDayDuration":1440,"volumeFactor":2,
            "priceDisplayRule":1,"priceDisplayValue":"2","negativeCapable":false,"messageVersion":2,"data":[
            {"o":168.8,"c":167.78,"h":169.09,"l":167.11,"v":341234.5,"t":1712755800000},
            {"o":"168.3","c":175.04,"h":175.46,"l":168.16,"v":1,"t":1712842200000}],"points":1,"travelTime":48}""";

    static final String SUMMARY = """
            {"netliquidation":{"amount":246447.83,"currency":"USD","isNull":false,"timestamp":1,"value":null,"severity":0},
            "totalcashvalue":{"amount":"1,000.5","currency":"USD","isNull":false,"value":null},"buyingpower":{}}""";

    private PortalShapes() {}

    static String rules(String currency, String increment) {
        return "{\"symbol\":\"AAPL\",\"con_id\":265598,\"company_name\":\"APPLE INC\",\"instrument_type\":\"STK\","
                + "\"exchange\":\"SMART\",\"currency\":\"" + currency + "\",\"rules\":{\"increment\":" + increment
                + ",\"incrementDigits\":2,\"orderTypes\":[\"limit\"],\"error\":null}}";
    }

    static String quote(String availability) {
        return "[{\"31\":\"C168.42\",\"84\":\"168.41\",\"86\":\"168.42\",\"conid\":265598,\"conidEx\":\"265598\","
                + "\"_updated\":1712596911593,\"server_id\":\"q0\",\"6119\":\"q0\",\"6509\":\"" + availability + "\"}]";
    }

    static String position(int conid, String quantity, String name) {
        return "{\"acctId\":\"DU1234567\",\"conid\":" + conid + ",\"contractDesc\":\"" + name + "\",\"position\":"
                + quantity + ",\"mktPrice\":1,\"mktValue\":1,\"currency\":\"USD\",\"avgCost\":100.25,"
                + "\"avgPrice\":100.25,\"assetClass\":\"STK\"}";
    }

    static String trade(String id, String side, String size, String price, String time, String orderRef) {
        return "{\"execution_id\":\"" + id + "\",\"symbol\":\"AAPL\",\"side\":\"" + side + "\",\"trade_time_r\":"
                + Instant.parse(time).toEpochMilli() + ",\"size\":" + size + ",\"price\":" + price
                + (orderRef.isEmpty() ? "" : ",\"order_ref\":\"" + orderRef + "\"")
                + ",\"exchange\":\"ISLAND\",\"commission\":\"1.01\",\"net_amount\":1922.6,\"account\":\"DU1234567\","
                + "\"conid\":265598,\"position\":\"10\"}";
    }

    /**
     * A gateway that knows every session since the listing and answers three years of them, those before
     * {@code startTime} or those from it on.
     */
    static MappingBuilder history(boolean startTimeIsTheEnd, LocalDate listed) {
        return get(urlPathEqualTo("/v1/api/iserver/marketdata/history"))
                .willReturn(com.github.tomakehurst.wiremock.client.WireMock.aResponse()
                        .withTransformers("history")
                        .withTransformerParameter("end", startTimeIsTheEnd)
                        .withTransformerParameter("listed", listed.toString()));
    }

    static String bars(LocalDate start, LocalDate end, LocalDate listed) {
        SessionCalendar calendar = new SessionCalendar();
        StringBuilder rows = new StringBuilder();
        for (LocalDate day = start.isBefore(listed) ? listed : start; !day.isAfter(end); day = day.plusDays(1)) {
            if (calendar.isSession(day)) {
                rows.append(rows.isEmpty() ? "" : ",")
                        .append("{\"o\":10,\"h\":12,\"l\":9,\"c\":11,\"v\":5,\"t\":")
                        .append(calendar.open(day).toEpochMilli())
                        .append("}");
            }
        }
        return rows.isEmpty()
                ? "{\"error\":\"Chart data unavailable\"}"
                : "{\"symbol\":\"AAPL\",\"volumeFactor\":1,\"mktDataDelay\":0,\"data\":[" + rows + "]}";
    }

    static int sessions(LocalDate from, LocalDate to) {
        return new SessionCalendar().sessionsBetween(from.minusDays(1), to);
    }
}
