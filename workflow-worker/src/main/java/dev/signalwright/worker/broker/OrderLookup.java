package dev.signalwright.worker.broker;

import java.util.List;

/**
 * The union of open, completed and executed orders with one reference.
 *
 * @param sightings at most one is expected; more than one is reported, never chosen from
 * @param complete whether every list ended with its end marker in time; an incomplete look-up proves nothing
 */
public record OrderLookup(List<OrderSighting> sightings, boolean complete) {
    public OrderLookup {
        sightings = List.copyOf(sightings);
    }
}
