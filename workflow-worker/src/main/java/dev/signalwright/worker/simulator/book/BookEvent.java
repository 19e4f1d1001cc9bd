package dev.signalwright.worker.simulator.book;

/** Something that happened to an order; its owner is told. */
public sealed interface BookEvent {
    BookedOrder order();

    /** The order's state changed. */
    record Changed(BookedOrder order) implements BookEvent {}

    /** The order was filled. */
    record Filled(Fill fill) implements BookEvent {
        @Override
        public BookedOrder order() {
            return fill.order();
        }
    }

    /** The order could not be taken or did not survive; the code is the protocol's. */
    record Refused(BookedOrder order, int code, String words) implements BookEvent {}
}
