package dev.signalwright.artifacts.pages;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;

/** A plain candle chart as PNG: a real picture for tests that only need one to be there. */
final class CandlePicture {
    private static final int WIDTH = 1920;
    private static final int HEIGHT = 1400;

    private CandlePicture() {}

    static byte[] png(List<String[]> bars) {
        System.setProperty("java.awt.headless", "true");
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, WIDTH, HEIGHT);
        double high = bars.stream()
                .mapToDouble(bar -> Double.parseDouble(bar[2]))
                .max()
                .orElse(1);
        double low = bars.stream()
                .mapToDouble(bar -> Double.parseDouble(bar[3]))
                .min()
                .orElse(0);
        int step = WIDTH / (bars.size() + 2);
        for (int i = 0; i < bars.size(); i++) {
            String[] bar = bars.get(i);
            int[] y = new int[4];
            for (int p = 0; p < 4; p++) {
                y[p] = (int) (60 + (high - Double.parseDouble(bar[p + 1])) / (high - low) * (HEIGHT - 120));
            }
            pen.setColor(y[3] <= y[0] ? new Color(0x00875a) : new Color(0xd1293d));
            pen.fillRect((i + 1) * step + step / 2, y[1], 2, y[2] - y[1]);
            pen.fillRect((i + 1) * step + 2, Math.min(y[0], y[3]), step - 4, Math.max(2, Math.abs(y[0] - y[3])));
        }
        pen.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
