/**
 * What people see. In come artifacts and executions as their rooms' public records; out go HTML pages that answer in
 * plain words what was decided, why, whether it can be trusted and what went wrong. Views are plain records made by
 * plain classes, templates only lay them out, and nothing here writes anything. All texts of others (models, brokers,
 * clients) are escaped by the templates or cleaned by {@link dev.signalwright.artifacts.pages.Prose}.
 *
 * <p>In views an absent text is empty, never null, so that templates can ask {@code {#if view.reason}}.
 */
@NullMarked
package dev.signalwright.artifacts.pages;

import org.jspecify.annotations.NullMarked;
