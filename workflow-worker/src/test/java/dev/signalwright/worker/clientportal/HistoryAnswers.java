package dev.signalwright.worker.clientportal;

import com.github.tomakehurst.wiremock.extension.Parameters;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

/** Answers a question for bars by its {@code startTime}. */
final class HistoryAnswers implements ResponseDefinitionTransformerV2 {
    @Override
    public ResponseDefinition transform(ServeEvent event) {
        Parameters parameters = event.getTransformerParameters();
        String start = event.getRequest().queryParameter("startTime").firstValue();
        LocalDate at = LocalDate.parse(start.substring(0, 8), DateTimeFormatter.BASIC_ISO_DATE);
        LocalDate listed = LocalDate.parse(parameters.getString("listed"));
        LocalDate today = LocalDate.of(2012, 9, 20);
        String body = parameters.getBoolean("end")
                ? PortalShapes.bars(at.minusYears(3), at.isAfter(today) ? today : at, listed)
                : PortalShapes.bars(at, at.plusYears(3).isAfter(today) ? today : at.plusYears(3), listed);
        return PortalGateway.json(body.startsWith("{\"error") ? 500 : 200, body).build();
    }

    @Override
    public boolean applyGlobally() {
        return false;
    }

    @Override
    public String getName() {
        return "history";
    }
}
