package dev.signalwright.worker.chart;

import dev.signalwright.worker.chart.PriceTags.Tag;
import dev.signalwright.worker.chart.raster.Canvas;
import dev.signalwright.worker.chart.raster.Ink;
import dev.signalwright.worker.indicator.Indicator;
import dev.signalwright.worker.market.Bar;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Volume in shares with its 20-bar mean. */
final class VolumePane {
    private static final int TICKS = 3;

    private final Sheet sheet;
    private final ChartView view;
    private final Scale scale;

    VolumePane(Sheet sheet, int top, int bottom) {
        this.sheet = sheet;
        view = sheet.view();
        double most = view.bars().stream().mapToDouble(Bar::volume).max().orElseThrow();
        scale = new Scale(0, most > 0 ? most * 1.05 : 1, top, bottom);
    }

    void draw(double legendBaseline) {
        List<BigDecimal> ticks =
                scale.ticks(TICKS).stream().filter(tick -> tick.signum() > 0).toList();
        sheet.ticks(scale, ticks, Figures::rounded);
        sheet.clipTo(scale);
        bars(sheet.canvas(), sheet.axis());
        sheet.line(scale, Indicator.VOLUME_SMA_20, 2, Palette.SMA_20);
        sheet.canvas().unclip();
        sheet.frame(scale);
        double volume = view.last().volume();
        Ink ink = ink(view.last());
        List<Tag> tag = sheet.tag(scale, OptionalDouble.of(volume), Figures::shares, ink, 1);
        sheet.tags(scale, tag);
        OptionalDouble mean = view.last(Indicator.VOLUME_SMA_20);
        sheet.legend(legendBaseline)
                .entry(ink, "Volume", Optional.of(Figures.shares(volume)))
                .entry(
                        Palette.SMA_20,
                        "Average 20",
                        mean.isPresent() ? Optional.of(Figures.shares(mean.getAsDouble())) : Optional.empty());
    }

    private void bars(Canvas canvas, TimeAxis axis) {
        int half = axis.body() / 2;
        for (int i = 0; i < view.size(); i++) {
            Bar bar = view.bars().get(i);
            int column = axis.column(i);
            canvas.rectangle(
                    column - half, scale.row(bar.volume()), column + half + 1, scale.bottom(), ink(bar).faded(0.55));
        }
    }

    private static Ink ink(Bar bar) {
        return bar.close() >= bar.open() ? Palette.UP : Palette.DOWN;
    }
}
