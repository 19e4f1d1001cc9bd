/**
 * Tries the gateway step by step, as an operator asks for with {@code doctor --gateway}. What enters: the broker's port
 * and the settings. What leaves: findings, each with what to change where. No order is ever sent.
 */
@NullMarked
package dev.signalwright.worker.gatewaycheck;

import org.jspecify.annotations.NullMarked;
