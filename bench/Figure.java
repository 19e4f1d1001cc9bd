/**
 * How long one kind of request took.
 *
 * @param milliseconds sorted
 * @param bytes of the last answer
 */
record Figure(String name, double[] milliseconds, long bytes) {
    double at(double share) {
        return milliseconds[(int) Math.min(milliseconds.length - 1, Math.ceil(share * milliseconds.length) - 1)];
    }
}
