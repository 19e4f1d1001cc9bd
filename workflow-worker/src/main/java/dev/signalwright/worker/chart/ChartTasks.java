package dev.signalwright.worker.chart;

import dev.signalwright.worker.market.SessionCalendar;
import dev.signalwright.worker.task.WorkflowTask;

/** Makes the two chart tasks for the wiring. */
public final class ChartTasks {
    private ChartTasks() {}

    /** {@code generate_daily_chart}: the last 252 sessions. */
    public static WorkflowTask daily() {
        return new GenerateChartTask(Timeframe.DAILY, new SessionCalendar());
    }

    /** {@code generate_weekly_chart}: the last 156 complete weeks. */
    public static WorkflowTask weekly() {
        return new GenerateChartTask(Timeframe.WEEKLY, new SessionCalendar());
    }
}
