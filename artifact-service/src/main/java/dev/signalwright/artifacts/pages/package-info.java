/**
 * What people see. In come artifacts and executions as their rooms' public records; out go HTML pages that answer in
 * plain words what was decided, why, whether it can be trusted and what went wrong. Views are plain records made by
 * plain classes, templates only lay them out, and nothing here writes anything. All texts of others (models, brokers,
 * clients) are escaped by the templates or cleaned by {@link dev.signalwright.artifacts.pages.part.Prose}.
 *
 * <p>In views an absent text is empty, never null, so that templates can ask {@code {#if view.reason}}.
 *
 * <p>The rooms inside, each looking only at those before it in a line: {@code part} (words, numbers, tables), then
 * {@code frame} (what stands around a page) and {@code run} (what an execution made), then {@code content} (what stands
 * in one artifact), and at the end the pages themselves, which do not see each other: {@code artifact}, {@code
 * execution} and {@code house}. The templates lie together in {@code templates/pages}.
 */
@NullMarked
package dev.signalwright.artifacts.pages;

import org.jspecify.annotations.NullMarked;
