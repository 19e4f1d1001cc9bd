/**
 * The task {@code analyze_with_llm}: per symbol the daily chart, the weekly chart and the market data enter; an
 * {@code llm} artifact (prompt and raw answer) and a {@code signal} artifact leave. Who reads the charts is chosen by
 * {@code LLM_PROVIDER} alone: the rules, or a model behind an OpenAI-compatible API. An analyst that fails is never
 * replaced by another one. Each answer is read by one strict reader; what it cannot read decides nothing. Not
 * thread-safe.
 */
@NullMarked
package dev.signalwright.worker.analysis;

import org.jspecify.annotations.NullMarked;
