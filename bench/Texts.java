import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;

/** Texts of the bench's artifacts: the same ones at every run. */
final class Texts {
    private static final String[] WORDS = words();

    private final Random random = new Random(7);

    private static String[] words() {
        String[] known = ("price trend momentum volume breakout support resistance average crossed above below strong weak"
                        + " supertrend macd rsi overbought oversold candle range rally decline session close open high low"
                        + " bullish bearish neutral signal risk reward stop target entry confirms diverges histogram band")
                .split(" ");
        String[] all = Arrays.copyOf(known, 2_000);
        Random random = new Random(3);
        for (int i = known.length; i < all.length; i++) {
            all[i] = random.ints(7, 'a', 'z' + 1)
                    .mapToObj(Character::toString)
                    .collect(Collectors.joining());
        }
        return all;
    }

    /** Words as texts have them: few often, most seldom. */
    String prose(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            double pick = random.nextDouble();
            text.append(WORDS[(int) (pick * pick * pick * WORDS.length)]).append(' ');
        }
        return text.toString();
    }

    private static final String COLUMNS = "\"columns\":[\"date\",\"open\",\"high\",\"low\",\"close\",\"volume\"]";

    /** What the service keeps of a table for lists. */
    static String outline(int rows) {
        return "{" + COLUMNS + ",\"bars\":" + rows + "}";
    }

    String table(int rows, int columns) {
        StringBuilder json = new StringBuilder("{").append(COLUMNS).append(",\"rows\":[");
        for (int row = 0; row < rows; row++) {
            json.append(row == 0 ? "[" : ",[").append("\"2012-01-").append(10 + row % 20).append('"');
            for (int column = 1; column < columns; column++) {
                json.append(',').append(random.nextInt(1_000_000) / 1_000.0);
            }
            json.append(']');
        }
        return json.append("]}").toString();
    }
}
