/**
 * The client of Interactive Brokers' Client Portal gateway (a REST interface on the user's machine): stands behind the
 * port {@code broker}, chosen by {@code IBKR_ADAPTER=client-portal}. What enters: a gateway's address, what vouches for
 * its certificate, and the port's calls. What leaves: the port's values, or
 * {@link dev.signalwright.worker.broker.BrokerException} with advice.
 *
 * <p>The gateway's answers vary by build: numbers come as numbers or texts, both spellings of a side occur, surplus
 * members are ignored. What is missing or unknown is never filled in: it is {@code unknown}, refused or garbled. Every
 * call has a deadline, every body a limit. Nobody is logged out, no other session is pushed aside, and an order is
 * posted exactly once. A session is used by one thread. Time, sleeping and the clock are passed in. Never exercised
 * against a real gateway: the shapes are those of public recordings ({@code docs/client-portal.md}).
 */
@NullMarked
package dev.signalwright.worker.clientportal;

import org.jspecify.annotations.NullMarked;
